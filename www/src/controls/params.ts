/** The settings of the model in three folds, one control for each ParamSpec: range, scale, default and help are the core's. */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Config, ModelSpec, ParamSpec } from "../engine/types.ts";
import type { Strings } from "../i18n/index.ts";
import { ALL } from "../state/classes.ts";
import type { Lang } from "../state/config.ts";
import { gridOf, placeOf, readout } from "./slider.ts";
import { byKey, byPointer, rested } from "./slider-keys.ts";

/** What every reader moves first; they stand above the folds. */
const FIRST = ["learning_rate", "batch"];
const GROUPS = ["model", "training", "data"] as const;
/** Under the picture, with the classes, where these are shown. */
const UNDER_PICTURE = ["condition", "compose", "other", "guidance"];

/** Who has settings, as a panel knows them: a lab, or what learns a text. */
export interface Settable {
  readonly lang: Lang;
  readonly text: Strings;
  readonly model: Pick<ModelSpec, "id" | "params"> | undefined;
  readonly config: Pick<Config, "params" | "seed"> | undefined;
  /** What the classes of the data are called, and whether buttons for them are shown elsewhere. */
  readonly classNames: readonly string[];
  readonly classes?: unknown;
  setParam(id: string, value: number): void;
  setSeed(seed: number): void;
}

export function settingsPanel(store: Settable) {
  const { model, text } = store;
  if (!model) return nothing;
  const first = model.params.filter(({ id }) => FIRST.includes(id));
  const rest = (group: string) =>
    model.params.filter((spec) => spec.group === group && !FIRST.includes(spec.id) && matters(store, spec.id));
  const fold = (group: (typeof GROUPS)[number]) => {
    const specs = rest(group);
    if (specs.length === 0) return nothing;
    return html`
    <details class="group" data-testid="group-${group}" ?open=${group === "model"}>
      <summary title=${text.group_help[group]}>${text.group[group]}${changes(store, specs)}</summary>
      <div class="params">${group === "model" ? seedField(store) : nothing}${controls(store, specs)}</div>
    </details>`;
  };
  return html`<div class="params">${controls(store, first)}</div>${GROUPS.map(fold)}`;
}

/** Whether it has something to do here: what is about classes needs some, and a model that is told them. */
function matters({ config, classNames, classes }: Settable, id: string): boolean {
  const on = config!.params.conditional;
  if (id === "conditional") return classNames.length > 1 || Boolean(on);
  if (id === "label_dropout") return Boolean(on);
  if (id === "compose" && config!.params.condition === ALL) return false;
  if (id === "other" && !(config!.params.compose && config!.params.condition !== ALL)) return false;
  return !UNDER_PICTURE.includes(id) || Boolean(on && !classes);
}

/** One setting by its id, where there is no room for the panel. */
export function oneSetting(store: Settable, id: string) {
  const spec = store.model?.params.find((param) => param.id === id);
  if (!spec || (id === "condition" && !store.config!.params.conditional)) return nothing;
  return controls(store, [spec]);
}

/** A closed fold still says that something in it is not as usual. */
function changes({ config, text }: Settable, specs: ParamSpec[]) {
  const count = specs.filter((spec) => (config?.params[spec.id] ?? spec.default) !== spec.default).length;
  return count > 0 ? html` <small>${text.changed(count)}</small>` : nothing;
}

/** Each model has controls of its own: one that served another range before would hold its value to that. */
function controls(store: Settable, specs: ParamSpec[]) {
  const key = (spec: ParamSpec) => `${store.model!.id} ${spec.id}`;
  return repeat(specs, key, (spec) => control(store, spec));
}

function control(store: Settable, known: ParamSpec) {
  // No further class than the data have.
  const spec = ["condition", "other"].includes(known.id) ? { ...known, max: store.classNames.length - 1 } : known;
  const value = store.config!.params[spec.id] ?? spec.default;
  return spec.kind === "choice" ? choice(store, spec, value) : slider(store, spec, value);
}

function hints({ lang, text }: Settable, spec: ParamSpec, usual: string) {
  const effect = spec.restarts ? text.restarts : text.live;
  return {
    title: `${spec.help[lang]} ${text.default_value(usual)}${text.stop}${effect}${text.stop}`,
    name: html`<span class="name">${spec.label[lang]}${spec.restarts ? html`<i aria-hidden="true">↻</i>` : nothing}</span>`,
    help: html`<small class="help" id="help-${spec.id}">${spec.help[lang]} <em>${effect}${text.stop}</em></small>`,
  };
}

function choice(store: Settable, spec: ParamSpec, value: number) {
  const { lang } = store;
  const { title, name, help } = hints(store, spec, spec.options[spec.default]!.label[lang]);
  const choose = (event: Event) => store.setParam(spec.id, (event.target as HTMLSelectElement).selectedIndex);
  return html`
    <label class="param choice" title=${title}>
      ${name}
      <select data-testid="param-${spec.id}" aria-describedby="help-${spec.id}" .selectedIndex=${value} @change=${choose}>
        ${spec.options.map((option, i) => html`<option value=${option.id} ?selected=${i === value}>${option.label[lang]}</option>`)}
      </select>
      ${help}
    </label>`;
}

function slider(store: Settable, spec: ParamSpec, value: number) {
  const { text } = store;
  const grid = gridOf(spec);
  const { title, name, help } = hints(store, spec, readout(spec, spec.default));
  const unit = spec.unit ? (text.unit[spec.unit] ?? spec.unit) : "";
  const said = (value: number) => `${readout(spec, value)} ${unit}`.trim();
  const read = (event: Event) => grid[Number((event.target as HTMLInputElement).value)]!;
  const set = (value: number) => store.setParam(spec.id, value);
  // Said and shown at once, whenever the page is drawn next. What starts training over waits for the hand to rest; what does not acts now.
  const preview = (event: Event) => {
    const input = event.target as HTMLInputElement;
    input.setAttribute("aria-valuetext", said(read(event)));
    input.closest("label")!.querySelector("b")!.textContent = readout(spec, read(event));
    if (!spec.restarts) set(read(event));
  };
  const choose = (event: Event) => {
    const value = read(event);
    rested(event.target as HTMLInputElement, spec.restarts, () => set(value));
  };
  return html`
    <label class="param" title=${title}>
      ${name}
      <output aria-live="off"><b .textContent=${readout(spec, value)}></b>${unit ? html` <small>${unit}</small>` : nothing}</output>
      <input type="range" data-testid="param-${spec.id}" min="0" max=${grid.length - 1} step="1" .value=${String(placeOf(spec, value))}
        aria-valuetext=${said(value)} aria-describedby="help-${spec.id}" @keydown=${byKey} @pointerdown=${byPointer} @input=${preview}
       @change=${choose} />
      ${help}
    </label>`;
}

function seedField(store: Settable) {
  const { text, config } = store;
  const choose = (event: Event) => {
    const input = event.target as HTMLInputElement;
    if (input.checkValidity() && input.value !== "") store.setSeed(Number(input.value));
    else input.value = String(config!.seed);
  };
  return html`
    <label class="param seed" title="${text.seed_help}">
      <span class="name">${text.seed}<i aria-hidden="true">↻</i></span>
      <input type="number" data-testid="seed" min="0" max="4294967295" step="1" .value=${String(config!.seed)} aria-describedby="help-seed" @change=${choose} />
      <small class="help" id="help-seed">${text.seed_help}</small>
    </label>`;
}
