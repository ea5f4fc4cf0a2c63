/** Readers of the files that leave the page, written from the formats' own descriptions and not from what writes them here. */

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

export function readSafetensors(bytes: Buffer) {
  const length = Number(bytes.readBigUInt64LE(0));
  const { __metadata__: metadata, ...entries } = JSON.parse(bytes.toString("utf8", 8, 8 + length)) as Record<string, Entry> & {
    __metadata__: Record<string, string>;
  };
  const start = 8 + length;
  const read: Record<string, { shape: number[]; values: number[] }> = {};
  let end = 0;
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(entries)) {
    const count = shape.reduce((product, each) => product * each, 1);
    if (dtype !== "F32" || data_offsets[0] !== end || data_offsets[1] !== end + 4 * count) throw new Error(`${name} has holes`);
    read[name] = { shape, values: Array.from({ length: count }, (_, i) => bytes.readFloatLE(start + end + 4 * i)) };
    end = data_offsets[1];
  }
  if (start + end !== bytes.length) throw new Error("the file is longer or shorter than its tensors");
  return { metadata: metadata as unknown as Record<string, string>, read, start };
}

/** Numbers in [0, 1) without a pattern, the same every time (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
