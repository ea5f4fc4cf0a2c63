/**
 * What a field's values mean as shades from 0 to 1. A density is shown as itself, so that only the likely places are
 * dark; an energy is its logarithm turned round, so that the whole landscape is seen and valleys take the shade of peaks.
 */
import type { Frame } from "../engine/types.ts";

export type Look = "density" | "energy" | "discriminator";

/** Energies this far above the lowest, in nats, look equally high. */
export const ENERGY_SPAN = 12;
/** Logits this far from zero look certain. */
const LOGIT_SPAN = 3;

type Field = NonNullable<Frame["field"]>;

/** The middle of the values: a peak of one cell must not dim the rest, and must not make the picture flicker. */
function top(values: Float32Array): number {
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.floor(0.995 * (sorted.length - 1))] ?? 0;
}

export interface Shades {
  side: number;
  values: Float32Array;
  /** The value that is darkest, in the field's own unit: a density, or an energy difference. */
  peak: number;
}

export function shades(field: Field, look: Look): Shades {
  const { side, values } = field;
  const out = new Float32Array(values.length);
  if (look === "discriminator") {
    for (let i = 0; i < out.length; i++) out[i] = clamp(0.5 + values[i]! / (2 * LOGIT_SPAN));
    return { side, values: out, peak: 1 };
  }
  const sign = field.kind === "energy" ? -1 : 1;
  const logs = sign === 1 ? values : values.map((value) => -value);
  const high = top(logs);
  for (let i = 0; i < out.length; i++) {
    const below = logs[i]! - high;
    // The square root keeps the feet of the hills in sight.
    out[i] = look === "energy" ? clamp(1 + below / ENERGY_SPAN) : clamp(Math.exp(below / 2));
  }
  return { side, values: out, peak: look === "energy" ? ENERGY_SPAN : Math.exp(high) };
}

function clamp(value: number): number {
  return value >= 0 ? Math.min(1, value) : 0;
}
