/**
 * The reader's mixture as a short text, as addresses, attributes and `lab.config` hold it: Gaussians joined by `*`, each
 * `weight_x_y_sigma1_sigma2_angle`. Neither sign is escaped in an address.
 */
import type { Ellipse } from "../engine/types.ts";

/** Id of the data set that is such a mixture. */
export const MIXTURE = "mixture";

const NUMBERS = 6;

export function writeMixture(parts: readonly Ellipse[]): string {
  const row = ({ weight, mean, sigma, angle }: Ellipse) => [weight, ...mean, ...sigma, angle].join("_");
  return parts.map(row).join("*");
}

/** Nothing where the text has another form; whether the values can be used is for the core to say. */
export function readMixture(text: string): Ellipse[] | undefined {
  const rows = text.split("*").map((row) => row.split("_").map((value) => (value.trim() ? Number(value) : Number.NaN)));
  if (!rows.every((row) => row.length === NUMBERS && row.every(Number.isFinite))) return undefined;
  return rows.map(([weight, x, y, sigma1, sigma2, angle]) => ({
    weight: weight!,
    mean: [x!, y!],
    sigma: [sigma1!, sigma2!],
    angle: angle!,
  }));
}
