/** From one model to several: side by side, one of each family, or in an experiment. */
import { html, nothing } from "lit";
import { SITE } from "../engine/source.ts";
import type { Store } from "../lab/store.ts";
import { FAMILIES } from "../state/panels.ts";

const WORDS = {
  en: {
    beside: "Side by side",
    beside_help: "This model beside another one, on the same data.",
    all: "All families",
    all_help: "One model of each family, learning the same data together.",
    experiment: "Experiment",
    experiment_help: "Many runs over models, data, settings and seeds, gathered in a table.",
    words: "Words",
    words_help: "A model of texts, which says what character comes next.",
  },
  zh: {
    beside: "并排比较",
    beside_help: "把这个模型和另一个放在一起，学同样的数据。",
    all: "各族一览",
    all_help: "每族一个模型，一起学同样的数据。",
    experiment: "实验",
    experiment_help: "模型、数据、设置和种子的许多次训练，汇成一张表。",
    words: "文字",
    words_help: "学文本的模型：说出下一个字是什么。",
  },
};

export interface Ways {
  /** Shows the models of a line, or what stands there beside another where it is empty. */
  compare(line: string): void;
  experiment(): void;
  /** Lists the keys, where a page has some. */
  keys?: () => void;
}

/** `several` are there already. */
export function ways({ lang, model }: Store, several: boolean, { compare, experiment }: Ways) {
  const words = WORDS[lang];
  const button = (id: "beside" | "all" | "experiment", click: () => void) => html`
    <button class="plain" data-testid=${id} title=${words[`${id}_help`]} ?disabled=${!model} @click=${click}>${words[id]}</button>`;
  const more = several
    ? nothing
    : html`${button("beside", () => compare(""))}${button("all", () => compare(FAMILIES))}`;
  return html`<span class="ways">${more}${button("experiment", experiment)}<a class="plain" href=${new URL(`#data=${lang === "zh" ? "sanguo" : "austen"}&lang=${lang}`, SITE).href} title=${words.words_help} data-testid="words">${words.words}</a></span>`;
}
