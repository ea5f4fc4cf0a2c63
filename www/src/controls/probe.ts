/** A point that all pictures of a lab show: its switch, what lies over a picture and what stands beneath it, fetched with the first use. */
import { html, nothing } from "lit";
import type { Store } from "../lab/store.ts";
import { late } from "./late.ts";

const WORDS = {
  en: {
    probe: "Probe",
    help: "Point at the picture: what the model says there, and the way to its latents. A click pins a point.",
  },
  zh: { probe: "探针", help: "指向图中一点：模型在那里怎么说，以及通向隐变量的路。点一下钉住。" },
};

export function probeSwitch(store: Store) {
  const { probe, help } = WORDS[store.lang];
  const toggle = (event: Event) => store.probe((event.target as HTMLInputElement).checked);
  return html`<label title=${help}><input type="checkbox" data-testid="probing" .checked=${store.probing} @change=${toggle} />${probe}</label>`;
}

const fetched = () => import("../probe/index.ts");

/** Whether the point of the leading `lead` is shown in the picture of `store`. */
function shows(store: Store, lead: Store): boolean {
  return (
    lead.probing && !lead.drawing && !lead.mixture.open && !(store.solid && store.dim === 2) && store.data !== undefined
  );
}

export function probeOver(store: Store, dark: boolean, lead = store) {
  if (!shows(store, lead)) return nothing;
  const over = () =>
    html`<dgm-probe .store=${store} .lead=${lead} .frame=${store.frame} .data=${store.data} .box=${store.box} .dark=${dark}></dgm-probe>`;
  return late(store, "dgm-probe", fetched, over);
}

export function probeUnder(store: Store, dark: boolean, lead = store) {
  if (!shows(store, lead)) return nothing;
  const under = () =>
    html`<dgm-probe-values .store=${store} .lead=${lead} .lang=${store.lang} .step=${store.step} .dark=${dark}></dgm-probe-values>`;
  return late(store, "dgm-probe-values", fetched, under);
}
