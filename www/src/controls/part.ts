/** What is conditioned on a part: a slice of the plane, or a digit whose half is hidden. Its switch; the rest is fetched with the first use. */
import { html, nothing } from "lit";
import type { Store } from "../lab/store.ts";
import { late } from "./late.ts";

const WORDS = {
  en: {
    slice: "Slice",
    slice_help:
      "A line through the picture that you drag: the density of one coordinate given the other, beside that of the data.",
    fill: "Fill in",
    fill_help: "Half of a digit is hidden; the model fills it in, six times over.",
  },
  zh: {
    slice: "切片",
    slice_help: "在图上拖动一条线：给定一个坐标时另一个坐标的密度，旁边是数据的。",
    fill: "补全",
    fill_help: "遮住一个数字的一半，让模型补全，抽六次。",
  },
};

/** Labs in which it is switched on. */
const on = new WeakSet<Store>();

export function partSwitch(store: Store) {
  if (store.dim === 1) return nothing;
  const words = WORDS[store.lang];
  const [name, help] = store.dim === 2 ? [words.slice, words.slice_help] : [words.fill, words.fill_help];
  const toggle = (event: Event) => {
    if ((event.target as HTMLInputElement).checked) on.add(store);
    else on.delete(store);
    store.changed();
  };
  return html`<label title=${help}><input type="checkbox" data-testid="parting" .checked=${on.has(store)} @change=${toggle} />${name}</label>`;
}

const fetched = () => import("../part/index.ts");

/** Whether it is shown in the picture of `store`: where the reader of the leading `lead` switched it on, or its lesson asks for it. */
function shows(store: Store, lead: Store): boolean {
  const wanted = on.has(lead) || (lead.course.lesson.show.charts ?? []).includes("part");
  return wanted && store.dim > 1 && store.data !== undefined && !lead.drawing && !lead.mixture.open;
}

export function partOver(store: Store, dark: boolean, lead = store) {
  if (!shows(store, lead) || store.dim !== 2 || store.solid) return nothing;
  const over = () =>
    html`<dgm-slice .store=${store} .lead=${lead} .frame=${store.frame} .box=${store.box} .dark=${dark}></dgm-slice>`;
  return late(store, "dgm-slice", fetched, over);
}

export function partUnder(store: Store, dark: boolean, lead = store) {
  if (!shows(store, lead)) return nothing;
  const under = () =>
    html`<dgm-part .store=${store} .lead=${lead} .lang=${store.lang} .step=${store.step} .dark=${dark}></dgm-part>`;
  return late(store, "dgm-part", fetched, under);
}
