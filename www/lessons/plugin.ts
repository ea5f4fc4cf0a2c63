/**
 * The course as pages of the site: `lessons/<lang>/<id>.md` becomes `lessons/<lang>/<id>.html`, and each language has its table of contents.
 * A new lesson is a new text; nothing lists them but their folder. Texts in `beside` become pages like them that are no part of the course.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Plugin } from "vite";
import { descriptionOf, embedded, linkTo, siteAddress } from "./oembed.ts";
import { CONTENTS, contentsPage, lessonPage } from "./page.ts";
import { type Lesson, readLesson } from "./render.ts";
import { LANGS, type Lang, WORDS } from "./words.ts";

const here = import.meta.dirname;

/** Ids of the texts in a folder. */
const idsIn = (folder: string) =>
  readdirSync(join(here, folder)).flatMap((name) => (name.endsWith(".md") ? basename(name, ".md") : []));

const textsIn = (folder: string, lang: Lang): Lesson[] =>
  idsIn(folder).map((id) => readLesson(id, lang, readFileSync(join(here, folder, `${id}.md`), "utf8")));

const beside = (lang: Lang) => `beside/${lang}`;
const courseIn = (lang: Lang) => textsIn(lang, lang).sort((a, b) => a.order - b.order);

/** The page that would lie at `path`, or nothing. */
function pageAt(path: string): string | undefined {
  const [, lang, id] = /([a-z]+)\/([\w-]+)\.html$/.exec(path) ?? [];
  const known = LANGS.find((each) => each === lang);
  if (!known) return undefined;
  const course = courseIn(known);
  if (id === CONTENTS) return contentsPage(known, course);
  const lesson = [...course, ...textsIn(beside(known), known)].find((each) => each.id === id);
  return lesson && lessonPage(lesson, course);
}

/** The lab itself, and every text. */
const described = () => [
  { path: "index", title: WORDS[LANGS[0]].site, name: WORDS[LANGS[0]].site, body: "<dgm-lab>" },
  ...LANGS.flatMap((lang) =>
    [...courseIn(lang), ...textsIn(beside(lang), lang)].map(({ id, title, body }) => {
      return { path: `lessons/${lang}/${id}`, title, name: WORDS[lang].site, body };
    }),
  ),
];

/** Where the pages would lie, had they been written by hand; an entry of the bundle each. */
function entries(): Record<string, string> {
  const names = LANGS.flatMap((lang) =>
    [CONTENTS, ...idsIn(lang), ...idsIn(beside(lang))].map((id) => `${lang}/${id}`),
  );
  return Object.fromEntries(names.map((name) => [`lessons/${name}`, resolve(here, `${name}.html`)]));
}

const ours = (id: string) => id.startsWith(here) && id.endsWith(".html") && !existsSync(id);

export function lessons(): Plugin {
  return {
    name: "lessons",
    enforce: "pre",
    config: () => ({ build: { rolldownOptions: { input: entries() } } }),
    resolveId: (id) => (ours(id) ? id : undefined),
    load: (id) => (ours(id) ? pageAt(id) : undefined),
    generateBundle() {
      const site = siteAddress();
      if (!site) return;
      for (const page of described()) {
        const source = JSON.stringify(embedded(site, page));
        this.emitFile({ type: "asset", fileName: descriptionOf(page.path), source });
      }
    },
    transformIndexHtml(html, { path }) {
      const site = siteAddress();
      if (!site || path !== "/index.html") return html;
      return html.replace("</head>", `${linkTo(site, "index", WORDS[LANGS[0]].site)}\n  </head>`);
    },
    configureServer(server) {
      server.middlewares.use(async (request, response, next) => {
        const path = request.url?.split(/[?#]/)[0] ?? "";
        const asked = path.endsWith("/") ? `${path}${CONTENTS}.html` : path;
        try {
          const html = /^\/lessons\/\w+\//.test(asked) ? pageAt(asked) : undefined;
          if (!html) return next();
          const dressed = await server.transformIndexHtml(asked, html, request.originalUrl);
          response.setHeader("content-type", "text/html; charset=utf-8");
          response.end(dressed);
        } catch (error) {
          next(error);
        }
      });
      server.watcher.on("change", (file) => {
        if (file.startsWith(here) && file.endsWith(".md")) server.ws.send({ type: "full-reload" });
      });
    },
  };
}
