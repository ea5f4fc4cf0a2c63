/** A number on a slider of the browser's own, which stands on the values of a grid. */
import { html } from "lit";
import { byKey } from "../controls/slider-keys.ts";
import { number } from "../i18n/index.ts";

export function knob(
  id: string,
  name: string,
  grid: readonly number[],
  value: number,
  set: (value: number) => void,
  said: (value: number) => string = number,
) {
  const distance = (i: number) => Math.abs(grid[i]! - value);
  const place = grid.reduce((best, _, i) => (distance(i) < distance(best) ? i : best), 0);
  const input = (event: Event) => set(grid[Number((event.target as HTMLInputElement).value)]!);
  return html`
    <label class="knob">
      <span>${name}</span><output aria-live="off">${said(value)}</output>
      <input type="range" data-testid=${id} min="0" max=${grid.length - 1} step="1" .value=${String(place)}
        aria-valuetext=${said(value)} @keydown=${byKey} @input=${input} />
    </label>`;
}
