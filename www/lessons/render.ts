/** A lesson's text as HTML. The page's policy allows no inline style, so formulas are MathML, which needs none. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tex } from "@mdit/plugin-tex";
import katex from "katex";
import MarkdownIt from "markdown-it";
import friendly from "markdown-it-cjk-friendly";
import { parse } from "yaml";
import { type Env, figures } from "./figures.ts";
import type { Lang } from "./words.ts";

/** What stands above a lesson's text. */
export interface Front {
  /** Its place in the course. */
  order: number;
  title: string;
  /** What the reader will be able to answer. */
  question: string;
  /** The lesson in a line, for the table of contents. */
  line: string;
}

export interface Lesson extends Front {
  id: string;
  lang: Lang;
  body: string;
}

const markdown = new MarkdownIt({ html: true, typographer: true, quotes: "“”‘’" })
  .use(friendly)
  .use(figures)
  .use(tex, {
    render: (source: string, displayMode: boolean) => {
      const set = (part: string) => katex.renderToString(part, { output: "mathml", displayMode, strict: "error" });
      if (!displayMode) return set(source);
      // What stands apart on a line may stand below on a narrow one; and so may what follows a place where a long formula may break.
      const broken = (part: string) =>
        `<span>${part.split("\\allowbreak").map(set).join("<wbr>").replaceAll('display="block"', 'displaystyle="true"')}</span>`;
      return `<div class="formula" tabindex="0">${source.split("\\qquad").map(broken).join("")}</div>`;
    },
  });

const EXAMPLES = join(import.meta.dirname, "../examples");

/** Code that stands in a file of its own, so that it is what was tried: its name follows the language. Of a notebook, its code. */
function example(file: string): string {
  const text = readFileSync(join(EXAMPLES, file), "utf8");
  if (!file.endsWith(".ipynb")) return text;
  const { cells } = JSON.parse(text) as { cells: { cell_type: string; source: string[] }[] };
  return cells.flatMap(({ cell_type, source }) => (cell_type === "code" ? [source.join("")] : [])).join("\n\n");
}

markdown.renderer.rules.fence = (tokens, i) => {
  const { info, content } = tokens[i]!;
  const [language = "", file] = info.split(/\s+/);
  const code = markdown.utils.escapeHtml((file ? example(file) : content).trimEnd());
  return `<div class="code"><pre tabindex="0"><code class="language-${language}">${code}</code></pre></div>\n`;
};

/** Throws with the lesson's name where it cannot be read. */
export function readLesson(id: string, lang: Lang, text: string): Lesson {
  try {
    const [, head = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
    const env: Env = { lang, ids: [] };
    const html = markdown.render(body, env);
    if (/<[^>]*\sstyle=/.test(html)) throw new Error("The site's policy does not allow style attributes.");
    return { id, lang, body: html, ...front(parse(head)) };
  } catch (error) {
    throw new Error(`lessons/${lang}/${id}.md: ${error instanceof Error ? error.message : error}`);
  }
}

function front(given: Partial<Front> | null): Front {
  const { order, title, question, line } = given ?? {};
  if (typeof order !== "number" || !title || !question || !line) {
    throw new Error("It wants order, title, question and line between two lines of --- at its beginning.");
  }
  return { order, title, question, line };
}
