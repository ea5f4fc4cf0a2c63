/** Under the stage: the chosen component in numbers, for keyboards, screen readers and exact wishes. */
import { html, nothing } from "lit";
import type { Ellipse } from "../engine/types.ts";
import { fixed } from "../i18n/index.ts";
import { useMixture } from "../lab/actions.ts";
import type { Store } from "../lab/store.ts";
import { MIXTURE } from "../state/mixture.ts";
import { added, LEAST_WEIGHT, MOST, REACH, removed, SIGMA, turned, weighted, widened } from "../state/mixture-edits.ts";
import { late } from "./late.ts";

/** The handles, only while the mixture is what is learned and the reader edits it. */
export function mixtureEditor(store: Store) {
  const { mixture, text, data, box } = store;
  if (!isOpen(store) || !data) return nothing;
  const handles = () => html`
    <dgm-mixture-editor .parts=${mixture.parts} .picked=${mixture.picked} .bounds=${box ?? data.bounds} .text=${text}
      @pick=${(event: CustomEvent<number>) => mixture.pick(event.detail)}
      @edit=${(event: CustomEvent<Ellipse[]>) => mixture.edit(event.detail)}
      @apply=${() => handsOff(store)}></dgm-mixture-editor>`;
  return late(store, "dgm-mixture-editor", () => import("./mixture-editor.ts"), handles);
}

/** The hand let go, or the handles were taken away under it because other data were chosen: those stay. */
function handsOff(store: Store): void {
  if (store.config!.data === MIXTURE) useMixture(store);
  else store.mixture.forget(store.config!.mixture);
}

export function mixtureTools(store: Store) {
  if (store.config?.data !== MIXTURE || store.controls === "none") return nothing;
  const { mixture, text } = store;
  const { parts, picked } = mixture;
  const words = text.mixture;
  const button = (id: string, label: string, help: string, disabled: boolean, click: () => void) => html`
    <button class="plain" data-testid="mixture-${id}" title=${help} ?disabled=${disabled} @click=${click}>${label}</button>`;
  if (!isOpen(store)) {
    return html`<div class="mixture">${button("edit", words.edit, words.hint, false, () => mixture.show(true))}</div>`;
  }
  const use = (parts: Ellipse[], at: number) => {
    mixture.edit(parts);
    mixture.pick(at);
    useMixture(store);
  };
  return html`
    <div class="mixture" data-testid="mixture-tools">
      <p class="quiet">${words.hint}</p>
      <div class="sliders">${sliders(store)}</div>
      <div class="quick">
        <span class="quiet">${words.which(picked + 1, parts.length)}</span>
        ${button("add", words.add, words.add_help(MOST), parts.length >= MOST, () => use(added(mixture.parts), mixture.parts.length))}
        ${button("remove", words.remove, words.remove_help, parts.length <= 1, () => use(removed(mixture.parts, mixture.picked), Math.max(0, mixture.picked - 1)))}
        ${button("done", words.done, words.done_help, false, () => mixture.show(false))}
      </div>
    </div>`;
}

function isOpen({ config, mixture, dim }: Store): boolean {
  return mixture.open && dim === 2 && config?.data === MIXTURE;
}

function sliders(store: Store) {
  const { mixture, text } = store;
  const { parts, picked } = mixture;
  const part = parts[picked]!;
  const words = text.mixture;
  const degrees = (180 * part.angle) / Math.PI;
  const slider = (
    id: string,
    label: string,
    [min, max, step, at]: [number, number, number, number],
    shown: string,
    change: (value: number) => Ellipse[],
  ) => html`
    <label class="param"><span class="name">${label}</span><output aria-live="off">${shown}</output>
      <input type="range" data-testid="mixture-${id}" min=${min} max=${max} step=${step} .value=${String(at)} aria-valuetext=${shown}
        @input=${(event: Event) => mixture.edit(change(Number((event.target as HTMLInputElement).value)))} @change=${() => useMixture(store)} />
    </label>`;
  const most = 1 - LEAST_WEIGHT * (parts.length - 1);
  const centre = (axis: 0 | 1) => (value: number) =>
    mixture.parts.map((each, i) => (i === picked ? { ...each, mean: place(each.mean, axis, value) } : each));
  return html`
    ${slider("weight", words.weight, [LEAST_WEIGHT, most, 0.01, part.weight], `${Math.round(100 * part.weight)}%`, (w) => weighted(mixture.parts, picked, w))}
    ${slider("x", words.x, [-REACH, REACH, 0.05, part.mean[0]], fixed(part.mean[0], 2), centre(0))}
    ${slider("y", words.y, [-REACH, REACH, 0.05, part.mean[1]], fixed(part.mean[1], 2), centre(1))}
    ${slider("length", words.length, [SIGMA.min, SIGMA.max, 0.01, part.sigma[0]], fixed(part.sigma[0], 2), (s) => widened(mixture.parts, picked, 0, s))}
    ${slider("width", words.width, [SIGMA.min, SIGMA.max, 0.01, part.sigma[1]], fixed(part.sigma[1], 2), (s) => widened(mixture.parts, picked, 1, s))}
    ${slider("angle", words.angle, [-90, 90, 1, degrees], `${fixed(degrees, 0)}°`, (a) => turned(mixture.parts, picked, (Math.PI * a) / 180))}`;
}

function place([x, y]: readonly [number, number], axis: 0 | 1, value: number): [number, number] {
  return axis === 0 ? [value, y] : [x, value];
}
