/** How wide a picture is on paper, in CSS pixels, as its surroundings have it; nothing where they do not say. */
export function onPaper(element: Element): number | undefined {
  return Number.parseFloat(getComputedStyle(element).getPropertyValue("--on-paper")) || undefined;
}

/** How much larger than usual strokes and type are to be, as the surroundings of a picture say. */
export function magnified(element: Element): number {
  return Number.parseFloat(getComputedStyle(element).getPropertyValue("--magnify")) || 1;
}
