/** The Gaussians that codes are drawn from, over the first two latents. */
import type { Bounds, Frame } from "../engine/types.ts";
import { boxAround, type Scale } from "./scale.ts";

type Latent = NonNullable<Frame["latent"]>;

/** One component of the prior, cut to two latents; a code of a codebook is one without width. */
interface Component {
  weight: number;
  mean: readonly [number, number];
  deviation: readonly [number, number];
}

/** Standard deviations of every component that must fit in the picture. */
const REACH = 2;
/** The picture's edges move by this much at a time, so that it does not breathe with every code that moves. */
const STEP = 0.5;
/** Components of less weight than this, compared with the heaviest, are neither drawn nor made room for. */
const NEGLIGIBLE = 0.02;

/** The components that count, heaviest weight 1. */
function components({ dim, prior }: Latent): Component[] {
  const stride = 1 + 2 * dim;
  const second = Math.min(1, dim - 1);
  const all: Component[] = [];
  for (let at = 0; at + stride <= prior.length; at += stride) {
    const mean = at + 1;
    const deviation = mean + dim;
    all.push({
      weight: prior[at]!,
      mean: [prior[mean]!, prior[mean + second]!],
      deviation: [prior[deviation]!, prior[deviation + second]!],
    });
  }
  const heaviest = Math.max(...all.map(({ weight }) => weight));
  return all.map((one) => ({ ...one, weight: one.weight / heaviest })).filter(({ weight }) => weight > NEGLIGIBLE);
}

/** A square that holds the codes and what they are drawn from. */
export function priorBox(latent: Latent): Bounds {
  const corners = components(latent).flatMap(({ mean, deviation }) =>
    [-REACH, REACH].flatMap((reach) => [mean[0] + reach * deviation[0], mean[1] + reach * deviation[1]]),
  );
  const second = Math.min(1, latent.dim - 1);
  for (let at = 0; at < latent.points.length; at += latent.dim) {
    corners.push(latent.points[at]!, latent.points[at + second]!);
  }
  const { x, y } = boxAround(Float32Array.from(corners), 0.02);
  const rounded = ([low, high]: [number, number]): [number, number] => [
    STEP * Math.floor(low / STEP),
    STEP * Math.ceil(high / STEP),
  ];
  return { x: rounded(x), y: rounded(y) };
}

/** One and two standard deviations of a single Gaussian, one of each of several, a ring around a code without width; faint where little is drawn. */
export function drawPrior(context: CanvasRenderingContext2D, latent: Latent, scale: Scale, ink: string): void {
  const shown = components(latent);
  context.strokeStyle = ink;
  context.lineWidth = 1;
  for (const { weight, mean, deviation } of shown) {
    context.globalAlpha = 0.8 * Math.sqrt(weight);
    for (const radius of shown.length === 1 ? [1, 2] : [1]) {
      const across = scale.x(mean[0] + radius * deviation[0]) - scale.x(mean[0]);
      const up = scale.y(mean[1]) - scale.y(mean[1] + radius * deviation[1]);
      context.beginPath();
      if (across > 0) context.ellipse(scale.x(mean[0]), scale.y(mean[1]), across, up, 0, 0, 2 * Math.PI);
      else context.arc(scale.x(mean[0]), scale.y(mean[1]), 7, 0, 2 * Math.PI);
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}
