/** What to learn: data sets as small pictures, and three ways to bring one's own. */
import { html, nothing } from "lit";
import { chooseData, openMixture } from "../lab/actions.ts";
import type { Store } from "../lab/store.ts";
import { MIXTURE } from "../state/mixture.ts";
import { ownBox, ownSummary } from "./own-data.ts";
import "./thumbnail.ts";

const PEN = "M4 20l1-4L16.5 4.5a1.8 1.8 0 0 1 2.6 0l.4.4a1.8 1.8 0 0 1 0 2.6L8 19z";
const DIGIT = "M5 3h14v4h-4.500v4h-4.500v4h-3v6h4v-5h3v-4h4v-5h5v-6h-18z";
const TABLE = "M4 4h16v16H4zm2 4v3h3V8zm5 0v3h7V8zm-5 5v5h3v-5zm5 0v5h7v-5z";
const BLOBS =
  "M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zm9 5a2.6 2.6 0 1 0 0 5.2A2.6 2.6 0 0 0 17 9zm-6.500 6a3 2.400 0 1 0 0 4.800 3 2.400 0 0 0 0-4.800z";

export function dataChooser(store: Store, dark: boolean) {
  const { catalogue, config, lang, text } = store;
  if (!catalogue || !config) return nothing;
  const card = (id: string, dim: number, label: string, help: string) => html`
    <button class="thumb ${dim === 1 ? "line" : ""}" data-testid="data-${id}" aria-pressed=${config.data === id} aria-label=${label} title="${label}${text.stop} ${help}" @click=${() => chooseData(store, id)}>
      <dgm-thumbnail .picture=${id === "custom" ? store.data : store.previews.get(id)} .dark=${dark}></dgm-thumbnail>
    </button>`;
  const own = config.data === "custom" ? store.dim : 0;
  const cards = (dim: number) => [
    ...catalogue.data
      .filter((data) => data.dim === dim && data.id !== MIXTURE && !data.file)
      .map((data) => card(data.id, dim, data.label[lang], data.help[lang])),
    own === dim ? card("custom", dim, text.custom_data, "") : nothing,
  ];
  const maker = (id: string, pressed: boolean, label: string, hint: string, icon: string, click: () => void) => html`
    <button class="thumb draw" data-testid=${id} aria-pressed=${pressed} title=${hint} @click=${click}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${icon} /></svg><span>${label}</span>
    </button>`;
  /** What is a file is fetched when it is chosen, and has no small picture before. */
  const files = (kind: string, icon: string, suits: (dim: number) => boolean) => {
    const found = catalogue.data.filter((data) => data.file && suits(data.dim));
    if (found.length === 0) return nothing;
    const named = found.map(({ id, label, help }) =>
      maker(`data-${id}`, config.data === id, label[lang], `${label[lang]}${text.stop} ${help[lang]}`, icon, () =>
        chooseData(store, id),
      ),
    );
    return html`<h3>${kind}</h3><div class="thumbs">${named}</div>`;
  };
  const chosen = catalogue.data.find((data) => data.id === config.data);
  return html`
    <p class="chosen"><b>${chosen?.label[lang] ?? store.dataName}</b> <small>${chosen?.help[lang] ?? ""}</small></p>
    ${config.data === "custom" ? ownSummary(store) : nothing}
    <h3>${text.plane}</h3>
    <div class="thumbs">${cards(2)}
      ${maker("draw", store.drawing, text.draw, text.draw_hint, PEN, () => store.draw(!store.drawing))}
      ${maker("data-mixture", config.data === MIXTURE, text.mixture.title, text.mixture.hint, BLOBS, () => openMixture(store))}
    </div>
    <h3>${text.line}</h3>
    <div class="thumbs">${cards(1)}</div>
    ${files(text.measurements, TABLE, (dim) => dim <= 2)}
    ${files(text.pictures, DIGIT, (dim) => dim > 2)}
    ${ownBox(store)}`;
}
