/** How keys move a slider, and when its value counts as chosen. */

/** Places that a Page key goes. */
const PAGE = 10;
/** Keys have rested after this long. */
const REST_MS = 350;

/** Sliders that were last moved by a key. */
const keyed = new WeakSet<HTMLInputElement>();
const resting = new WeakMap<HTMLInputElement, number>();

export function byPointer(event: PointerEvent): void {
  keyed.delete(event.currentTarget as HTMLInputElement);
}

/** Page keys go ten places, whatever the browser's own habit. */
export function byKey(event: KeyboardEvent): void {
  const input = event.currentTarget as HTMLInputElement;
  keyed.add(input);
  const way = { PageUp: PAGE, PageDown: -PAGE }[event.key];
  if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const before = input.value;
  input.value = String(Number(before) + way);
  if (input.value === before) return;
  for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
}

/** Calls `choose` once: at once where that costs nothing or a pointer let go, else when the keys have rested. */
export function rested(input: HTMLInputElement, costly: boolean, choose: () => void): void {
  clearTimeout(resting.get(input));
  if (costly && keyed.has(input)) resting.set(input, window.setTimeout(choose, REST_MS));
  else choose();
}
