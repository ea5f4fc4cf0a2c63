/** A text, or a file of which only the beginning need be read. */
import type { Reading } from "../state/table/layout.ts";
import type { Asked } from "../state/table/read.ts";
import type { Table } from "../state/table/table.ts";
import { decode, exampleOf, MOST_CHARS, readTable } from "../state/table/tools.ts";

export type Source = string | Blob;

/** A table with the first row of it in the way it was read, and in each other way. */
export interface Read {
  table: Table;
  examples: string[];
}

export async function read(source: Source, asked: Asked): Promise<Read> {
  const text = typeof source === "string" ? source : await beginning(source);
  const length = typeof source === "string" ? source.length : source.size;
  const table = readTable(text, { ...asked, length });
  const ways = table.reading.separator === "json" ? [] : [table.reading as Reading, ...table.others];
  return { table, examples: ways.map((reading) => exampleOf(text, reading)) };
}

async function beginning(file: Blob): Promise<string> {
  const whole = file.size <= MOST_CHARS;
  const part = whole ? file : file.slice(0, MOST_CHARS);
  return decode(new Uint8Array(await part.arrayBuffer()), whole);
}
