/** The latent plane of a probe: what latents are drawn from, the way of the point to its own, and its code with the width it has. */
import type { Path, Probe } from "../engine/types.ts";
import { CanvasStack } from "../views/canvas.ts";
import { curve } from "../views/curves.ts";
import type { Pen } from "../views/pen.ts";
import { boxAround, linear, planeScale, type Scale } from "../views/scale.ts";
import { drawPin, drawStops, drawWay } from "./marks.ts";
import type { Seen } from "./shared.ts";
import { lineOf } from "./values.ts";
import { latentOf, stateOf } from "./ways.ts";

/** Half the side that is always in the picture, in deviations of the latents. */
const HALF = 3;
const ROUND = 2 * Math.PI;

export class WayPicture extends CanvasStack {
  protected readonly depth = 1;
  #seen: Seen | undefined;

  set seen(seen: Seen | undefined) {
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.invalidate();
  }

  protected override paint(_layer: number, pen: Pen): void {
    const seen = this.#seen;
    if (!seen) return;
    const { probe } = seen;
    if (probe.conditional) this.#conditional(pen, probe, seen.at);
    if (!latentOf(probe.path)) return;
    const way = plane(wayOf(probe.path, 0));
    const pins = seen.pinned ? [...Array(seen.pinned.n).keys()].map((i) => plane(wayOf(seen.pinned!, i)).at(-1)!) : [];
    // Of one coordinate a way goes up as it goes on, and a straight one has no place of its own.
    const flat = latentOf(probe.path)!.length === 1;
    const between = seen.way && !flat ? [seen.way.latents, seen.way.dataLatents].map(plane) : [];
    const scale = this.#scale([...way, ...pins, ...between.flat()]);
    this.#prior(pen, scale);
    const { colours } = this;
    drawWay(pen, between[1] ?? [], scale, colours, colours.ink, [5, 5]);
    drawWay(pen, between[0] ?? [], scale, colours, colours.samples);
    drawWay(pen, way, scale, colours, colours.samples);
    drawStops(pen, way, scale, colours.samples);
    if (way.length > 1) drawStops(pen, way.slice(0, 1), scale, colours.data);
    this.#end(pen, probe, way.at(-1)!, scale);
    for (const [i, pin] of pins.entries()) drawPin(pen, pin, i, scale, colours);
  }

  #scale(points: number[][]): Scale {
    const around = points.flatMap(([x, y]) => [x!, y!]);
    const box = boxAround(Float64Array.from([...around, -HALF, -HALF, HALF, HALF]), 0.04);
    return planeScale(box, this.width, this.height);
  }

  /** One and two deviations of what latents are drawn from. */
  #prior(pen: Pen, scale: Scale): void {
    pen.strokeStyle = this.colours.quiet;
    pen.lineWidth = 1;
    for (const radius of [1, 2]) {
      pen.beginPath();
      pen.arc(scale.x(0), scale.y(0), scale.x(radius) - scale.x(0), 0, ROUND);
      pen.stroke();
    }
  }

  /** A ring at the latent, as wide as the code is uncertain. */
  #end(pen: Pen, { path }: Probe, [x, y]: number[], scale: Scale): void {
    const { code } = path;
    const [across, up] = code ? [code.sigma[0]!, code.sigma[Math.min(1, code.dim - 1)]!] : [0, 0];
    pen.strokeStyle = this.colours.ink;
    pen.lineWidth = 2;
    pen.beginPath();
    const [rx, ry] = [scale.x(across) - scale.x(0), scale.y(0) - scale.y(up)];
    for (let k = 0; k <= 48; k++) {
      const angle = (k / 48) * ROUND;
      const [px, py] = [
        scale.x(x!) + Math.max(4, rx) * Math.cos(angle),
        scale.y(y!) + Math.max(4, ry) * Math.sin(angle),
      ];
      if (k === 0) pen.moveTo(px, py);
      else pen.lineTo(px, py);
    }
    pen.stroke();
  }

  /** The curve of a conditional, and where on it the point is. */
  #conditional(pen: Pen, probe: Probe, at: readonly number[]): void {
    const { axis, range } = probe.conditional!;
    const density = Float64Array.from(lineOf(probe)!, Math.exp);
    const [low, high] = [range[0]!, range[1]!];
    const x = linear([low, high], [6, this.width - 6]);
    const y = linear([0, Math.max(...density) || 1], [this.height - 8, 8]);
    pen.fillStyle = this.colours.hair;
    pen.fillRect(6, y(0), this.width - 12, 1);
    curve(pen, density, x, y, low, high, this.colours.samples, 2, []);
    pen.fillStyle = this.colours.ink;
    pen.fillRect(x(at[axis]!) - 0.75, 8, 1.5, this.height - 16);
  }
}

/** Where point `i` stands on its way, in the model's units; a code has no way that can be drawn beside it. */
function wayOf(path: Path, i: number): ArrayLike<number>[] {
  if (path.code) return [latentOf(path, i)!];
  return path.stops.map((_, stop) => stateOf(path, stop, i));
}

/** The first two coordinates; of one, how far along it is goes up. */
function plane(way: readonly ArrayLike<number>[]): number[][] {
  return way.map((at, i) => [at[0]!, at.length > 1 ? at[1]! : way.length > 1 ? 2 - (4 * i) / (way.length - 1) : 0]);
}

customElements.define("dgm-probe-way", WayPicture);
