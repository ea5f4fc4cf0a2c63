/** What must come of each file in tests/fixtures/own_data, and of as many more: what is learned, and what is said. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";

/** A small flow that learns them. */
export const MODEL = "data=8gaussians&model=nsf&width=16&batch=64&seed=3&backend=cpu";

export interface Case {
  /** Its name, and where it lies in the fixtures unless `text` has it. */
  file: string;
  text?: string;
  /** Names of the learned columns; one is the line, two are the plane. */
  columns: string[];
  /** By another program, for the files; none for what is made here. */
  medians?: number[];
  rows: number;
  /** Codes of what the reading says, with count and first line. */
  says?: string[];
  /** Codes of what the numbers themselves are found to be. */
  finds?: string[];
  groups?: string[];
}

/** The bytes of a case, as a file on somebody's disk has them. */
export function bytesOf({ file, text }: Case): Buffer {
  return text === undefined ? readFileSync(resolve(__dirname, "../fixtures/own_data", file)) : Buffer.from(text);
}

/** As a script sets it. */
export function set(page: Page, each: Case): Promise<unknown> {
  return page.evaluate((text) => window.lab.setData({ text }), new TextDecoder().decode(bytesOf(each)));
}

const rows = (n: number, row: (i: number) => string): string => Array.from({ length: n }, (_, i) => row(i)).join("\n");
/** Numbers without a pattern, the same every time. */
const wave = (i: number, k = 1): number => Math.sin(12.9898 * (i + 1) * k) * 4;
const places = (x: number, n = 2): string => x.toFixed(n);
const comma = (x: number, n = 2): string => places(x, n).replace(".", ",");

export const CASES: Case[] = [
  {
    file: "two_scales.csv",
    columns: ["duration_minutes", "wait_minutes"],
    medians: [3.991, 75.4],
    rows: 1000,
    finds: ["scales_apart"],
  },
  {
    file: "age_income.tsv",
    columns: ["age", "income"],
    medians: [47.15, 40417.5],
    rows: 800,
    finds: ["scales_apart"],
  },
  {
    file: "three_columns.csv",
    columns: ["x", "y"],
    medians: [4.0305, 76.2],
    rows: 300,
    finds: ["scales_apart"],
  },
  {
    file: "decimal_comma.csv",
    columns: ["x", "y"],
    medians: [4.03, 76.2],
    rows: 300,
    finds: ["scales_apart"],
    says: ["decimal_comma"],
  },
  { file: "decimal_comma_list.txt", columns: ["x"], medians: [75.2], rows: 200, says: ["decimal_comma"] },
  { file: "thousands.csv", columns: ["income, yearly"], medians: [40116], rows: 200, says: ["thousands"] },
  {
    file: "points.json",
    columns: ["x", "y"],
    medians: [4.0575, 75.2],
    rows: 200,
    finds: ["scales_apart"],
  },
  {
    file: "objects.json",
    columns: ["x", "y"],
    medians: [4.0575, 75.2],
    rows: 200,
    finds: ["scales_apart"],
  },
  { file: "percent.txt", columns: ["x (%)"], medians: [75.2], rows: 200, says: ["unit"] },
  {
    file: "currency.txt",
    columns: ["x ($)"],
    medians: [40116.625],
    rows: 200,
    says: ["unit", "thousands"],
  },
  {
    file: "missing.csv",
    columns: ["x", "y"],
    medians: [4.002, 76.2],
    rows: 280,
    finds: ["scales_apart"],
    says: ["gaps 60 5"],
  },
  {
    file: "short_row.csv",
    columns: ["x", "y"],
    medians: [3.954, 73.6],
    rows: 116,
    finds: ["scales_apart"],
    says: ["gaps 4 21"],
  },
  { file: "dates.csv", columns: ["value"], medians: [76.2], rows: 300 },
  { file: "dice.txt", columns: ["x"], medians: [4], rows: 600, finds: ["few_values"] },
  { file: "heavy_tails.txt", columns: ["x"], medians: [-0.061], rows: 1000, finds: ["heavy_tails"] },
  {
    file: "far_away.csv",
    columns: ["x", "y"],
    medians: [1000004.0019, 2000003.7847],
    rows: 500,
  },
  {
    file: "on_a_line.csv",
    columns: ["x", "y"],
    medians: [4.03065, 8.0613],
    rows: 300,
    finds: ["on_a_line"],
  },
  { file: "constant_column.csv", columns: ["x"], medians: [4.0305], rows: 300, says: ["constant_column"] },
  {
    file: "groups.csv",
    columns: ["length", "width"],
    medians: [4.3, 1.295],
    rows: 300,
    groups: ["small", "middle", "large"],
  },
  {
    file: "bom_crlf.csv",
    columns: ["x", "y"],
    medians: [4.0575, 75.2],
    rows: 200,
    finds: ["scales_apart"],
  },
];

const logger = (i: number) => `${i},${places(21 + wave(i))},${places(50 + wave(i, 3))}`;

/** Other files of the same kinds, and kinds of their own. */
export const MORE: Case[] = [
  {
    file: "prices.csv",
    text: `Artikel;Preis;Lager\n${rows(40, (i) => `Nr. ${i};${comma(1234.5 + 100 * wave(i)).replace(/^(\d)(\d{3})/, "$1.$2")} €;${comma(9 + wave(i, 3))}`)}`,
    columns: ["Preis (€)", "Lager"],
    rows: 40,
    finds: ["scales_apart"],
    says: ["unit", "decimal_comma"],
  },
  { file: "marks.txt", text: rows(30, (i) => comma(2.5 + wave(i) / 3, 1)), columns: ["x"], rows: 30, says: ["decimal_comma"] },
  {
    file: "成绩.tsv",
    text: `姓名\t班级\t语文\t数学\n${rows(40, (i) => `学生${i}\t${"甲乙"[i % 2]}\t${i % 9 === 4 ? "缺考" : Math.round(70 + 5 * wave(i))}\t${Math.round(75 + 5 * wave(i, 3))}分`)}`,
    columns: ["语文", "数学 (分)"],
    rows: 36,
    says: ["unit", "gaps 4 6"],
    groups: ["甲", "乙"],
  },
  {
    file: "table.md",
    text: `| x | y |\n|---|---|\n${rows(20, (i) => `| ${places(wave(i))} | ${places(wave(i, 3))} |`)}`,
    columns: ["x", "y"],
    rows: 20,
  },
  { file: "numpy.txt", text: `[${rows(25, (i) => `[${places(wave(i))} ${places(wave(i, 3))}]`)}]`, columns: ["x", "y"], rows: 25 },
  { file: "lines.json", text: rows(25, (i) => JSON.stringify({ id: i, a: wave(i), b: wave(i, 3) })), columns: ["a", "b"], rows: 25 },
  {
    file: "columns.json",
    text: JSON.stringify({ columns: { mass: Array.from({ length: 25 }, (_, i) => 50 + wave(i)) } }),
    columns: ["mass"],
    rows: 25,
  },
  {
    file: "logger.csv",
    text: `Station 7\n2024-05-01\n\nt,temp,humidity\ns,°C,%\n${rows(40, logger)}\nMean,20.9,50.1`,
    columns: ["temp (°C)", "humidity (%)"],
    rows: 40,
    says: ["lines_above 2 1", "sum_below 46"],
  },
  {
    file: "wrapped.txt",
    text: rows(6, (r) => rows(10, (i) => places(60 + 3 * wave(10 * r + i))).replaceAll("\n", "  ")),
    columns: ["x"],
    rows: 60,
  },
  {
    file: "r.txt",
    text: `"x" "y"\n${rows(25, (i) => `"${i + 1}" ${places(wave(i))} ${places(wave(i, 3))}`)}`,
    columns: ["x", "y"],
    rows: 25,
  },
  {
    file: "years.csv",
    text: `Year;Rain (mm)\n${rows(30, (i) => `${1990 + i};${places(700 + 50 * wave(i), 1)}`)}`,
    columns: ["Rain (mm)"],
    rows: 30,
  },
  {
    file: "words.txt",
    text: `score ${rows(40, (i) => (i % 10 === 3 ? "absent" : places(70 + 3 * wave(i), 1)))}`,
    columns: ["score"],
    rows: 36,
    says: ["not_numbers 4 4"],
  },
  {
    file: "owed.csv",
    text: `day,balance\n${rows(30, (i) => `${1 + (i % 28)}.05.2024,"${wave(i) < 0 ? `(${places(-300 * wave(i))})` : places(300 * wave(i))}"`)}`,
    columns: ["balance"],
    rows: 30,
  },
  {
    file: "long rows.csv",
    text: `a,b\n${rows(30, (i) => `${places(wave(i))},${places(wave(i, 3))}${i % 10 === 5 ? ",7" : ""}`)}`,
    columns: ["a", "b"],
    rows: 27,
    says: ["long_rows 3 7"],
  },
];
