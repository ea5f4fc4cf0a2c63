/** Runs and rows as lines of JSON, for whoever drives the command. */
import type { Catalogue } from "../src/engine/types.ts";
import { readHash } from "../src/state/hash.ts";
import { type Planned, readSweep, runsOf } from "../src/state/sweep.ts";
import type { Row } from "../src/sweep/run.ts";

/** A run as `dgm sweep --plan` writes it, as settings in JSON, or as the hash of an address. Refused with what is wrong in it. */
export function runFrom(line: string, catalogue: Catalogue): Planned {
  const said = line.trim().startsWith("{") ? JSON.parse(line) : readHash(line.trim());
  const { key: _, params: __, model, data, seed, steps, settings, ...rest } = said;
  const asked = { models: model, data, seeds: seed, steps, settings: { ...settings, ...rest } };
  const known = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const sweep = readSweep(catalogue, known, { runs: 1, settings: Number.POSITIVE_INFINITY });
  return runsOf(catalogue, sweep).next().value!;
}

/** A row as `dgm run -` writes it; nothing where it is none. */
export function rowFrom(line: string): Row | undefined {
  try {
    const row = JSON.parse(line) as Row;
    if (![row.model, row.data].every((id) => typeof id === "string") || !Array.isArray(row.metrics)) return undefined;
    const metrics = row.metrics.map(({ id, value, stderr, floor }) => ({
      id,
      value: Number(value),
      stderr: Number(stderr),
      floor: Number(floor),
    }));
    return { ...row, settings: row.settings ?? {}, metrics };
  } catch {
    return undefined;
  }
}
