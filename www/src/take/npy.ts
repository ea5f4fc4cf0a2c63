/** Rows of numbers as a NumPy file, version 1.0: a magic word, the length of the header, the header as a Python literal, and the numbers. */
import type { Numbers } from "../engine/types.ts";

const MAGIC = [0x93, ..."NUMPY"].map((each) => (typeof each === "number" ? each : each.charCodeAt(0)));
/** The header's end, and what the numbers are aligned to. */
const HEADER = 10;
const ALIGNED = 64;

export function writeNpy(values: Numbers, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const size = values.BYTES_PER_ELEMENT;
  const said = `{'descr': '<f${size}', 'fortran_order': False, 'shape': (${shape.map((length) => `${length}, `).join("")}), }`;
  const start = Math.ceil((HEADER + said.length + 1) / ALIGNED) * ALIGNED;
  const bytes = new Uint8Array(start + size * values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([...MAGIC, 1, 0]);
  view.setUint16(8, start - HEADER, true);
  bytes.set(new TextEncoder().encode(`${said.padEnd(start - HEADER - 1)}\n`), HEADER);
  for (const [i, value] of values.entries()) {
    if (size === 4) view.setFloat32(start + 4 * i, value, true);
    else view.setFloat64(start + 8 * i, value, true);
  }
  return bytes;
}
