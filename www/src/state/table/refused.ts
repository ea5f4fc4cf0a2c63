/** Why a column that looks like numbers has none: its cells can be read in more than one way, or not as one number each. */
import { isGap, type Mark } from "./number.ts";
import { readCell } from "./styles.ts";
import type { Note } from "./table.ts";

const NUMBER = "[-+]?(?:\\d[\\d.,]*|[.,]\\d+)";
const KINDS: Record<string, RegExp> = {
  fractions: /^[-+]?(?:\d+ )?\d+ ?[/⁄∕] ?\d+$|^[-+]?\d* ?[¼½¾⅓⅔⅛⅜⅝⅞]$/,
  hex: /^0x[\da-f]+$|^#[\da-f]{6}$|^[\da-f]*(?:\d[a-f]|[a-f]\d)[\da-f]*h$/i,
  limits: new RegExp(`^(?:[<>≤≥~≈]=? ?|ca?\\. ?|约)${NUMBER}.{0,8}$|^${NUMBER} ?\\+$|^${NUMBER}(?:以上|以下)$`, "i"),
  ranges: new RegExp(`^${NUMBER} ?(?:-|–|—|−|~|～|\\.\\.|to|bis|至|到) ?${NUMBER} ?\\D{0,8}$`, "i"),
};
/** Named where numbers and these make up most of a column. */
const MOSTLY = 0.6;
/** So many numbers among words are worth a word, and nearly all cells that begin as numbers do. */
const SOME = 0.3;
const NEARLY_ALL = 0.9;

/** `groups` says that its cells name groups, which is use enough for words. */
export function refusedOf(cells: string[], mark: Mark, groups: boolean, coded: boolean): Note | undefined {
  const filled = cells.filter((cell) => !isGap(cell, "words"));
  const numbers = filled.filter((cell) => readCell(cell, mark)).length;
  /** Of the cells that are so, which are why. */
  const said = (why: string, is: (cell: string) => boolean, examples = 1): Note => {
    const met = filled.filter(is);
    return { code: "column_left_out", count: met.length, of: filled.length, why, first: met.slice(0, examples) };
  };
  for (const [why, pattern] of Object.entries(KINDS)) {
    const met = filled.filter((cell) => pattern.test(cell)).length;
    if (met === 0 || met + numbers < MOSTLY * filled.length || (groups && why === "ranges")) continue;
    return said(why, (cell) => pattern.test(cell));
  }
  if (groups) return undefined;
  if (coded) return said("units", () => true, 3);
  if (numbers >= SOME * filled.length && numbers > 0) return said("mixed", (cell) => !readCell(cell, mark));
  const likely = filled.filter((cell) => /^[-+(]?[$€£¥]?\d/.test(cell)).length;
  return likely > 0 && likely >= NEARLY_ALL * filled.length ? said("other", () => true) : undefined;
}
