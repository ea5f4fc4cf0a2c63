/**
 * An experiment as it is written down: models, data sets and settings over lists of values, each run with several seeds. What is wrong
 * in it is listed before anything runs.
 */
import { LabError } from "../engine/errors.ts";
import type { Catalogue, ModelSpec, ParamSpec } from "../engine/types.ts";
import { FIRST_DATA, findModel } from "./config.ts";
import { type Said, said, strictValue } from "./setting.ts";

/** More runs than a page can hold and a reader can wait for; more settings than a picture has room for. */
const PAGE: Limits = { runs: 10_000, settings: 3 };
/** What a table can be held to in memory, and more settings than any failure has. */
export const TABLE: Limits = { runs: 1_000_000, settings: 16 };
/** Values of one setting whose faults are told one by one. */
const TOLD = 3;
const MOST_STEPS = 1_000_000;

/** Every list may be one value. A setting that a model does not have leaves that model as it is. */
export interface Sweep {
  models: string[];
  data: string[];
  seeds: number[];
  settings: Record<string, Said[]>;
  steps: number;
}

export interface Limits {
  runs: number;
  settings: number;
}

export interface Planned {
  /** The same for the same run, whatever else is in the sweep. */
  key: string;
  data: string;
  model: string;
  seed: number;
  /** Those that this sweep sets. */
  settings: Record<string, Said>;
  params: Record<string, number>;
  steps: number;
}

/** Reads what a program or a file gave; refuses it with everything that is wrong in it, named. */
export function readSweep(catalogue: Catalogue, asked: Readonly<Record<string, unknown>>, most: Limits = PAGE): Sweep {
  const faults: string[] = [];
  const listOf = (key: string, value: unknown) => values(key, value, most.runs, faults);
  const texts = (key: string, known: readonly string[], usual: string[]): string[] => {
    if (asked[key] === undefined) return usual;
    const list = listOf(key, asked[key]).map(String);
    for (const id of list) if (!known.includes(id)) faults.push(`${key}: "${id}" is not known`);
    return [...new Set(list)];
  };
  const models = texts(
    "models",
    catalogue.models.map(({ id }) => id),
    [],
  );
  if (models.length === 0) faults.push("models: name at least one");
  const data = texts(
    "data",
    catalogue.data.map(({ id }) => id),
    [FIRST_DATA],
  );
  if (data.length === 0) faults.push("data: name at least one");
  const specs = models.flatMap((id) => findModel(catalogue, id) ?? []);
  for (const set of data) {
    const dim = catalogue.data.find(({ id }) => id === set)?.dim;
    for (const { id, dims } of specs)
      if (dim !== undefined && !dims.includes(dim)) faults.push(`data: ${id} does not learn ${set}`);
  }
  const before = faults.length;
  const seeds = listOf("seeds", asked.seeds ?? 1).map(Number);
  const sound = seeds.length > 0 && seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32);
  if (!sound && faults.length === before) faults.push("seeds: whole numbers from 0 to 4294967295");
  const steps = Number(asked.steps ?? 1000);
  if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS)
    faults.push(`steps: a whole number from 1 to ${MOST_STEPS}`);
  const settings = settingsOf(asked.settings ?? {}, specs, faults, most);
  for (const { id, classes } of catalogue.data) {
    const beyond = settings.condition?.find((k) => Number(k) >= Math.max(1, classes));
    if (data.includes(id) && beyond !== undefined)
      faults.push(`settings: condition: ${id} has ${classes} classes, counted from 0; there is no ${beyond}`);
  }
  for (const key of Object.keys(asked))
    if (!KEYS.includes(key)) faults.push(`"${key}" is not known; known: ${KEYS.join(", ")}`);
  const sweep = { models, data, seeds: [...new Set(seeds)], settings, steps };
  const runs = count(sweep);
  if (runs > most.runs) faults.push(`${runs} runs; at most ${most.runs}`);
  if (faults.length > 0)
    throw new LabError("bad_sweep", `The experiment cannot be run: ${faults.join("; ")}.`, {
      faults: faults.join("\n"),
    });
  return sweep;
}

const KEYS = ["models", "data", "seeds", "settings", "steps"];

function settingsOf(
  asked: unknown,
  specs: readonly ModelSpec[],
  faults: string[],
  most: Limits,
): Record<string, Said[]> {
  if (typeof asked !== "object" || asked === null || Array.isArray(asked)) {
    faults.push("settings: their names with lists of values");
    return {};
  }
  const entries = Object.entries(asked);
  if (entries.length > most.settings) faults.push(`settings: at most ${most.settings}`);
  return Object.fromEntries(
    entries.map(([id, given]) => {
      const having = specs.filter(({ params }) => params.some((spec) => spec.id === id));
      if (having.length === 0) faults.push(`settings: no model here has "${id}"`);
      const list = [...new Set(values(`settings: ${id}`, given, most.runs, faults))] as Said[];
      if (list.length === 0) faults.push(`settings: ${id} has no value`);
      for (const { id: model, params } of having) {
        const wrong = faultsOf(list, params.find((param) => param.id === id)!);
        faults.push(...wrong.slice(0, TOLD).map((fault) => `settings: ${model}: ${fault}`));
        if (wrong.length > TOLD) faults.push(`settings: ${model}: ${id}: and more values`);
      }
      return [id, list];
    }),
  );
}

/** What is wrong with values, as far as it is told. */
function faultsOf(list: readonly Said[], spec: ParamSpec): string[] {
  const wrong: string[] = [];
  for (const value of list) {
    if (wrong.length > TOLD) break;
    try {
      strictValue(value, spec);
    } catch (error) {
      wrong.push((error as Error).message);
    }
  }
  return wrong;
}

/** A list, a single value, or `{ from, to, count, log }`: that many values, evenly or by equal ratios. */
function values(key: string, value: unknown, most: number, faults: string[]): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null) return [value];
  const { from, to, count, log } = value as Record<string, unknown>;
  const [low, high, n] = [Number(from), Number(to), Number(count)];
  const bounds = [low, high].every(Number.isFinite) && (!log || (low > 0 && high > 0));
  if (!bounds) faults.push(`${key}: a range is from one number to another, both above 0 where it goes by ratios`);
  const whole = Number.isInteger(n) && n >= 1 && n <= most;
  if (!whole) faults.push(`${key}: a range has a count from 1 to ${most}, not ${count}`);
  if (!bounds || !whole) return [];
  const at = (t: number) => (log ? low * (high / low) ** t : low + (high - low) * t);
  return Array.from({ length: n }, (_, i) => Number(at(n === 1 ? 0 : i / (n - 1)).toPrecision(6)));
}

function count({ models, data, seeds, settings }: Sweep): number {
  return Object.values(settings).reduce(
    (runs, values) => runs * values.length,
    models.length * data.length * seeds.length,
  );
}

/** All runs, one after another, seeds innermost, so that a median is there early. What would be one run twice is one. */
export function* runsOf(catalogue: Catalogue, { models, data, seeds, settings, steps }: Sweep): Generator<Planned> {
  for (const model of models) {
    const own = findModel(catalogue, model)!.params.filter(({ id }) => id in settings);
    const combined = Object.keys(settings).reduce<{ settings: Record<string, Said>; params: Record<string, number> }[]>(
      (all, id) => {
        const spec = own.find((param) => param.id === id);
        if (!spec) return all;
        const numbers = [...new Set(settings[id]!.map((value) => strictValue(value, spec)))];
        return all.flatMap((given) =>
          numbers.map((value) => ({
            settings: { ...given.settings, [id]: said(spec, value) },
            params: { ...given.params, [id]: value },
          })),
        );
      },
      [{ settings: {}, params: {} }],
    );
    for (const set of data) {
      for (const given of combined) {
        for (const seed of seeds) {
          const key = JSON.stringify([model, set, seed, steps, Object.entries(given.settings).sort()]);
          yield { key, data: set, model, seed, ...given, steps };
        }
      }
    }
  }
}

export const plan = (catalogue: Catalogue, sweep: Sweep): Planned[] => [...runsOf(catalogue, sweep)];
