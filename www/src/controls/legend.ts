/** What the colours mean, in the words that fit the family, and a switch for each layer. */
import { html, nothing } from "lit";
import type { Store } from "../lab/store.ts";
import { palette } from "../views/palette.ts";
import type { Look } from "../views/shade.ts";
import { late } from "./late.ts";
import { oneSetting } from "./params.ts";
import { partSwitch } from "./part.ts";
import { probeSwitch } from "./probe.ts";
import "../views/ramp.ts";

/** The honest name of the field on the stage: a bound is never called a density. */
function fieldTitle({ text, model }: Store, look: Look): string {
  if (look === "energy") return text.legend.energy;
  if (look === "discriminator") return text.legend.discriminator;
  if (model?.density === "exact") return text.legend.exact;
  return model?.density === "bound" ? text.legend.bound : text.legend.estimate;
}

export function legend(store: Store, dark: boolean) {
  const { text, model, look } = store;
  if (!model) return nothing;
  const line = store.dim === 1;
  const ends = {
    energy: [text.legend.energy_high, text.legend.energy_low],
    density: [text.legend.low, text.legend.high],
    discriminator: [text.legend.fake, text.legend.real],
  }[look];
  const ramp = look === "discriminator" ? palette(dark).diverging : palette(dark).field;
  const key = (name: "data" | "samples" | "walkers") =>
    store.shown[name] ? html`<span class="key ${name}"><i></i>${text.legend[name]}</span>` : nothing;
  return html`
    <div class="legend ${store.classes && store.data?.labels ? `by-class ${store.frame?.labels ? "both" : ""}` : ""}" part="legend" data-testid="legend">
      ${key("data")}${key("samples")}${model.views.walkers ? key("walkers") : nothing}
      ${
        line
          ? lineKeys(store)
          : model.views.fields.length === 0 || !(store.shown.field || store.shown.contours)
            ? nothing
            : html`
        <span class="scale"><b>${fieldTitle(store, look)}</b>
          <span class="ends">${ends[0]}<dgm-ramp .ramp=${ramp}></dgm-ramp>${ends[1]}</span>
        </span>`
      }
    </div>`;
}

/** Which classes are drawn, and which one the model is to make; nothing where there are none. */
export function classKeys(store: Store, dark: boolean) {
  if (!store.model || !store.classes || store.classNames.length < 2) return nothing;
  const keys = () =>
    html`<dgm-class-keys .store=${store} .classes=${store.classes} .names=${store.classNames} .language=${store.lang} .dark=${dark}></dgm-class-keys>`;
  const seen = late(store, "dgm-class-keys", () => import("./class-keys.ts"), keys);
  const able = store.model!.params.some(({ id }) => id === "guidance");
  if (!able || !store.config!.params.conditional || store.controls !== "all") return seen;
  const curve = () =>
    html`<dgm-guidance-curve .store=${store} .language=${store.lang} .dark=${dark} .moment=${store.step}></dgm-guidance-curve>`;
  return html`${seen}
    <div class="guided">${oneSetting(store, "guidance")}${late(store, "dgm-guidance-curve", () => import("./guidance-curve.ts"), curve)}</div>`;
}

function lineKeys(store: Store) {
  const { text, model } = store;
  const learned =
    model!.density === "none" ? nothing : html`<span class="key learned"><i></i>${fieldTitle(store, "density")}</span>`;
  const lower =
    model!.family === "energy" ? text.legend.energy : model!.family === "gan" ? text.legend.discriminator : "";
  return html`${learned}${store.truth && store.shown.truth ? html`<span class="key truth"><i></i>${text.legend.truth}</span>` : nothing}${lower ? html`<span class="key lower"><i></i>${lower}</span>` : nothing}`;
}

export function layerSwitches(store: Store) {
  const { text, model } = store;
  if (!model) return nothing;
  const line = store.dim === 1;
  const field = model.views.fields.length > 0;
  const names = [
    field ? "field" : undefined,
    field && !line ? "contours" : undefined,
    "data",
    "samples",
    model.views.walkers ? "walkers" : undefined,
    line && store.truth ? "truth" : undefined,
    store.dim <= 2 ? "axes" : undefined,
    store.classNames.length > 1 ? "classes" : undefined,
  ];
  return html`
    <div class="layers" role="group" aria-label=${text.layers}><b aria-hidden="true">${text.layers}</b>
      ${names.map((name) => (name ? layerSwitch(store, name as keyof Store["shown"]) : nothing))}
      ${field && store.dim === 2 ? solidSwitch(store) : nothing}
      ${probeSwitch(store)}${partSwitch(store)}
      ${fieldChoice(store)}
    </div>`;
}

function layerSwitch(store: Store, name: keyof Store["shown"]) {
  const toggle = (event: Event) => store.show(name, (event.target as HTMLInputElement).checked);
  return html`<label title=${store.text.layer_help[name]}><input type="checkbox" data-testid="layer-${name}" .checked=${store.shown[name]} @change=${toggle} />${store.text.layer[name]}</label>`;
}

function solidSwitch(store: Store) {
  const toggle = (event: Event) => store.raise((event.target as HTMLInputElement).checked);
  return html`<label title=${store.text.layer_help.solid}><input type="checkbox" data-testid="layer-solid" .checked=${store.solid} @change=${toggle} />${store.text.layer.solid}</label>`;
}

/** Only the energy model has two fields to choose from on the plane. */
function fieldChoice(store: Store) {
  const { text, model, look } = store;
  if (model?.family !== "energy" || store.dim === 1) return nothing;
  const choose = (event: Event) =>
    store.lookAt((event.target as HTMLSelectElement).value === "energy" ? "energy" : "density");
  return html`
    <label class="row" title=${text.show_help}><span>${text.show}</span>
      <select data-testid="field" @change=${choose}>
        <option value="energy" ?selected=${look === "energy"}>${text.field.energy}</option>
        <option value="density" ?selected=${look === "density"}>${text.field.log_density}</option>
      </select>
    </label>`;
}
