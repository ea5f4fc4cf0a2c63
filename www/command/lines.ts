/** Runs and rows as lines of JSON, for whoever drives the command. */
import type { Catalogue } from "../src/engine/types.ts";
import { readHash } from "../src/state/hash.ts";
import { type Planned, readSweep, runsOf } from "../src/state/sweep.ts";
import type { Row } from "../src/sweep/run.ts";

/** A run as `dgm sweep --plan` writes it, as settings in JSON, or as the hash of an address. Refused with what is wrong in it. */
export function runFrom(line: string, catalogue: Catalogue): Planned {
  // `trim` takes the mark of a byte order away as well.
  const text = line.trim();
  const said = text.startsWith("{") ? JSON.parse(text) : readHash(text);
  const { key: _, params: __, model, data, seed, steps, settings, ...rest } = said;
  const asked = { models: model, data, seeds: seed, steps, settings: { ...settings, ...rest } };
  const known = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const sweep = readSweep(catalogue, known, { runs: 1, settings: Number.POSITIVE_INFINITY });
  return runsOf(catalogue, sweep).next().value!;
}

/** A row as `dgm run -` writes it, and the engine that made it where that is said; nothing where it is none. */
export function rowFrom(line: string): { row: Row; by?: string } | undefined {
  try {
    const { engine, ...row } = JSON.parse(line) as Row & { engine?: unknown };
    if (![row.model, row.data].every((id) => typeof id === "string") || !Array.isArray(row.metrics)) return undefined;
    const metrics = row.metrics.map(({ id, value, stderr, floor }) => ({
      id: named(id),
      value: numeral(value),
      stderr: numeral(stderr),
      floor: numeral(floor),
    }));
    return {
      row: { ...row, settings: row.settings ?? {}, metrics },
      ...(typeof engine === "string" && { by: engine }),
    };
  } catch {
    return undefined;
  }
}

/** What is not finite is a text in JSON; some write null for it. */
function numeral(value: unknown): number {
  if (value === null || value === "NaN") return Number.NaN;
  const number = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
  if (Number.isNaN(number) || value === "") throw new TypeError(`no number: ${value}`);
  return number;
}

/** It becomes the name of a column. */
function named(id: unknown): string {
  if (typeof id !== "string" || !/^\w[\w-]*$/.test(id)) throw new TypeError(`no score: ${id}`);
  return id;
}
