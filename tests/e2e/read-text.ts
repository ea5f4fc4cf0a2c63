/** Reading text as a table, without a page. */
import { type Choice, choose } from "../../www/src/state/table/choose.ts";
import { readTable } from "../../www/src/state/table/read.ts";
import type { Table } from "../../www/src/state/table/table.ts";
import { type Taken, take } from "../../www/src/state/table/take.ts";

type Asked = Parameters<typeof readTable>[1];

export function read(text: string, asked: Asked = {}): { table: Table; choice: Choice; taken: Taken } {
  const table = readTable(text, asked);
  const choice = choose(table);
  return { table, choice, taken: take(table, choice) };
}

/** The learned columns as plain lists, each from top to bottom. */
export function points(text: string, asked: Asked = {}): number[][] {
  return read(text, asked).taken.columns.map(({ values }) => [...values]);
}

export function codes({ taken }: { taken: Taken }): string[] {
  return taken.notes.map(({ code }) => code);
}

export function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** So many lines. */
export function lines(n: number, line: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => line(i)).join("\n");
}
