/** Sliders, one for each ParamSpec of the model: their range, scale, default and help are the core's. */
import { html, nothing } from "lit";
import type { ParamSpec } from "../engine/types.ts";
import { number } from "../i18n/index.ts";
import type { Store } from "../lab/store.ts";

/** Positions of a slider; enough that neighbouring values of a log scale differ by about a percent. */
const POSITIONS = 500;

function valueAt(spec: ParamSpec, position: number): number {
  const t = position / POSITIONS;
  const { min, max } = spec;
  const value = spec.scale === "log" ? min * (max / min) ** t : min + (max - min) * t;
  // Three digits are what the readout shows; what is sent must be the same.
  const rounded = spec.kind === "int" ? Math.round(value) : Number(value.toPrecision(3));
  return Math.min(max, Math.max(min, rounded));
}

function positionOf(spec: ParamSpec, value: number): number {
  const { min, max } = spec;
  const t = spec.scale === "log" ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.round(POSITIONS * t);
}

export function paramSliders(store: Store) {
  const { model, config } = store;
  if (!model || !config) return nothing;
  return html`<div class="params">${seedField(store)}${model.params.map((spec) => slider(store, spec, config.params[spec.id] ?? spec.default))}</div>`;
}

function slider(store: Store, spec: ParamSpec, value: number) {
  const { lang, text } = store;
  // A short whole-number range is stepped through value by value.
  const stepped = spec.kind === "int" && spec.scale === "linear" && spec.max - spec.min <= POSITIONS;
  const range = stepped
    ? { min: spec.min, max: spec.max, at: value }
    : { min: 0, max: POSITIONS, at: positionOf(spec, value) };
  const read = (event: Event) => {
    const raw = Number((event.target as HTMLInputElement).value);
    return stepped ? raw : valueAt(spec, raw);
  };
  const effect = spec.restarts ? text.restarts : text.live;
  // What starts training over waits for the end of the drag; what does not acts at once.
  const preview = (event: Event) => {
    const input = event.target as HTMLInputElement;
    if (!spec.restarts) return store.setParam(spec.id, read(event));
    const output = input.closest("label")?.querySelector("output");
    if (output) output.textContent = number(read(event));
  };
  return html`
    <label class="param" title="${spec.help[lang]} ${text.default_value(number(spec.default))}. ${effect}.">
      <span class="name">${spec.label[lang]}${spec.restarts ? html`<i aria-hidden="true">↻</i>` : nothing}</span>
      <output>${number(value)}${spec.unit ? html` <small>${text.unit[spec.unit] ?? spec.unit}</small>` : nothing}</output>
      <input type="range" data-testid="param-${spec.id}" min=${range.min} max=${range.max} step="1" .value=${String(range.at)}
        aria-valuetext=${number(value)} aria-describedby="help-${spec.id}" @input=${preview} @change=${(event: Event) => store.setParam(spec.id, read(event))} />
      <small class="help" id="help-${spec.id}">${spec.help[lang]} <em>${effect}.</em></small>
    </label>`;
}

function seedField(store: Store) {
  const { text, config } = store;
  const choose = (event: Event) => {
    const input = event.target as HTMLInputElement;
    if (input.checkValidity() && input.value !== "") store.actions.chooseSeed(Number(input.value));
    else input.value = String(config!.seed);
  };
  return html`
    <label class="param seed" title="${text.seed_help}">
      <span class="name">${text.seed}<i aria-hidden="true">↻</i></span>
      <input type="number" data-testid="seed" min="0" max="4294967295" step="1" .value=${String(config!.seed)} aria-describedby="help-seed" @change=${choose} />
      <small class="help" id="help-seed">${text.seed_help}</small>
    </label>`;
}
