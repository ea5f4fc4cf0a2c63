/** Hears the keys of the page. Fetched after the first seconds, or with the first key. */

import { keysOff } from "./off.ts";
import { KEYS, type KeyedLab } from "./table.ts";

/** What is written into or chosen from keeps all of its keys. */
const WRITTEN =
  "textarea, select, [contenteditable], input:not([type=range], [type=checkbox], [type=radio], [type=file])";
/** What has the focus comes first: Space presses it, and so it does a handle of a picture. */
const PRESSED = "input, button, summary, a, [role], [tabindex]";
/** Pages over the page, which have keys of their own. */
const OVER = "dgm-take, dgm-experiment, dgm-keys";

/** Does what the table says of a key that nobody has taken; `path` is where it went. */
export function pressed(
  event: KeyboardEvent,
  path: readonly EventTarget[],
  lab: KeyedLab & { busyByHand: boolean },
): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (lab.busyByHand || document.querySelector(OVER) || lab.renderRoot.querySelector(OVER)) return;
  const shift = event.shiftKey && event.key.startsWith("Arrow") ? "Shift+" : "";
  const name = event.key.length === 1 ? event.key.toLowerCase() : shift + event.key;
  const key = KEYS.find(({ keys }) => keys.includes(name));
  if (!key) return;
  const [target] = path;
  if (target instanceof Element && target.closest(WRITTEN)) return;
  // A slider's arrows are its own, however they are held, and the page's where they do nothing.
  if (name.startsWith("Arrow") && !key.here(lab)) return;
  if (event.key.startsWith("Arrow") && target instanceof Element && target.closest("input")) return;
  if (name === " ") {
    if (event.shiftKey || (target instanceof Element && target.closest(PRESSED))) return;
  } else if (keysOff()) return;
  event.preventDefault();
  // Held down it is one press.
  if (!event.repeat && key.here(lab)) key.act(lab, name);
}
