/** A step in slow motion: its switch, what it draws over the picture and what it says beneath, fetched with the first use. */
import { html, nothing } from "lit";
import type { Store } from "../lab/store.ts";
import { late } from "./late.ts";

const WORDS = {
  en: { slow: "Slow motion", help: "What a step does, one thing after another, and then the step itself." },
  zh: { slow: "慢动作", help: "把一步里做的事一件一件演示出来，再真正走这一步。" },
};
/** A bar, a longer one and a triangle: play, slowly. */
const ICON = "M2 11h2.5v2H2zm5-2.5h2.5v7H7zM12 5v14l10-7z";

export function slowButton(store: Store) {
  const { slow, help } = WORDS[store.lang];
  const toggle = () => store.slowDown(!store.slow);
  return html`
    <button class="round" data-testid="slow" aria-label=${slow} title="${slow}: ${help}" aria-pressed=${store.slow} ?disabled=${!store.config || store.drawing} @click=${toggle}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${ICON} /></svg>
    </button>`;
}

const fetched = () => import("../slow/index.ts");
const shows = (store: Store) => store.slow && !store.drawing && !store.mixture.open && store.data;

export function slowOver(store: Store, dark: boolean) {
  if (!shows(store)) return nothing;
  const over = () => html`<dgm-slow-picture .store=${store} .moment=${{}} .dark=${dark}></dgm-slow-picture>`;
  return late(store, "dgm-slow-picture", fetched, over);
}

export function slowUnder(store: Store) {
  if (!shows(store)) return nothing;
  return late(store, "dgm-slow", fetched, () => html`<dgm-slow .store=${store} .moment=${{}}></dgm-slow>`);
}
