/** The file of a table: each run that ends is in it at once, whatever happens next, and what a crash left of a line is cleared away. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import Papa from "papaparse";
import { SIGN } from "../src/state/sign.ts";
import { Columns, type Head, headLine, type Named, readHead } from "../src/sweep/record.ts";
import type { Row } from "../src/sweep/run.ts";
import { Ending, EXIT } from "./exit.ts";
import { lock, unlock } from "./lock.ts";
import type { Words } from "./words.ts";

export interface Read {
  /** What the numbers are of. */
  engine: string;
  id: string;
  columns: Columns;
  rows: Row[];
  /** How much of the file is whole, in bytes. */
  whole: number;
}

export class TableFile {
  readonly #path: string;
  readonly #head: Head;
  readonly #idOf: (run: Named) => string;
  readonly #done = new Set<string>();
  #columns: Columns;
  #file = -1;
  #length = 0;

  /** Opens it, or begins it. Nobody else may write to it meanwhile. */
  constructor(path: string, head: Head, settings: readonly string[], words: Words) {
    this.#path = path;
    this.#head = head;
    this.#idOf = ids(settings);
    this.#columns = new Columns(settings, []);
    lock(path, words);
    const found = existing(path, head, settings, words);
    if (found) {
      this.#columns = found.columns;
      for (const row of found.rows) this.#done.add(this.#idOf(row));
      this.#open(found.whole);
    } else this.#rewrite([]);
  }

  /** Which runs are in it, for who does not write to it. */
  static done(path: string, head: Head, settings: readonly string[], words: Words): { has(run: Named): boolean } {
    const idOf = ids(settings);
    const found = new Set(existing(path, head, settings, words)?.rows.map(idOf));
    return { has: (run) => found.has(idOf(run)) };
  }

  has(run: Named): boolean {
    return this.#done.has(this.#idOf(run));
  }

  /** On the disk when this returns. A run that is there already is not written twice. */
  add(row: Row): void {
    if (this.has(row)) return;
    const columns = this.#columns.with(row);
    if (columns !== this.#columns) this.#widen(columns);
    const line = Buffer.from(`${columns.line(row)}\n`);
    try {
      writeAll(this.#file, line);
      fsyncSync(this.#file);
    } catch (error) {
      // Half a line on a full disk would have to be cleared away by the next who opens it.
      ftruncateSync(this.#file, this.#length);
      throw error;
    }
    this.#length += line.length;
    this.#done.add(this.#idOf(row));
  }

  close(): void {
    closeSync(this.#file);
    unlock(this.#path);
  }

  #open(length: number): void {
    this.#file = openSync(this.#path, "r+");
    ftruncateSync(this.#file, length);
    fsyncSync(this.#file);
    this.#length = length;
    closeSync(this.#file);
    this.#file = openSync(this.#path, "a");
  }

  /** A score that no run had before: the file is written anew beside the old one, and takes its place at once. */
  #widen(columns: Columns): void {
    const old = this.#columns;
    const { data } = Papa.parse<string[]>(readFileSync(this.#path, "utf8"), { comments: "#", skipEmptyLines: true });
    this.#columns = columns;
    closeSync(this.#file);
    this.#rewrite(data.slice(1).map((cells) => columns.line(old.row(cells))));
  }

  #rewrite(lines: readonly string[]): void {
    const text = Buffer.from(`${[headLine(this.#head), this.#columns.fields.join(","), ...lines].join("\n")}\n`);
    const fresh = `${this.#path}.new`;
    const file = openSync(fresh, "w");
    writeAll(file, text);
    fsyncSync(file);
    closeSync(file);
    renameSync(fresh, this.#path);
    const folder = openSync(dirname(this.#path) || ".", "r");
    fsyncSync(folder);
    closeSync(folder);
    this.#open(text.length);
  }
}

/** What tells a run from the others of its table. */
const ids =
  (settings: readonly string[]) =>
  ({ model, data, seed, steps, settings: given }: Named): string =>
    [model, data, seed, steps, ...settings.map((id) => given[id] ?? "")].join("\t");

function writeAll(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

/** What an earlier time left; nothing where there is no file, or not even its first line. */
function existing(path: string, head: Head, settings: readonly string[], words: Words): Read | undefined {
  if (!existsSync(path)) return undefined;
  // What takes the place of a device would be lost with it.
  if (!statSync(path).isFile()) throw new Ending(EXIT.table, words.no_table(path, SIGN.trim()));
  const text = readFileSync(path, "utf8");
  // A crash may have come before the first line was whole.
  if (!text.includes("\n") && headLine(head).startsWith(text)) return undefined;
  const read = readTable(path, text, settings, words);
  if (read.engine !== head.engine) throw new Ending(EXIT.table, words.other_engine(path, read.engine, head.engine));
  if (read.id !== head.id) throw new Ending(EXIT.table, words.other_sweep(path));
  return read;
}

/** The rows of a table, without a line that was cut at its end. */
export function readTable(path: string, text: string, settings: readonly string[] | undefined, words: Words): Read {
  const end = text.lastIndexOf("\n") + 1;
  const whole = text.slice(0, end);
  const head = readHead(whole.slice(0, whole.indexOf("\n")));
  if (!head) throw new Ending(EXIT.table, words.no_table(path, SIGN.trim()));
  const { data } = Papa.parse<string[]>(whole, { comments: "#", skipEmptyLines: true });
  const [fields = [], ...lines] = data;
  const own = settings ?? Object.keys((head.sweep.settings as object | undefined) ?? {});
  const columns = Columns.read(fields, own);
  const cut = lines.findIndex((cells) => cells.length !== fields.length);
  if (!columns || cut >= 0) throw new Ending(EXIT.table, words.cut_table(path, cut + 3));
  return {
    engine: head.engine,
    id: head.id,
    columns,
    rows: lines.map((cells) => columns.row(cells)),
    whole: Buffer.byteLength(whole),
  };
}
