/** What must come of each file in tests/fixtures/own_data: what is learned, and what is said. */
import { resolve } from "node:path";

export interface Case {
  file: string;
  /** Names of the learned columns; one is the line, two are the plane. */
  columns: string[];
  medians: number[];
  rows: number;
  /** Codes of what the reading says, with count and first line. */
  says?: string[];
  groups?: string[];
}

export const fixture = (file: string): string => resolve(__dirname, "../fixtures/own_data", file);

export const CASES: Case[] = [
  { file: "two_scales.csv", columns: ["duration_minutes", "wait_minutes"], medians: [3.991, 75.4], rows: 1000 },
  { file: "age_income.tsv", columns: ["age", "income"], medians: [47.15, 40417.5], rows: 800 },
  { file: "three_columns.csv", columns: ["x", "y"], medians: [4.0305, 76.2], rows: 300 },
  { file: "decimal_comma.csv", columns: ["x", "y"], medians: [4.03, 76.2], rows: 300 },
  { file: "decimal_comma_list.txt", columns: ["x"], medians: [75.2], rows: 200 },
  { file: "thousands.csv", columns: ["income, yearly"], medians: [40116], rows: 200 },
  { file: "points.json", columns: ["x", "y"], medians: [4.0575, 75.2], rows: 200 },
  { file: "objects.json", columns: ["x", "y"], medians: [4.0575, 75.2], rows: 200 },
  { file: "percent.txt", columns: ["x (%)"], medians: [75.2], rows: 200, says: ["unit"] },
  { file: "currency.txt", columns: ["x ($)"], medians: [40116.625], rows: 200, says: ["unit"] },
  { file: "missing.csv", columns: ["x", "y"], medians: [4.002, 76.2], rows: 280, says: ["gaps 60 5"] },
  { file: "short_row.csv", columns: ["x", "y"], medians: [3.954, 73.6], rows: 116, says: ["gaps 4 21"] },
  { file: "dates.csv", columns: ["value"], medians: [76.2], rows: 300 },
  { file: "dice.txt", columns: ["x"], medians: [4], rows: 600 },
  { file: "heavy_tails.txt", columns: ["x"], medians: [-0.061], rows: 1000 },
  { file: "far_away.csv", columns: ["x", "y"], medians: [1000004.0019, 2000003.7847], rows: 500 },
  { file: "on_a_line.csv", columns: ["x", "y"], medians: [4.03065, 8.0613], rows: 300 },
  { file: "constant_column.csv", columns: ["x"], medians: [4.0305], rows: 300, says: ["constant_left_out"] },
  { file: "groups.csv", columns: ["length", "width"], medians: [4.3, 1.295], rows: 300, groups: ["small", "middle", "large"] },
  { file: "bom_crlf.csv", columns: ["x", "y"], medians: [4.0575, 75.2], rows: 200 },
];
