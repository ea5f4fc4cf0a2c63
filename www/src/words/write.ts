/** A beginning, how boldly it goes on, and what was written. */
import { html, type TemplateResult } from "lit";
import type { WordsLab } from "./lab.ts";
import type { Said } from "./text.ts";

/** Most that one press writes. */
const MOST_WRITTEN = 1200;

export interface Boldness {
  temperature: number;
  top_k: number;
  top_p: number;
}

const SLIDERS = [
  ["temperature", 0, 1.5, 0.1],
  ["top_k", 0, 50, 1],
  ["top_p", 0.05, 1, 0.05],
] as const satisfies [keyof Boldness, number, number, number][];

export function writeCard(lab: WordsLab, text: Said, bold: Boldness, changed: () => void): TemplateResult {
  const go = () => void lab.write({ ...bold, seed: Math.floor(Math.random() * 2 ** 31) }, MOST_WRITTEN);
  const stop = () => {
    lab.writing = false;
  };
  const begin = (event: Event) => {
    lab.prompt = (event.target as HTMLTextAreaElement).value;
    changed();
  };
  const shown = {
    temperature: bold.temperature.toFixed(1),
    top_k: bold.top_k === 0 ? text.all : String(bold.top_k),
    top_p: bold.top_p.toFixed(2),
  };
  const slider = ([id, min, max, step]: (typeof SLIDERS)[number]) => {
    const set = (event: Event) => {
      bold[id] = Number((event.target as HTMLInputElement).value);
      changed();
    };
    return html`<label>${text[id]}
      <input type="range" min=${min} max=${max} step=${step} .value=${String(bold[id])} @input=${set} /> ${shown[id]}
    </label>`;
  };
  // White space is kept as it stands, so there may be none around what is written.
  return html`<section class="card">
    <h2>${text.write}</h2>
    <p class="quiet">${text.write_help}</p>
    <textarea dir="auto" aria-label=${text.prompt} placeholder=${text.prompt} rows="2" .value=${lab.prompt} @input=${begin}></textarea>
    <div class="bar">
      <button class="main" @click=${lab.writing ? stop : go}>${lab.writing ? text.stop : text.go}</button>
      ${SLIDERS.map(slider)}
    </div>
    <p class="passage written" dir="auto" aria-live="off">${lab.prompt}<b>${lab.written}</b></p>
  </section>`;
}
