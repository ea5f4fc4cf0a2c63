/** The reader's own columns as a key of the address, and back: the same numbers to the bit. */
import type { OwnColumns } from "../engine/types.ts";
import { pack, unpack } from "./packed.ts";

/** Longest address with own data in it: some programs that pass addresses on cut longer ones. */
export const LONGEST = 8000;

type Treated = OwnColumns & Required<Pick<OwnColumns, "scale" | "spread" | "smooth">>;

const CHOICES = { scale: ["auto", "one", "each"], spread: ["auto", "none"], smooth: ["auto", "none"] } as const;

export function writeOwn({ columns, scale, spread, smooth, classes }: Treated): Promise<string> {
  const said = columns.map(({ name, values }) => {
    const single = values.every((value) => Math.fround(value) === value);
    // What was drawn has 32 bits: fewer digits tell such a number.
    return [name, single ? 1 : 0, Array.from(values, (value) => (single ? shortest(value) : value))];
  });
  if (!classes) return pack(JSON.stringify([1, scale, spread, smooth, ...said]));
  // No more classes than digits.
  return pack(JSON.stringify([2, scale, spread, smooth, [classes.names, classes.labels.join("")], ...said]));
}

/** Nothing where it is not what [`writeOwn`] writes. Whether it can be learned is for the core to say. */
export async function readOwn(packed: string): Promise<Treated | undefined> {
  if (packed.length > LONGEST) return undefined;
  const said = parsed((await unpack(packed)) ?? "");
  if (!Array.isArray(said)) return undefined;
  const [format, scale, spread, smooth, ...rest] = said;
  const classes = format === 2 ? classesOf(rest.shift()) : undefined;
  const columns = rest;
  const known = (key: keyof typeof CHOICES, value: unknown) => (CHOICES[key] as readonly unknown[]).includes(value);
  if ((format !== 1 && !classes) || !known("scale", scale) || !known("spread", spread) || !known("smooth", smooth))
    return undefined;
  const read = columns.map(columnOf);
  const [first] = read;
  if (!first || read.length > 2) return undefined;
  if (!read.every((column) => column && column.values.length === first.values.length)) return undefined;
  return { columns: read as OwnColumns["columns"], scale, spread, smooth, ...(classes && { classes }) };
}

function classesOf(said: unknown): OwnColumns["classes"] {
  if (!Array.isArray(said)) return undefined;
  const [names, labels] = said;
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string")) return undefined;
  if (typeof labels !== "string" || !/^\d*$/.test(labels)) return undefined;
  return { names: names.map((name) => name.slice(0, 200)), labels: Uint8Array.from(labels, Number) };
}

function columnOf(said: unknown): OwnColumns["columns"][number] | undefined {
  if (!Array.isArray(said)) return undefined;
  const [name, single, values] = said;
  if (typeof name !== "string" || !Array.isArray(values)) return undefined;
  if (!values.every((value) => typeof value === "number")) return undefined;
  return { name: name.slice(0, 200), values: Float64Array.from(values, single ? Math.fround : (value) => value) };
}

function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
