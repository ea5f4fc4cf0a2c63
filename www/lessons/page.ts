/** The pages around the lessons. */
import { linkTo, siteAddress } from "./oembed.ts";
import type { Lesson } from "./render.ts";
import { LANGS, type Lang, WORDS } from "./words.ts";

/** The table of contents has the name that servers open a folder with. */
export const CONTENTS = "index";

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** How figures come to pages of others; every page leads there. */
const EMBED = "embed";

/** One lesson, between its neighbours; a text beside the course has none. */
export function lessonPage(lesson: Lesson, course: Lesson[]): string {
  const { lang, id } = lesson;
  const words = WORDS[lang];
  const at = course.indexOf(lesson);
  const [before, after] = at < 0 ? [] : [course[at - 1], course[at + 1]];
  const way = (to: Lesson | undefined, rel: "prev" | "next", word: string) =>
    to
      ? `<a class="${rel}" rel="${rel}" href="${to.id}.html"><small>${word}</small> ${escaped(to.title)}</a>`
      : "<span></span>";
  const main = `
      <article>
        <header>
          <h1>${escaped(lesson.title)}</h1>
          <p class="question">${escaped(lesson.question)}</p>
        </header>
        <noscript><p class="noscript">${words.noscript}</p></noscript>
${lesson.body}
      </article>
      <nav class="ways" aria-label="${words.course}">
        ${way(before, "prev", words.previous)}
        ${way(after, "next", words.next)}
      </nav>`;
  return page({ lang, id, title: lesson.title, description: lesson.question, main, twins: LANGS });
}

/** Every lesson with its line. */
export function contentsPage(lang: Lang, course: Lesson[]): string {
  const words = WORDS[lang];
  const rows = course.map(
    ({ id, title, line }) => `<li><a href="${id}.html"><b>${escaped(title)}</b> <span>${escaped(line)}</span></a></li>`,
  );
  const main = `
      <header>
        <h1>${words.course}</h1>
        <p class="question">${words.about}</p>
      </header>
      <ol class="contents">
        ${rows.join("\n        ")}
      </ol>`;
  return page({ lang, id: CONTENTS, title: words.course, description: words.description, main, twins: LANGS });
}

interface Page {
  lang: Lang;
  id: string;
  title: string;
  description: string;
  main: string;
  twins: readonly Lang[];
}

function page({ lang, id, title, description, main, twins }: Page): string {
  const words = WORDS[lang];
  const others = twins.filter((other) => other !== lang);
  const head = others.map(
    (other) => `<link rel="alternate" hreflang="${WORDS[other].code}" href="../${other}/${id}.html" />`,
  );
  const site = siteAddress();
  if (site && id !== CONTENTS) head.push(linkTo(site, `lessons/${lang}/${id}`, title));
  const links = others.map(
    (other) =>
      `<a href="../${other}/${id}.html" lang="${WORDS[other].code}" hreflang="${WORDS[other].code}">${WORDS[other].name}</a>`,
  );
  const ways = [
    [CONTENTS, words.contents],
    [EMBED, words.embed],
  ];
  const inside = ways.filter(([to]) => to !== id).map(([to, word]) => `<a href="${to}.html">${word}</a>`);
  return `<!doctype html>
<html lang="${words.code}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="description" content="${escaped(description)}" />
    <title>${escaped(title)} · ${words.site}</title>
    <link rel="icon" href="../../favicon.svg" type="image/svg+xml" />
    ${head.join("\n    ")}
    <link rel="stylesheet" href="../../src/lessons/lesson.css" />
    <script type="module" src="../../src/lessons/lesson.ts"></script>
  </head>
  <body>
    <a class="skip" href="#lesson">${words.skip}</a>
    <nav class="top" aria-label="${words.site}">
      <a class="home" href="../../index.html#lang=${lang}">${words.site}</a>
      ${inside.join("\n      ")}
      <a href="../../index.html#lang=${lang}">${words.lab}</a>
      ${links.join("\n      ")}
    </nav>
    <main id="lesson">${main}
    </main>
  </body>
</html>
`;
}
