/** A table that was written elsewhere, read a piece at a time: the page answers meanwhile, however long it is. */
import Papa from "papaparse";
import { LabError } from "../engine/errors.ts";
import { Columns, type Head, readHead } from "./record.ts";
import { Gathered } from "./table.ts";
import { inTurns } from "./turns.ts";

/** Lines that are read before the clock is looked at. */
const LINES = 200;

export interface Opened {
  head: Head;
  gathered: Gathered;
}

/** Refused where it is no such table, or its lines do not have its columns. A line that was cut at the end is left out. */
export async function readTable(file: Blob): Promise<Opened> {
  const text = await file.text();
  let at = 0;
  const next = (count: number): string => {
    const start = at;
    for (let k = 0; k < count; k++) {
      const end = text.indexOf("\n", at);
      if (end < 0) break;
      at = end + 1;
    }
    return text.slice(start, at);
  };
  const head = readHead(next(1).trimEnd());
  const fields = cells(next(1))[0] ?? [];
  const columns = head && Columns.read(fields, Object.keys((head.sweep.settings as object | undefined) ?? {}));
  if (!columns) throw new LabError("bad_table", "This is no table of an experiment.");
  const gathered = new Gathered();
  const portions = function* () {
    for (let lines = next(LINES); lines !== ""; lines = next(LINES)) yield lines;
  };
  await inTurns(portions(), (lines) => {
    for (const line of cells(lines)) {
      if (line.length !== fields.length)
        throw new LabError("bad_table", `Line ${gathered.rows.length + 3} has other columns.`);
      gathered.add(columns.row(line));
    }
    return true;
  });
  return { head, gathered };
}

const cells = (lines: string): string[][] => Papa.parse<string[]>(lines, { skipEmptyLines: true }).data;
