/** The reader's own table: what was read and is being looked at, and what of it is learned. */
import type { DataNote, OwnColumns, OwnKept } from "../engine/types.ts";
import type { Choice } from "../state/table/choose.ts";
import type { Note, Table } from "../state/table/table.ts";
import type { Message } from "./messages.ts";
import type { Source } from "./table-source.ts";

/** A table as it lies before the reader. */
export interface Looked {
  source: Source;
  /** Name of the file, "" for what was pasted. */
  file: string;
  table: Table;
  /** The first row in the way the text was read, and in each other way. */
  examples: string[];
  choice: Choice;
}

/** How own data are scaled, spread and smoothed; "auto" leaves it to what the data are like. */
export type Treatment = Required<Pick<OwnColumns, "scale" | "spread" | "smooth">>;

export const AUTO: Treatment = { scale: "auto", spread: "auto", smooth: "auto" };

/** Noise wider than this share of the spread blurs what a reader sees in the points. */
const WIDE = 0.2;

export function isWide({ code, value }: Note | DataNote): boolean {
  return code === "smoothed" && (value ?? 0) > WIDE;
}

/** What the engine learns of it, and what was said. */
export interface Learned {
  columns: OwnColumns["columns"];
  /** The class of each row, where they are told apart. */
  classes: OwnColumns["classes"];
  /** Said about the reading of the text, and found in the numbers. */
  read: Note[];
  found: DataNote[];
  treatment: Treatment;
  /** What it was taken from; undefined for points that were drawn, set by a script or restored. */
  from: Looked | undefined;
}

type Words = typeof import("../i18n/own-data.ts");

export class OwnTable {
  /** What the preview shows; undefined while it is closed. */
  looked: Looked | undefined;
  learned: Learned | undefined;
  /** Undefined before the first own data. */
  words: Words | undefined;
  /** Only the newest of what was pasted or dropped is taken. */
  newest = 0;

  /** After a snapshot came back: the columns it brought. */
  async restored({ columns, notes, classes, ...chosen }: OwnKept): Promise<void> {
    await this.fetchWords();
    this.learned = {
      columns,
      classes,
      read: [],
      found: notes,
      treatment: { ...AUTO, ...chosen },
      from: undefined,
    };
  }

  async fetchWords(): Promise<Words> {
    this.words ??= await import("../i18n/own-data.ts");
    return this.words;
  }

  /** What a note says, once the words are there; of what the reader chose otherwise it says the other half. */
  message(note: Note | DataNote): Message {
    const { words, names, learned } = this;
    const { spread, scale, smooth } = learned?.treatment ?? AUTO;
    const otherwise: Record<string, boolean> = {
      few_values: spread === "none",
      scales_apart: scale === "one",
      smoothed: smooth === "none",
      duplicates: smooth === "none",
      on_a_line: smooth === "none",
    };
    const half = otherwise[note.code] ? "_kept" : isWide(note) ? "_wide" : "";
    return ({ code }) => words!.sentence({ ...note, code: note.code + half }, code, names);
  }

  get names(): string[] {
    return this.learned?.columns.map(({ name }) => name) ?? [];
  }

  /** A column of one value is given and not learned. */
  get axisNames(): string[] {
    const { names, learned } = this;
    const constant = learned?.found.flatMap(({ code, axis }) => (code === "constant_column" ? [axis] : [])) ?? [];
    return names.filter((_, axis) => !constant.includes(axis));
  }
}
