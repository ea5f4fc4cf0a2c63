/** How keys move a slider, and when its value counts as chosen. */

/** Places that a Page key goes. */
const PAGE = 10;
/** Keys have rested after this long. */
const REST_MS = 350;

/** Sliders that were last moved by a key. */
const keyed = new WeakSet<HTMLInputElement>();
const resting = new WeakMap<HTMLInputElement, AbortController>();

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

/** Calls `choose` once: at once where that costs nothing or a pointer let go, else when the keys have rested or gone elsewhere. */
export function rested(input: HTMLInputElement, costly: boolean, choose: () => void): void {
  resting.get(input)?.abort();
  if (!costly || !keyed.has(input)) {
    choose();
    return;
  }
  const waiting = new AbortController();
  resting.set(input, waiting);
  const act = () => {
    waiting.abort();
    choose();
  };
  const timer = setTimeout(act, REST_MS);
  waiting.signal.addEventListener("abort", () => clearTimeout(timer));
  input.addEventListener("blur", act, { signal: waiting.signal });
}
