/**
 * The file of a table: each run that ends is in it at once, so that nobody who is killed loses it, and on the disk a moment later; what a
 * crash left of a line is cleared away.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { SIGN } from "../src/state/sign.ts";
import { Columns, type Head, headLine, type Named } from "../src/sweep/record.ts";
import type { Row } from "../src/sweep/run.ts";
import { Ending, EXIT } from "./exit.ts";
import { lock, unlock } from "./lock.ts";
import { readTable, rowsOf } from "./table-lines.ts";
import type { Words } from "./words.ts";

/** Rows that come faster go to the disk together: waiting for it takes as long as writing thousands of lines. */
const TOGETHER_MS = 50;
/** More bytes than the names of all columns have. */
const MOST_NAMES = 1 << 16;

export class TableFile {
  readonly #path: string;
  readonly #head: Head;
  readonly #idOf: (run: Named) => string;
  readonly #done = new Set<string>();
  /** Runs in it that have no scores, for a reason that their row says. */
  failed = 0;
  #columns: Columns;
  #file = -1;
  /** Bytes that are written, and those of them that are on the disk for sure. */
  #length = 0;
  #safe = 0;
  /** When the disk was last waited for, by the monotonic clock. */
  #waited = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  /** What the disk said when nobody asked. */
  #failure: unknown;

  /** Opens it, or begins it. Nobody else may write to it meanwhile. */
  constructor(path: string, head: Head, settings: readonly string[], words: Words) {
    this.#path = path;
    this.#head = head;
    this.#idOf = ids(settings);
    this.#columns = new Columns(settings, []);
    const folder = dirname(path) || ".";
    if (!existsSync(folder)) throw new Ending(EXIT.asked, words.no_folder_for(path, folder));
    lock(path, words);
    const found = existing(path, head, settings, words, (run, failed) => {
      this.#done.add(this.#idOf(run));
      if (failed) this.failed++;
    });
    if (found) {
      this.#columns = found.columns;
      this.#open(found.whole);
    } else this.#rewrite(this.#columns, []);
  }

  /** Which runs are in it, for who does not write to it. */
  static done(path: string, head: Head, settings: readonly string[], words: Words): { has(run: Named): boolean } {
    const idOf = ids(settings);
    const found = new Set<string>();
    existing(path, head, settings, words, (run) => found.add(idOf(run)));
    return { has: (run) => found.has(idOf(run)) };
  }

  has(run: Named): boolean {
    return this.#done.has(this.#idOf(run));
  }

  /** In the file when this returns, and on the disk `TOGETHER_MS` later at most. Whether it is a run that was not there yet. */
  add(row: Row): boolean {
    if (this.#failure) throw this.#failure;
    if (this.has(row)) return false;
    const columns = this.#columns.with(row);
    if (columns !== this.#columns) this.#widen(columns);
    const line = Buffer.from(`${columns.line(row)}\n`);
    try {
      writeAll(this.#file, line);
    } catch (error) {
      // Half a line on a full disk would have to be cleared away by the next who opens it.
      ftruncateSync(this.#file, this.#length);
      throw error;
    }
    this.#length += line.length;
    this.#done.add(this.#idOf(row));
    if (row.error) this.failed++;
    this.#soon();
    return true;
  }

  /** Throws where what was added last could not be kept. */
  close(): void {
    clearTimeout(this.#timer);
    try {
      if (this.#failure) throw this.#failure;
      this.#sync();
    } finally {
      closeSync(this.#file);
      unlock(this.#path);
    }
  }

  #soon(): void {
    if (this.#timer) return;
    const wait = this.#waited + TOGETHER_MS - performance.now();
    if (wait > 0) this.#timer = setTimeout(() => this.#late(), wait);
    else this.#sync();
  }

  #late(): void {
    try {
      this.#sync();
    } catch (error) {
      this.#failure = error;
    }
  }

  #sync(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#safe === this.#length) return;
    try {
      fsyncSync(this.#file);
    } catch (error) {
      ftruncateSync(this.#file, this.#safe);
      throw error;
    }
    this.#safe = this.#length;
    this.#waited = performance.now();
  }

  #open(length: number): void {
    this.#file = openSync(this.#path, "r+");
    ftruncateSync(this.#file, length);
    fsyncSync(this.#file);
    this.#length = length;
    this.#safe = length;
    closeSync(this.#file);
    this.#file = openSync(this.#path, "a");
  }

  /** A score that no run had before: the file is written anew beside the old one, and takes its place at once. */
  #widen(columns: Columns): void {
    const [old, file] = [this.#columns, this.#file];
    this.#rewrite(columns, rowsOf(this.#path), (cells) => columns.line(old.row(cells)));
    closeSync(file);
  }

  #rewrite(columns: Columns, rows: Iterable<string[][]>, line: (cells: string[]) => string = () => ""): void {
    let length = 0;
    const fresh = `${this.#path}.new`;
    const file = openSync(fresh, "w");
    try {
      const write = (lines: readonly string[]) => {
        const text = Buffer.from(lines.map((line) => `${line}\n`).join(""));
        writeAll(file, text);
        length += text.length;
      };
      write([headLine(this.#head), columns.fields.join(",")]);
      for (const portion of rows) write(portion.map(line));
      fsyncSync(file);
    } catch (error) {
      rmSync(fresh);
      throw error;
    } finally {
      closeSync(file);
    }
    renameSync(fresh, this.#path);
    const folder = openSync(dirname(this.#path) || ".", "r");
    fsyncSync(folder);
    closeSync(folder);
    this.#columns = columns;
    this.#open(length);
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

interface Found {
  columns: Columns;
  /** How much of the file is whole, in bytes. */
  whole: number;
}

/** What an earlier time left; nothing where there is no file, or not even its first line. */
function existing(
  path: string,
  head: Head,
  settings: readonly string[],
  words: Words,
  each: (run: Named, failed: boolean) => void,
): Found | undefined {
  if (!existsSync(path)) return undefined;
  const about = statSync(path);
  // What takes the place of a device would be lost with it.
  if (!about.isFile()) throw new Ending(EXIT.table, words.no_table(path, SIGN.trim()));
  // A crash may have come before the first two lines were whole.
  const first = `${headLine(head)}\n`;
  if (about.size < Buffer.byteLength(first) + MOST_NAMES) {
    const begun = readFileSync(path, "utf8");
    if (first.startsWith(begun) || (begun.startsWith(first) && !begun.includes("\n", first.length))) return undefined;
  }
  const begin = ({ engine, id }: Head) => {
    if (engine !== head.engine) throw new Ending(EXIT.table, words.other_engine(path, engine, head.engine));
    if (id !== head.id) throw new Ending(EXIT.table, words.other_sweep(path));
  };
  return readTable(path, settings, words, begin, (cells, columns) => each(columns.named(cells), cells.at(-1) !== ""));
}
