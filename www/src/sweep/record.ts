/**
 * Runs as a file that grows by a line a run: a line that says of what, a line of names, and the runs, as CSV. A run's scores are the same
 * on every machine, and nothing else is in it: the same experiment gives the same file, in whatever order its runs end.
 */
import { SIGN } from "../state/sign.ts";
import { csvLine } from "../take/csv.ts";
import type { Row } from "./run.ts";
import { FIRST } from "./table.ts";

export interface Head {
  format: 1;
  /** What wrote it, and the engine that the numbers are of. */
  program: string;
  engine: string;
  /** Of the experiment: the same for the same runs. */
  id: string;
  /** The experiment as it was asked for. */
  sweep: Record<string, unknown>;
}

/** What tells a run from another. */
export type Named = Pick<Row, "model" | "data" | "seed" | "steps" | "settings">;

export const headLine = (head: Head): string => `${SIGN}${JSON.stringify(head)}`;

/** Nothing where it is no such line, or one of another format. */
export function readHead(line: string): Head | undefined {
  if (!line.startsWith(SIGN)) return undefined;
  try {
    const head = JSON.parse(line.slice(SIGN.length)) as Head;
    return head.format === 1 ? head : undefined;
  } catch {
    return undefined;
  }
}

const NAMES = ["model", "data", "seed", "steps"] as const;
const BESIDE = ["", "_stderr", "_floor"] as const;
const LAST = "error";

/** In an order that does not depend on which run ended first: what compares most, then by the letter. */
export function inOrder(scores: Iterable<string>): string[] {
  const place = (id: string) => (FIRST.indexOf(id) + 1 || FIRST.length + 1).toString() + id;
  return [...new Set(scores)].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

export class Columns {
  readonly settings: readonly string[];
  readonly scores: readonly string[];

  constructor(settings: readonly string[], scores: Iterable<string>) {
    this.settings = settings;
    this.scores = inOrder(scores);
  }

  /** Those of a file; nothing where they are of something else. */
  static read(fields: readonly string[], settings: readonly string[]): Columns | undefined {
    const found = fields.filter((field) => fields.includes(`${field}_stderr`) && fields.includes(`${field}_floor`));
    const columns = new Columns(settings, found);
    return columns.fields.join() === fields.join() ? columns : undefined;
  }

  get fields(): string[] {
    return [...NAMES, ...this.settings, ...this.scores.flatMap((id) => BESIDE.map((end) => id + end)), LAST];
  }

  /** The same with the scores of another row. */
  with(row: Row): Columns {
    const fresh = row.metrics.map(({ id }) => id).filter((id) => !this.scores.includes(id));
    return fresh.length === 0 ? this : new Columns(this.settings, [...this.scores, ...fresh]);
  }

  line(row: Row): string {
    const scores = this.scores.flatMap((id) => {
      const metric = row.metrics.find((candidate) => candidate.id === id);
      return [metric?.value, metric?.stderr, metric?.floor];
    });
    const settings = this.settings.map((id) => row.settings[id]);
    return csvLine([...NAMES.map((name) => row[name]), ...settings, ...scores, row.error]);
  }

  /** What [`line`] wrote. */
  row(cells: readonly string[]): Row {
    const at = (index: number) => cells[NAMES.length + index] ?? "";
    const metrics = this.scores.flatMap((id, k) => {
      const [value, stderr, floor] = BESIDE.map((_, j) => number(at(this.settings.length + 3 * k + j)));
      const known = ![value, stderr, floor].every(Number.isNaN);
      return known ? [{ id, value: value!, stderr: stderr!, floor: floor! }] : [];
    });
    const named = this.named(cells);
    const { model, data, seed, steps, settings } = named;
    const key = JSON.stringify([model, data, seed, steps, Object.entries(settings).sort()]);
    const error = cells.at(-1);
    return { key, ...named, metrics, seconds: 0, ...(error && { error }) };
  }

  /** Which run it is of. Whether a setting is a number is seen by how it looks. */
  named(cells: readonly string[]): Named {
    const [model, data, seed, steps] = cells as [string, string, string, string];
    const given = this.settings.flatMap((id, k) => {
      const text = cells[NAMES.length + k] ?? "";
      return text === "" ? [] : [[id, numeral(text)] as const];
    });
    return { model, data, seed: Number(seed), steps: Number(steps), settings: Object.fromEntries(given) };
  }
}

const number = (text: string) => (text === "" ? Number.NaN : Number(text));
const numeral = (text: string) => (Number.isNaN(Number(text)) ? text : Number(text));
