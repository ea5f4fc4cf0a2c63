/** One panel: what learns, its picture, and the score that says most. */
import { html, nothing } from "lit";
import { partOver, partUnder } from "../controls/part.ts";
import { overPicture, picture } from "../controls/picture.ts";
import { probeOver, probeUnder } from "../controls/probe.ts";
import { headlines } from "../controls/scores.ts";
import { readout } from "../controls/slider.ts";
import { measured } from "../i18n/index.ts";
import { chooseModel } from "../lab/actions.ts";
import { statusLine } from "../lab/status.ts";
import type { Store } from "../lab/store.ts";
import { differences } from "./differences.ts";
import type { Panel, Panels } from "./panels.ts";
import { wordsIn } from "./words.ts";

const ICONS = {
  settings: "M4 7h9v2H4zm13 0h3v2h-3zm-3-2h2v6h-2zM4 15h3v2H4zm7 0h9v2h-9zm-3-2h2v6H8z",
  clone: "M4 4h11v3h-2V6H6v7h1v2H4zm5 5h11v11H9zm2 2v7h7v-7z",
  left: "M15 5l-7 7 7 7z",
  right: "M9 5l7 7-7 7z",
  remove:
    "M6 7.4L7.4 6 12 10.600 16.600 6 18 7.400 13.400 12 18 16.600 16.600 18 12 13.400 7.400 18 6 16.600 10.600 12z",
};

export interface Scene {
  panels: Panels;
  dark: boolean;
  /** The darkest level of all pictures. */
  peak: number | undefined;
  /** Whether there are controls at all. */
  hands: boolean;
  /** Shows one alone. */
  open(key: number): void;
}

export function card(panel: Panel, place: number, scene: Scene) {
  const { panels, dark, peak, hands } = scene;
  const { store, key } = panel;
  const { lang, model } = store;
  const words = wordsIn(lang);
  const name = nameOf(panel, panels.list);
  const chosen = hands && panel === panels.chosen;
  const lead = store === panels.lead;
  const working = lead && store.drawing;
  return html`
    <article class="card ${chosen ? "picked" : ""}" data-testid="panel-${place}" aria-label=${name}>
      <div class="name"><i class="dot d${place}"></i><b class=${hands ? "printed" : ""}>${name}</b>${hands ? modelChoice(store) : nothing}</div>
      <div class="stage">
        <div class="picture ${store.dim === 1 ? "flat" : ""}">
          <div class="canvases" role="img" aria-label=${statusLine(store)} data-testid=${lead ? "stage" : `stage-${place}`}>${picture(store, dark, peak)}</div>
          ${hands && !working && !panels.lead.probing ? html`<button class="over" title=${words.open(name)} aria-label=${words.open(name)} data-testid="open-${place}" @click=${() => scene.open(key)}></button>` : nothing}
          ${lead ? overPicture(store, dark) : nothing}${probeOver(store, dark, panels.lead)}${partOver(store, dark, panels.lead)}
        </div>
      </div>
      ${probeUnder(store, dark, panels.lead)}${partUnder(store, dark, panels.lead)}
      ${score(store)}
      ${hands ? tools(panel, place, scene, name) : nothing}
      ${chips(store, panels)}
      ${store.message && !lead ? html`<p class="message" role="alert">${store.message(store.text)}</p>` : nothing}
      <p class="idea">${store.catalogue?.families.find(({ id }) => id === model?.family)?.idea[lang]}</p>
    </article>`;
}

/** What a panel is called: by its model, and counted where there are more of the same. */
export function nameOf({ store }: Panel, list: readonly Panel[]): string {
  const { model, lang } = store;
  const kin = list.filter((other) => other.store.model?.id === model?.id);
  const n = kin.length > 1 ? kin.findIndex((other) => other.store === store) + 1 : 1;
  return wordsIn(lang).nth(model?.label[lang] ?? "", n);
}

function modelChoice(store: Store) {
  const { catalogue, model, dim, lang } = store;
  if (!catalogue || !model) return nothing;
  const choose = (event: Event) => chooseModel(store, (event.target as HTMLSelectElement).value);
  const able = catalogue.models.filter(({ dims }) => dims.includes(dim));
  return html`
    <select aria-label=${wordsIn(lang).model} @change=${choose} .value=${model.id}>
      ${catalogue.families.map((family) => {
        const members = able.filter((spec) => spec.family === family.id);
        if (members.length === 0) return nothing;
        return html`<optgroup label=${family.label[lang]}>${members.map((spec) => html`<option value=${spec.id} ?selected=${spec.id === model.id}>${spec.label[lang]}</option>`)}</optgroup>`;
      })}
    </select>`;
}

function score(store: Store) {
  const { text, lang } = store;
  const [first] = headlines(store);
  const at = wordsIn(lang).step_at(store.step.toLocaleString("en"));
  const value = first
    ? html`<b>${measured(first.value, first.stderr)}</b> <small title=${text.kind[first.kind]}>${first.label[lang]}${first.kind === "bound" ? html` · ${wordsIn(lang).bound}` : nothing}</small>`
    : html`<b>–</b>`;
  return html`<p class="first"><span>${value}</span><small class="at">${at}</small></p>`;
}

function tools({ key, store }: Panel, place: number, { panels }: Scene, name: string) {
  const words = wordsIn(store.lang);
  const act = (work: Promise<unknown>) => void work.then(undefined, (error) => panels.failed(error));
  const button = (id: keyof typeof ICONS, off: boolean, click: () => void, pressed?: boolean) => html`
    <button class="tool" data-testid="${id}-${place}" aria-label=${words[id](name)} title=${words[id](name)} ?disabled=${off || !store.config}
      aria-pressed=${pressed ?? nothing} @click=${click}><svg viewBox="0 0 24 24" aria-hidden="true"><path d=${ICONS[id]} /></svg></button>`;
  const { list, chosen, full } = panels;
  return html`
    <div class="tools" role="group" aria-label=${name}>
      ${button("settings", false, () => panels.choose(key), chosen.key === key)}
      ${button("clone", full, () => act(panels.clone(key)))}
      ${button("left", place === 0, () => panels.move(key, -1))}
      ${button("right", place === list.length - 1, () => panels.move(key, 1))}
      ${button("remove", list.length === 1, () => act(panels.remove(key)))}
    </div>`;
}

function chips(store: Store, { list }: Panels) {
  const stores = list.map((panel) => panel.store);
  const words = wordsIn(store.lang);
  const found = store.config ? differences(store, stores) : [];
  if (found.length === 0) return nothing;
  return html`
    <ul class="chips" data-testid="chips">
      ${found.map(({ spec, value, differs }) => {
        const shown = spec.kind === "choice" ? spec.options[value]!.label[store.lang] : readout(spec, value);
        return html`<li class=${differs ? "differs" : ""} title=${differs ? words.differs : words.changed}>${spec.label[store.lang]} <b>${shown}</b></li>`;
      })}
    </ul>`;
}
