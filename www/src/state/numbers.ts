/** Pasted text as points: two numbers in every row are the plane, anything else the line. */
import { LabError } from "../engine/errors.ts";

const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

export function pointsFromText(text: string): { points: Float32Array; dim: number } {
  const rows = text
    .replaceAll("\u2212", "-")
    .split(/[\n;；]+/)
    .map((row) => (row.match(NUMBER) ?? []).map(Number))
    .filter((row) => row.length > 0);
  if (rows.length === 0) throw new LabError("no_numbers", "There are no numbers in this text.");
  const dim = rows.length > 1 && rows.every((row) => row.length === 2) ? 2 : 1;
  return { points: Float32Array.from(rows.flat()), dim };
}
