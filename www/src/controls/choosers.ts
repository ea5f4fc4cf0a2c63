/** What learns: families as cards, the models of the chosen one under it. */
import { html, nothing } from "lit";
import type { ModelSpec } from "../engine/types.ts";
import { chooseData, chooseFamily, chooseModel } from "../lab/actions.ts";
import type { Store } from "../lab/store.ts";

export function modelChooser(store: Store) {
  const { catalogue, model, lang } = store;
  if (!catalogue || !model) return nothing;
  return html`
    <div class="families">
      ${catalogue.families.map((family) => {
        const chosen = model.family === family.id;
        const able = catalogue.models.some((spec) => spec.family === family.id && spec.dims.includes(store.dim));
        return html`
          <button class="family" data-testid="family-${family.id}" aria-pressed=${chosen} ?disabled=${!able} title=${able ? family.idea[lang] : store.text.no_pictures} @click=${() => chooseFamily(store, family.id)}>
            <strong>${family.label[lang]}</strong><span>${family.idea[lang]}</span>
          </button>
          ${chosen ? variants(store) : nothing}`;
      })}
    </div>`;
}

/** Shown also where there is one, because it says what exactly learns. */
function variants(store: Store) {
  const { text, model } = store;
  return html`
    <ul class="variants" aria-label=${text.variant} title=${text.variant_help}>
      ${inFamily(store).map((spec) => variant(store, spec, spec.id === model!.id))}
    </ul>`;
}

function variant(store: Store, spec: ModelSpec, chosen: boolean) {
  const { lang, text } = store;
  const source = spec.arxiv ? `https://arxiv.org/abs/${spec.arxiv}` : "";
  return html`
    <li class=${chosen ? "chosen" : ""}>
      <button class="variant" data-testid="model-${spec.id}" aria-pressed=${chosen} @click=${() => chooseModel(store, spec.id)}>
        <strong>${spec.label[lang]}</strong><span>${spec.help[lang]}</span>
      </button>
      ${
        source
          ? html`<a href=${source} target="_blank" rel="noreferrer" title="${text.paper}: ${spec.paper}">${spec.year}</a>`
          : html`<small title=${spec.paper}>${spec.year}</small>`
      }
    </li>`;
}

/** The models of the chosen family that can learn data of this dimension; the first is its default. */
function inFamily({ catalogue, model, dim }: Store): ModelSpec[] {
  return catalogue!.models.filter((spec) => spec.family === model!.family && spec.dims.includes(dim));
}

/** Choices as plain lists, where there is no room for pictures: of the data and of the model, as far as they are `wanted`. */
export function compactChoosers(store: Store, wanted: readonly string[]) {
  const { catalogue, config, model, lang, text } = store;
  if (!catalogue || !config || !model) return nothing;
  const chosen = (event: Event) => (event.target as HTMLSelectElement).value;
  const ofData = () => html`
    <label class="row"><span>${text.data}</span>
      <select data-testid="data" @change=${(event: Event) => chooseData(store, chosen(event))}>
        ${catalogue.data.map((data) => html`<option value=${data.id} ?selected=${data.id === config.data}>${data.label[lang]}</option>`)}
        ${config.data === "custom" ? html`<option value="custom" selected>${text.custom_data}</option>` : nothing}
      </select>
    </label>`;
  const ofModel = () => html`
    <label class="row"><span>${text.model}</span>
      <select data-testid="model" @change=${(event: Event) => chooseModel(store, chosen(event))}>
        ${catalogue.families.map((family) => {
          const fitting = catalogue.models.filter((spec) => spec.family === family.id && spec.dims.includes(store.dim));
          if (fitting.length === 0) return nothing;
          const option = (spec: ModelSpec) =>
            html`<option value=${spec.id} ?selected=${spec.id === model.id}>${spec.label[lang]}</option>`;
          return html`<optgroup label=${family.label[lang]}>${fitting.map(option)}</optgroup>`;
        })}
      </select>
    </label>`;
  return html`${wanted.includes("data") ? ofData() : nothing}${wanted.includes("model") ? ofModel() : nothing}`;
}
