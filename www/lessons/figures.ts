/**
 * Figures in a lesson's Markdown: a line of `<dgm-…>` tags is a figure, several lines below each other stand side by side, and a quotation
 * right after them says what to watch. Each figure gets an anchor, by its `id` or by its place, and the language of its page.
 */
import type MarkdownIt from "markdown-it";
import { type Lang, WORDS } from "./words.ts";

type Token = ReturnType<MarkdownIt["parse"]>[number];

/** What the renderer has to know of the page. */
export interface Env {
  lang: Lang;
  /** Anchors that are taken. */
  ids: string[];
}

const TAG = /<(dgm-[a-z-]+)((?:\s+[a-z_][\w-]*(?:="[^"]*")?)*)\s*><\/\1>/y;

export function figures(markdown: MarkdownIt): void {
  markdown.block.ruler.before("html_block", "figures", (state, line, end, silent) => {
    if (!lineOf(state, line).startsWith("<dgm-")) return false;
    if (silent) return true;
    let next = line;
    while (next < end && lineOf(state, next).trim() !== "") next++;
    const token = state.push("figures", "", 0);
    token.block = true;
    token.map = [line, next];
    token.content = state.getLines(line, next, state.blkIndent, false);
    state.line = next;
    return true;
  });

  // A quotation right after figures belongs to them.
  markdown.core.ruler.push("watch", ({ tokens }) => {
    for (const [i, token] of tokens.entries()) {
      if (token.type !== "figures") continue;
      const quote = tokens[i + 1];
      if (quote?.type !== "blockquote_open") continue;
      token.meta = { watched: true };
      const end = tokens.findIndex(
        ({ type, level }, k) => k > i && type === "blockquote_close" && level === quote.level,
      );
      quote.type = "watch_open";
      tokens[end]!.type = "watch_close";
    }
  });

  markdown.renderer.rules.figures = (tokens, i, _options, env: Env) => {
    const { content, meta } = tokens[i]! as Token & { meta: { watched?: boolean } | null };
    const tags = tagsIn(content);
    const shown = tags.map((tag) => figure(tag, env)).join("");
    const row = `<div class="figures n${tags.length}">${shown}</div>`;
    return `<div class="scene">${row}${meta?.watched ? "" : "</div>"}`;
  };
  markdown.renderer.rules.watch_open = (_tokens, _i, _options, { lang }: Env) =>
    `<div class="watch"><p class="label">${WORDS[lang].watch}</p>`;
  markdown.renderer.rules.watch_close = () => "</div></div>";
}

function lineOf(
  { src, bMarks, tShift, eMarks }: { src: string; bMarks: number[]; tShift: number[]; eMarks: number[] },
  line: number,
): string {
  return src.slice(bMarks[line]! + tShift[line]!, eMarks[line]!);
}

interface Tag {
  name: string;
  attributes: string;
}

/** Written by hand, so what is not a tag is said rather than shown as it is. */
function tagsIn(content: string): Tag[] {
  const tags: Tag[] = [];
  let rest = content.trim();
  while (rest) {
    TAG.lastIndex = 0;
    const found = TAG.exec(rest);
    if (!found)
      throw new Error(`This is no figure: ${rest.split("\n")[0]}. It wants <dgm-lab name="value" …></dgm-lab>.`);
    tags.push({ name: found[1]!, attributes: found[2]! });
    rest = rest.slice(found[0].length).trim();
  }
  return tags;
}

function figure({ name, attributes }: Tag, env: Env): string {
  const id = /\sid="([^"]*)"/.exec(attributes)?.[1] ?? `figure-${env.ids.length + 1}`;
  if (env.ids.includes(id)) throw new Error(`Two figures are called “${id}”.`);
  env.ids.push(id);
  const rest = attributes.replace(/\sid="[^"]*"/, "").replace(/\s+/g, " ");
  return (
    `<figure id="${id}"><${name}${rest} lang="${env.lang}"></${name}>` +
    `<div class="tools"><a href="#${id}" aria-label="${WORDS[env.lang].link(id)}">#</a></div></figure>`
  );
}
