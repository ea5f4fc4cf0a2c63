/** What a mark of a plot says, for a pointer or a finger near it: read from the mark itself, so that nothing is drawn anew while it moves. */

/** A mark further away than this, in pixels, is not meant. */
const NEAR = 24;

export function point({ currentTarget, clientX, clientY }: PointerEvent): void {
  const svg = currentTarget as SVGSVGElement;
  let least = NEAR;
  let found: Element | undefined;
  for (const mark of svg.querySelectorAll("[data-said]")) {
    const { left, right, top, bottom } = mark.getBoundingClientRect();
    const [x, y] = [Math.max(left - clientX, 0, clientX - right), Math.max(top - clientY, 0, clientY - bottom)];
    const apart = Math.hypot(x, y);
    if (apart >= least) continue;
    [least, found] = [apart, mark];
  }
  tell(svg, found);
}

export function leave({ currentTarget }: Event): void {
  tell(currentTarget as SVGSVGElement, undefined);
}

function tell(svg: SVGSVGElement, mark: Element | undefined): void {
  for (const other of svg.querySelectorAll(".pointed")) if (other !== mark) other.classList.remove("pointed");
  mark?.classList.add("pointed");
  const said = mark?.getAttribute("data-said") ?? "";
  const readout = svg.parentElement?.querySelector("output");
  if (readout && readout.textContent !== said) readout.textContent = said;
}
