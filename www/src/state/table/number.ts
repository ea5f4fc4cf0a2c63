/**
 * One cell as a number, as people write it: 45,147.85 or 45.147,85; $3,000; 53 %; (12.5) for −12.5; ２.５; 1.5e3.
 * What it cannot read for certain it does not read: "2024-01-01", "12:30", "Student 7" and "1.2.3" are words.
 */

/** What stands before the decimals; the other of the two, a space or an apostrophe may group the thousands. */
export type Mark = "." | ",";

export interface Amount {
  value: number;
  /** "%", "kg", "$" … or "". */
  unit: string;
}

const PLAIN = /^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i;
const CURRENCY = "[$€£¥₩₹]|(?:USD|EUR|GBP|JPY|CNY|RMB|CHF|US\\$)(?=[ \\d.,+-])";
const NUMERAL: Record<Mark, string> = {
  ".": "\\d{1,3}(?:,\\d{2,3})*,\\d{3}(?:\\.\\d*)?|\\d{1,3}(?:['’ ]\\d{3})+(?:\\.\\d*)?|\\d+(?:\\.\\d*)?|\\.\\d+",
  ",": "\\d{1,3}(?:[.]\\d{3})+(?:,\\d*)?|\\d{1,3}(?:['’ ]\\d{3})+(?:,\\d*)?|\\d+(?:,\\d*)?|,\\d+",
};
/** A unit begins with a letter or a sign of its own and is short; digits only as powers: "m2", "kg/m²". */
const UNIT = "[%‰°$€£¥₩₹]|[\\p{L}°µ%][\\p{L}°µ²³/·.^%]{0,9}[23]?";
const amountOf = (mark: Mark) =>
  new RegExp(`^([-+]?) ?(${CURRENCY})? ?([-+]?)(${NUMERAL[mark]})(e[-+]?\\d+)?(?: ?(${UNIT}))?$`, "iu");
const AMOUNT: Record<Mark, RegExp> = { ".": amountOf("."), ",": amountOf(",") };
/** Longer than any number that people write. */
const LONGEST = 40;

/** The number that a cell holds, undefined where it is none; never infinite and never NaN. */
export function readNumber(cell: string, mark: Mark): Amount | undefined {
  if (PLAIN.test(cell)) {
    // With a comma before the decimals, a point groups thousands or the cell is no number.
    if (mark === "." || !cell.includes(".")) return amount(Number(cell), "");
    if (/e/i.test(cell)) return undefined;
  }
  if (cell.length > LONGEST || !/\d|[０-９]/.test(cell)) return undefined;
  let text = tidy(cell);
  const owed = /^([$€£¥₩₹]?) ?\((.*)\)$/.exec(text);
  if (owed) text = owed[1]! + owed[2]!;
  const found = AMOUNT[mark].exec(text);
  if (!found) return undefined;
  const [, sign, before = "", inner, numeral, exponent = "", after = ""] = found;
  if ((sign && inner) || (owed && (sign || inner)) || (before && after && before !== after)) return undefined;
  const digits = mark === "." ? numeral!.replace(/[,'’ ]/g, "") : numeral!.replace(/[.'’ ]/g, "").replace(",", ".");
  const size = Number(digits + exponent);
  return amount(owed || sign === "-" || inner === "-" ? -size : size, before || after);
}

function amount(value: number, unit: string): Amount | undefined {
  return Number.isFinite(value) ? { value, unit } : undefined;
}

/** Full-width signs as plain ones, every kind of minus as one, every kind of space as one. */
function tidy(cell: string): string {
  return cell
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[−–‒﹣]/g, "-")
    .replace(/[\s\u00a0\u2009\u202f\u3000]+/g, " ")
    .replace(/￥/g, "¥")
    .replace(/[μ]/g, "µ")
    .trim();
}

const GAPS = new Set(
  ["", "na", "n/a", "n.a.", "nan", "null", "#n/a", "#na", "#div/0!", "#value!", "#ref!", "#null!", "<na>"].concat([
    "-",
    "--",
    "–",
    "—",
    "−",
    ".",
    "..",
    "?",
    "*",
    "/",
    "none",
    "nil",
    "missing",
    "k.a.",
    "缺",
    "缺失",
    "缺考",
    "无",
    "暂无",
    "空",
  ]),
);
/** Of these, the ones that are no name of a group either. */
const GAP_OF_WORDS = new Set(["", "na", "n/a", "nan", "null", "#n/a", "<na>"]);

/** Whether a cell says that its value is missing. */
export function isGap(cell: string, among: "numbers" | "words" = "numbers"): boolean {
  return cell.length <= 8 && (among === "numbers" ? GAPS : GAP_OF_WORDS).has(cell.toLowerCase());
}

const DAY =
  /^(?:\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日)/;
const NAMED_DAY =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(?:\d{1,2}[. -])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .-]+\d{1,4}/i;
const TIME = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]m)?$/i;

/** A day, a month or a time of day, in the ways that spreadsheets write them. */
export function isDate(cell: string): boolean {
  if (cell.length < 4 || cell.length > LONGEST || !/\d/.test(cell)) return false;
  if (TIME.test(cell) || NAMED_DAY.test(cell)) return true;
  const day = DAY.exec(cell);
  return day !== null && /^(?:$|[ T])/.test(cell.slice(day[0].length)) && !PLAIN.test(cell);
}

/**
 * What a cell says about the decimal mark of its text: 59,4 speaks for the comma, 59.4 for the point, 45,147 could be either
 * ("comma?"), and so could 45.147 ("point?").
 */
export function markOf(cell: string): "point" | "comma" | "point?" | "comma?" | undefined {
  const numeral = /\d[\d.,]*/.exec(cell)?.[0].replace(/[.,]$/, "");
  const marks = numeral?.match(/[.,]/g);
  if (!numeral || !marks) return /^[-+]?\.\d/.test(cell) ? "point" : undefined;
  const last = marks.at(-1)!;
  const [point, comma] = last === "." ? (["point", "comma"] as const) : (["comma", "point"] as const);
  if (marks.length > 1) {
    // 1,234.5 ends in its decimals; 1,234,567 has none; 1.2,3 and 1.2.3 are no one number at all.
    const same = marks.every((mark) => mark === last);
    const groups = numeral
      .slice(0, same ? undefined : numeral.lastIndexOf(last))
      .split(/[.,]/)
      .slice(1);
    if (groups.some((group) => group.length !== 3)) return undefined;
    return same ? comma : point;
  }
  const [whole = "", decimals = ""] = numeral.split(last);
  const either = decimals.length === 3 && whole.length <= 3 && !whole.startsWith("0");
  return either ? `${point}?` : point;
}
