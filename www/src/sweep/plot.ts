/** A score against a setting: a dot for the median over the seeds on a line from the least to the most, a colour a model, a field a data set. */
import { html, nothing, svg } from "lit";
import { number } from "../i18n/index.ts";
import { leave, point } from "./point.ts";
import type { Group } from "./table.ts";

const WIDTH = 320;
const HEIGHT = 190;
/** Names of places that fit beside each other. */
const MOST_NAMES = 10;
const EDGE = { left: 46, right: 10, top: 10, bottom: 26 };

/** `along` is the setting whose values lie along the axis; without one it is the models. `say` is what a mark says to who points at it. */
export function plot(
  groups: readonly Group[],
  along: string | undefined,
  colours: readonly string[],
  label: string,
  say: (group: Group) => string,
) {
  const known = groups.filter(({ count }) => count > 0);
  if (known.length === 0) return html``;
  const sets = [...new Set(known.map(({ data }) => data))];
  const models = [...new Set(known.map(({ model }) => model))];
  const places = along ? [...new Set(known.flatMap(({ settings }) => settings[along] ?? []))] : models;
  const [low, high] = [Math.min(...known.map((group) => group.low)), Math.max(...known.map((group) => group.high))];
  const room = 0.06 * (high - low) || Math.abs(high) * 0.1 || 1;
  const y = (value: number) => {
    const share = (value - low + room) / (high - low + 2 * room);
    return HEIGHT - EDGE.bottom - share * (HEIGHT - EDGE.bottom - EDGE.top);
  };
  const slot = (WIDTH - EDGE.left - EDGE.right) / places.length;
  const x = (place: number, model: number) => {
    const spread = along ? (model - (models.length - 1) / 2) * Math.min(9, slot / (models.length + 1)) : 0;
    return EDGE.left + (place + 0.5) * slot + spread;
  };
  const size = Math.min(4, slot / 2);
  const mark = (group: Group) => {
    const model = models.indexOf(group.model);
    const at = x(places.indexOf(along ? group.settings[along]! : group.model), model);
    const colour = colours[model % colours.length]!;
    return svg`<g data-said=${say(group)}><line x1=${at} x2=${at} y1=${y(group.low)} y2=${y(group.high)} stroke=${colour} stroke-width="2" /><circle cx=${at} cy=${y(group.median)} r=${size} fill=${colour} /></g>`;
  };
  const every = Math.ceil(places.length / MOST_NAMES);
  const ticks = [low, (low + high) / 2, high];
  // As many digits as tell them apart.
  const digits = Math.min(
    7,
    2 + Math.max(0, Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / (high - low || 1)))),
  );
  return html`
    <div class="plots">
      ${sets.map(
        (set) => html`
        <figure>
          <figcaption>${set}</figcaption>
          <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}, ${set}" @pointermove=${point} @pointerdown=${point} @pointerleave=${leave}>
            ${ticks.map((value) => svg`<line class="rule" x1=${EDGE.left} x2=${WIDTH - EDGE.right} y1=${y(value)} y2=${y(value)} /><text x=${EDGE.left - 5} y=${y(value) + 4} text-anchor="end">${number(value, digits)}</text>`)}
            ${places.map((place, i) => (i % every > 0 ? nothing : svg`<text x=${EDGE.left + (i + 0.5) * slot} y=${HEIGHT - 8} text-anchor="middle">${place}</text>`))}
            ${known.filter(({ data, settings }) => data === set && (!along || settings[along] !== undefined)).map(mark)}
          </svg>
          <output class="readout" data-testid="experiment-readout"></output>
        </figure>`,
      )}
    </div>
    <p class="keys">${models.map((model, i) => html`<span><svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4" fill=${colours[i % colours.length]!} /></svg>${model}</span>`)}</p>`;
}
