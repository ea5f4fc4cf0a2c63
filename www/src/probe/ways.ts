/** Where points stand on their way through a model. */
import type { Path } from "../engine/types.ts";

/** Where point `i` stands at a stop, in the model's units. */
export function stateOf({ states, n, dim }: Path, stop: number, i: number): Float32Array {
  const from = (stop * n + i) * dim;
  return states.subarray(from, from + dim);
}

/** The same in the reader's. */
export function placeOf(path: Path, stop: number, i: number): number[] {
  return Array.from(stateOf(path, stop, i), (u, axis) => path.shift[axis]! + path.scale[axis]! * u);
}

/** The latents of point `i`: its code's mean, or the last stop of its way; nothing where the model has none. */
export function latentOf(path: Path, i = 0): Float32Array | undefined {
  const { code, stops } = path;
  if (code) return code.mean.subarray(i * code.dim, (i + 1) * code.dim);
  return stops.length > 0 ? stateOf(path, stops.length - 1, i) : undefined;
}
