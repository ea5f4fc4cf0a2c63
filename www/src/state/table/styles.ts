/**
 * Cells in the styles of a trade, 5- as accountants write it, 12.3 ± .4, 1.2 × 10³, 52°31′ N, $3M, as numbers. What means one thing only is read, and
 * which style it was is kept, so that it can be said.
 */
import { type Amount, type Mark, readNumber } from "./number.ts";

/** The code of the note that says so. */
export type Style = "marks_behind" | "minus_after" | "uncertain" | "powers" | "degrees" | "multiples";

export interface Styled extends Amount {
  style?: Style;
}

/** Longer than any number that people write. */
const LONGEST = 40;
/** Words and letters for thousands and more. */
const MULTIPLE = /^(k|千|万|亿|thousand|mio|million|mln|bn|billion|mrd)\.?$/i;
/** These are units of physics as well: only money, or other numbers beside them, tells. */
const LETTERS: Record<string, number> = { K: 1e3, M: 1e6, G: 1e9, B: 1e9, T: 1e12 };
const TIMES: Record<string, number> = {
  k: 1e3,
  千: 1e3,
  thousand: 1e3,
  万: 1e4,
  mio: 1e6,
  million: 1e6,
  mln: 1e6,
  亿: 1e8,
};
const MONEY = /^([-+−]?) ?([$€£¥₩₹])(.*)$/;
const MONEY_BEHIND = /^(.*\p{L}\.?) ?([$€£¥₩₹元])$/u;
/** What readNumber takes for a unit and is none. */
const TELLING = [MULTIPLE, MONEY_BEHIND, /^[°º][NSEW]$/];
const POWER = /^([-+−]?[\d.,]+) ?[×·*x⋅] ?10(?:\^\(?([-+−]?\d+)\)?|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))( ?[^\d ].*)?$/;
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** Degrees, perhaps with minutes and seconds; the direction may stand first. */
const ANGLE =
  /^([NSEW])? ?([-+]?\d{1,3}(?:[.,]\d+)?) ?(?:[°º]|deg)? ?(?:(\d{1,2}(?:[.,]\d+)?) ?['’′])? ?(?:(\d{1,2}(?:[.,]\d+)?) ?(?:["”″]|''|′′))? ?([NSEW])?$/;

/** The number that a cell holds in any style; undefined where it is none, or could be something else. */
export function readCell(cell: string, mark: Mark): Styled | undefined {
  const read = readNumber(cell, mark);
  if (read && (read.unit === "" || !TELLING.some((pattern) => pattern.test(read.unit)))) return read;
  if (cell.length > LONGEST || !/\d/.test(cell)) return undefined;
  return (
    multiple(cell, mark) ??
    minusAfter(cell, mark) ??
    uncertain(cell, mark) ??
    power(cell, mark) ??
    angle(cell) ??
    marked(cell, mark) ??
    read
  );
}

/** 1.2k, 3 Mio. €, $5M, 3.5万. A capital K or M is that of money. */
function multiple(cell: string, mark: Mark): Styled | undefined {
  const [, sign = "", before = "", rest = cell] = MONEY.exec(cell) ?? [];
  const [, bare = rest, behind = ""] = MONEY_BEHIND.exec(rest) ?? [];
  const read = readNumber(sign + bare, mark);
  const word = read && MULTIPLE.exec(read.unit)?.[1];
  if (!read || (before && behind)) return undefined;
  // 5K is five thousand where it is money, and a temperature where it is not.
  const money = before || behind;
  const times = word && word !== "K" ? (TIMES[word.toLowerCase()] ?? 1e9) : money ? LETTERS[read.unit] : undefined;
  return times ? { value: scaled(read.value, times), unit: money, style: "multiples" } : undefined;
}

/** 1.1 thousand as the 1100 that was meant, not its neighbour in binary. */
export function scaled(value: number, times: number): number {
  const exact = times > 0 ? Number(`${value}e${Math.round(Math.log10(times))}`) : Number.NaN;
  return Number.isFinite(exact) ? exact : value * times;
}

/** 5.5** in a table of results, 12† above a note. */
function marked(cell: string, mark: Mark): Styled | undefined {
  const body = /^(.*[^*†‡§ ]) ?(?:\*{1,4}|[†‡§]+)$/.exec(cell);
  const read = body && readNumber(body[1]!, mark);
  return read ? { ...read, style: "marks_behind" } : undefined;
}

function minusAfter(cell: string, mark: Mark): Styled | undefined {
  const body = /^([^-−]*\d[^-−]*?) ?[-−]( ?[$€£¥₩₹])?$/.exec(cell);
  const read = body && readNumber(body[1]! + (body[2] ?? ""), mark);
  return read && read.value >= 0 ? { ...read, value: -read.value, style: "minus_after" } : undefined;
}

function uncertain(cell: string, mark: Mark): Styled | undefined {
  const [, inner = cell, behind = ""] = /^\(([^()]+)\) ?([^\d()]*)$/.exec(cell) ?? [];
  const [before, after, more] = inner.split(/ ?(?:±|\+\/[-−]|\+-) ?/);
  if (before === undefined || after === undefined || more !== undefined) return undefined;
  const [value, error] = [readNumber(before, mark), readNumber(after, mark)];
  if (!value || !error || error.value < 0) return undefined;
  return { value: value.value, unit: value.unit || error.unit || behind, style: "uncertain" };
}

function power(cell: string, mark: Mark): Styled | undefined {
  const found = POWER.exec(cell);
  if (!found) return undefined;
  const raised = [...(found[3] ?? "")].map((c) => (RAISED.includes(c) ? RAISED.indexOf(c) : c === "⁻" ? "-" : ""));
  const exponent = found[2]?.replace("−", "-") ?? raised.join("");
  const [factor, one] = [readNumber(found[1]!, mark), readNumber(`1${found[4] ?? ""}`, mark)];
  const value = Number(`${factor?.value}e${exponent}`);
  return factor && one && Number.isFinite(value) ? { value, unit: one.unit, style: "powers" } : undefined;
}

/** 52.5° N, 13°24′ W, S 33.87. A letter alone behind a number may be a unit, and is left to its column. */
function angle(cell: string): Styled | undefined {
  const found = ANGLE.exec(cell);
  if (!found) return undefined;
  const [, first, degrees, minutes, seconds, last] = found;
  const letter = first ?? last;
  const meant = /[°ºd]/.test(cell) ? letter || minutes : first && /[.,]\d\d/.test(degrees!);
  if (!meant || (first && last)) return undefined;
  const number = (text = "0") => Number(text.replace(",", "."));
  const size = (3600 * Math.abs(number(degrees)) + 60 * number(minutes) + number(seconds)) / 3600;
  const negative = degrees!.startsWith("-") !== (letter === "S" || letter === "W");
  return size <= 360 ? { value: negative ? -size : size, unit: "°", style: "degrees" } : undefined;
}

/** Of two columns, one of numbers before N or S and one before E or W, as degrees: neither would say so alone. */
export function areDirections(units: string[]): boolean {
  return units.some((unit) => /^[NS]$/.test(unit)) && units.some((unit) => /^[EW]$/.test(unit));
}

/**
 * What the letters behind the numbers of a column stand for, once all are seen: by how much the number before one is multiplied, −1 for south and
 * west; undefined where they are units. `bare` numbers have none.
 */
export function lettersOf(letters: string[], bare: number, heading: string): ((letter: string) => number) | undefined {
  const met = letters.toSorted().join();
  const place = /^(?:lat|lon|lng)/i.test(heading) && /^(?:[NSEW],?)+$/.test(met);
  if (met === "N,S" || met === "E,W" || place) return (letter) => (letter === "S" || letter === "W" ? -1 : 1);
  const all = letters.length > 0 && letters.every((letter) => LETTERS[letter] !== undefined);
  return all && (letters.length > 1 || bare > 0) ? (letter) => LETTERS[letter]! : undefined;
}
