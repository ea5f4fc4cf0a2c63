/** What a model is and where more is told of it: its formula, its paper, and the pages of the course. */
import { html } from "lit";
import { SITE } from "../engine/source.ts";
import type { ModelSpec } from "../engine/types.ts";
import type { Store } from "../lab/store.ts";
import type { Lang } from "../state/config.ts";
import "../views/formula.ts";

const COURSE = {
  en: { contents: "The course", embed: "Embed it", lesson: "The lesson on this family" },
  zh: { contents: "课程", embed: "嵌入", lesson: "讲这一族的一课" },
};

export function courseLinks(lang: Lang) {
  return html`<a href=${page(lang, "index")} data-testid="course">${COURSE[lang].contents}</a><a href=${page(lang, "embed")} data-testid="embed">${COURSE[lang].embed}</a>`;
}

/** What the model does in words stands where it is chosen. `late` says whether what sets formulas may be fetched. */
export function about({ text, lang }: Store, { label, family, formula, paper, year, arxiv }: ModelSpec, late: boolean) {
  const link = arxiv
    ? html`<a href="https://arxiv.org/abs/${arxiv}" target="_blank" rel="noreferrer">${paper} (${year})</a>`
    : html`${paper} (${year})`;
  return html`
    <div class="about">
      <h2>${label[lang]}</h2>
      <dgm-formula .source=${formula} .ready=${late}></dgm-formula>
      <small>${text.paper}: ${link}<br /><a href=${page(lang, family)} data-testid="lesson">${COURSE[lang].lesson}</a></small>
    </div>`;
}

/** Each family has the page that is called like it. */
function page(lang: Lang, id: string): string {
  return new URL(`lessons/${lang}/${id}.html`, SITE).href;
}
