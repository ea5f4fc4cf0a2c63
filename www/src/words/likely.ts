/** Bars of what may come next: p of each character, all on one scale from 0 to 1, each with its number. */
import { html, svg, type TemplateResult } from "lit";
import type { Cursor } from "./contract.ts";
import type { Said } from "./text.ts";

const WIDTH = 200;
const HEIGHT = 16;

export function likely({ next }: Cursor, actual: string | undefined, said: Said): TemplateResult {
  const named = (character: string) => (character === "\ufffd" ? said.any_other : (said.names[character] ?? character));
  return html`<table class="likely">
    <tbody>
      ${next.map(
        ({ character, probability }) => html`<tr class=${character === actual ? "actual" : ""}>
          <th scope="row" lang="">${named(character)}</th>
          <td>
            <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
              ${svg`<rect x="0" y="3" width=${Math.max(1, probability * WIDTH)} height=${HEIGHT - 6} rx="2"></rect>`}
            </svg>
          </td>
          <td class="number">${(100 * probability).toFixed(1)} %</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
