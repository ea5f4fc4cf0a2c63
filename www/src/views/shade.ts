/**
 * What a field's values mean as shades from 0 to 1. A density is shown as itself, so that only the likely places are
 * dark; an energy is its logarithm turned round, so that the whole landscape is seen and valleys take the shade of peaks.
 */
import type { Frame } from "../engine/types.ts";

export type Look = "density" | "energy" | "discriminator";

/** Energies this far above the lowest, in nats, look equally high; a flatter landscape uses the whole scale too. */
const ENERGY_SPAN = { least: 3, most: 12 };
/** Logits this far from zero look certain. */
const LOGIT_SPAN = 2;

type Field = NonNullable<Frame["field"]>;

/** Nearly the extremes: a peak of one cell must not dim the rest, and must not make the picture flicker. */
function range(values: Float32Array): [number, number] {
  const sorted = Float32Array.from(values).sort();
  const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))] ?? 0;
  return [at(0.02), at(0.995)];
}

export interface Shades {
  side: number;
  values: Float32Array;
}

/** The level that is shown darkest: the field's own, in nats. */
export function peakOf({ kind, values }: Field): number {
  return range(kind === "energy" ? values.map((value) => -value) : values)[1];
}

/** Where `peak` is given it is the darkest level in place of the field's own, so that several fields are on one scale. */
export function shades(field: Field, look: Look, peak?: number): Shades {
  const { side, values } = field;
  const out = new Float32Array(values.length);
  if (look === "discriminator") {
    for (let i = 0; i < out.length; i++) out[i] = clamp(0.5 + values[i]! / (2 * LOGIT_SPAN));
    return { side, values: out };
  }
  const sign = field.kind === "energy" ? -1 : 1;
  const logs = sign === 1 ? values : values.map((value) => -value);
  const [low, own] = range(logs);
  const high = peak ?? own;
  const span = Math.min(ENERGY_SPAN.most, Math.max(ENERGY_SPAN.least, high - low));
  for (let i = 0; i < out.length; i++) {
    const below = logs[i]! - high;
    // The square root of a density keeps the feet of its hills in sight.
    out[i] = look === "energy" ? clamp(1 + below / span) : clamp(Math.exp(below / 2));
  }
  return { side, values: out };
}

function clamp(value: number): number {
  return value >= 0 ? Math.min(1, value) : 0;
}
