/**
 * A passage whose characters are coloured.
 *
 * By surprise: −log₂ p of each, in equal steps from nothing to what a guess among all characters would cost. By attention: the share of the look that went to each
 * character when the one at the cursor was to be foretold, the heads' mean, the largest of them darkest.
 */
import { html, type TemplateResult } from "lit";

/** Shades there are, the last the darkest. */
export const SHADES = 8;

/** Of a model that chooses among `kinds` characters. */
export const shadeOfBits = (bits: number, kinds: number): number =>
  Math.min(SHADES - 1, Math.floor((SHADES * bits) / Math.log2(kinds)));

/** Shades of the characters before the cursor by the heads' mean share; the rest has none. */
export function shadesOfLook(attention: number[][], cursor: number, length: number): number[] {
  const shades = new Array<number>(length).fill(0);
  const places = attention[0]?.length ?? 0;
  const means = Array.from({ length: places }, (_, i) => attention.reduce((sum, head) => sum + head[i]!, 0));
  const most = Math.max(...means);
  means.forEach((mean, i) => {
    const at = cursor - places + i;
    // Roots tell small shares apart, which most of them are.
    if (at >= 0) shades[at] = Math.round(Math.sqrt(mean / most) * (SHADES - 1));
  });
  return shades;
}

/** A line's end is shown, since it is a character like any other. */
const visible = (character: string) => (character === "\n" ? "↵\n" : character);

export function passage(characters: string[], shades: number[], cursor: number, label: string): TemplateResult {
  const spans = characters.map(
    (character, i) =>
      html`<span class="s${shades[i] ?? 0} ${i === cursor ? "here" : ""}" data-at=${i}>${visible(character)}</span>`,
  );
  // White space is kept as it stands, so there may be none around the characters.
  return html`<p class="passage" role="group" tabindex="0" aria-label=${label}>${spans}</p>`;
}
