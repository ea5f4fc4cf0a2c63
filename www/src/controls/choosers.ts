/** What to learn and what learns it: data sets as small pictures, families as cards. */
import { html, nothing } from "lit";
import type { Store } from "../lab/store.ts";
import "./thumbnail.ts";

export function dataChooser(store: Store, dark: boolean) {
  const { catalogue, config, lang, text } = store;
  if (!catalogue || !config) return nothing;
  const card = (id: string, dim: number, label: string, help: string) => html`
    <button class="thumb ${dim === 1 ? "line" : ""}" data-testid="data-${id}" aria-pressed=${config.data === id} aria-label=${label} title="${label}. ${help}" @click=${() => store.actions.chooseData(id)}>
      <dgm-thumbnail .picture=${id === "custom" ? store.data : store.previews.get(id)} .dark=${dark}></dgm-thumbnail>
    </button>`;
  const own = store.session.ownData;
  const cards = (dim: number) => [
    ...catalogue.data
      .filter((data) => data.dim === dim)
      .map((data) => card(data.id, dim, data.label[lang], data.help[lang])),
    own?.dim === dim ? card("custom", dim, text.custom_data, "") : nothing,
  ];
  const chosen = catalogue.data.find((data) => data.id === config.data);
  return html`
    <p class="chosen"><b>${chosen?.label[lang] ?? text.custom_data}</b> <small>${chosen?.help[lang] ?? ""}</small></p>
    <h3>${text.plane}</h3>
    <div class="thumbs">${cards(2)}
      <button class="thumb draw" data-testid="draw" aria-pressed=${store.drawing} aria-label=${text.draw} title=${text.draw_hint} @click=${() => store.draw(!store.drawing)}>
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 20l1-4L16.5 4.5a1.8 1.8 0 0 1 2.6 0l.4.4a1.8 1.8 0 0 1 0 2.6L8 19z" /></svg>
        <span>${text.draw}</span>
      </button>
    </div>
    <h3>${text.line}</h3>
    <div class="thumbs">${cards(1)}</div>
    ${paste(store)}`;
}

function paste(store: Store) {
  const { text } = store;
  const use = (event: Event) => {
    event.preventDefault();
    const area = (event.target as HTMLFormElement).elements.namedItem("numbers") as HTMLTextAreaElement;
    store.actions.useText(area.value);
  };
  return html`
    <details class="paste">
      <summary title=${text.paste_hint}>${text.paste}</summary>
      <form @submit=${use}>
        <label><small>${text.paste_hint}</small><textarea name="numbers" rows="4" data-testid="paste" spellcheck="false"></textarea></label>
        <button class="plain" data-testid="paste-use">${text.paste_use}</button>
      </form>
    </details>`;
}

export function familyChooser(store: Store) {
  const { catalogue, model, lang } = store;
  if (!catalogue || !model) return nothing;
  return html`
    <div class="families">
      ${catalogue.families.map(
        (family) => html`
          <button class="family" data-testid="family-${family.id}" aria-pressed=${model.family === family.id} title=${family.idea[lang]} @click=${() => store.actions.chooseFamily(family.id)}>
            <strong>${family.label[lang]}</strong><span>${family.idea[lang]}</span>
          </button>`,
      )}
    </div>`;
}

/** The models of the chosen family; shown also where there is one, because it says what exactly learns. */
export function modelSelect(store: Store) {
  const { catalogue, model, lang, text } = store;
  if (!catalogue || !model) return nothing;
  const variants = catalogue.models.filter((spec) => spec.family === model.family && spec.dims.includes(store.dim));
  const choose = (event: Event) => store.actions.chooseModel((event.target as HTMLSelectElement).value);
  return html`
    <label class="row" title=${text.variant_help}><span>${text.variant}</span>
      <select data-testid="model" @change=${choose}>
        ${variants.map((spec) => html`<option value=${spec.id} ?selected=${spec.id === model.id}>${spec.label[lang]}</option>`)}
      </select>
    </label>`;
}

/** Both choices as plain lists, where there is no room for pictures. */
export function compactChoosers(store: Store) {
  const { catalogue, config, model, lang, text } = store;
  if (!catalogue || !config || !model) return nothing;
  const chosen = (event: Event) => (event.target as HTMLSelectElement).value;
  return html`
    <label class="row"><span>${text.data}</span>
      <select data-testid="data" @change=${(event: Event) => store.actions.chooseData(chosen(event))}>
        ${catalogue.data.map((data) => html`<option value=${data.id} ?selected=${data.id === config.data}>${data.label[lang]}</option>`)}
        ${config.data === "custom" ? html`<option value="custom" selected>${text.custom_data}</option>` : nothing}
      </select>
    </label>
    <label class="row"><span>${text.model}</span>
      <select data-testid="family" @change=${(event: Event) => store.actions.chooseFamily(chosen(event))}>
        ${catalogue.families.map((family) => html`<option value=${family.id} ?selected=${family.id === model.family}>${family.label[lang]}</option>`)}
      </select>
    </label>`;
}
