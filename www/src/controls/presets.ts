/** "What goes wrong": named failures to look at, each with the reason and one click away. */
import { html, nothing } from "lit";
import { choosePreset } from "../lab/actions.ts";
import type { Store } from "../lab/store.ts";

export function presetChooser(store: Store) {
  const { catalogue, preset, lang, text } = store;
  const presets = catalogue?.presets ?? [];
  if (presets.length === 0) return nothing;
  const choose = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    if (value) choosePreset(store, value);
  };
  return html`
    <select class="wrong" data-testid="preset" aria-label=${text.presets} title=${text.preset_help} @change=${choose}>
      <option value="" ?selected=${!preset}>${text.presets}</option>
      ${presets.map((each) => html`<option value=${each.id} ?selected=${each.id === preset?.id}>${each.label[lang]}</option>`)}
    </select>
    ${preset ? html`<p class="quiet" data-testid="preset-sentence">${preset.sentence[lang]}</p>` : nothing}`;
}
