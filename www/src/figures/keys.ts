/** How keys move what is a slider and no input: as they move a slider of the browser's own. */

interface Steps {
  min: number;
  max: number;
  step: number;
  /** What a Page key goes, or an arrow with shift. */
  page: number;
}

const SHARE: Steps = { min: 0, max: 1, step: 0.01, page: 0.1 };

/** Where the key would bring the value; nothing where it is no key of a slider. */
export function sliderKey(event: KeyboardEvent, value: number, { min, max, step, page }: Steps): number | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  const each = event.shiftKey ? page : step;
  const ways = { ArrowUp: each, ArrowRight: each, ArrowDown: -each, ArrowLeft: -each, PageUp: page, PageDown: -page };
  if (event.key === "Home") return min;
  if (event.key === "End") return max;
  const way = ways[event.key as keyof typeof ways];
  return way === undefined ? undefined : Math.min(max, Math.max(min, value + way));
}

export function shareKey(event: KeyboardEvent, value: number): number | undefined {
  return sliderKey(event, value, SHARE);
}
