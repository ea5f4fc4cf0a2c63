/**
 * What the comma is in "59,4": a decimal point, a group of thousands, or the end of the first of two numbers. Text alone cannot always tell, so
 * this is a first guess with its alternatives, and the reader has the last word.
 *
 * What speaks for what: decimals of a list have the same number of places throughout and often begin with 0 (3,05), which no second number does;
 * groups of thousands have three digits, and smaller values beside them have no comma; two whole numbers in every line have second parts of any
 * length, and of n of them none begins with 0, which for decimals has probability .9ⁿ.
 */

/** "two" numbers, a "decimal" comma, or "thousands". */
export type Comma = "two" | "decimal" | "thousands";

/** So many lines make it unlikely (.9²⁰ = .12) that no decimals begin with 0. */
const MANY = 20;
/** Fewer lines than this do not speak for decimals of one place: "1,2", "3,4", "5,6" are three pairs. */
const FEW = 5;

/** So many of the tenths of marks are 0, 3 and 7, or 0 and 5; a mean among them may be another. */
const ROUNDED = 0.85;
/** The marks of a school go from 1 to 6, and their tenths take more values than they. */
const FEW_FIRSTS = 6;
const MORE = 4;
/** All ten digits as often is at least a tenth as likely as anything else. */
const EVEN = -1;

/** The ways to read lines that each are one entry without spaces, the likeliest first; undefined where no line has a comma. */
export function readComma(entries: string[]): Comma[] | undefined {
  const parts: [string, string][] = [];
  let bare = 0;
  let groups = 0;
  let headed = false;
  for (const [i, entry] of entries.entries()) {
    // Words, such as a heading, say nothing here; one with a comma names two columns.
    if (!/\d/.test(entry)) {
      if (entry.includes(",")) return ["two"];
      headed ||= i === 0;
      continue;
    }
    const cells = entry.split(",");
    if (cells.length === 1) bare++;
    else if (cells.length === 2) parts.push(cells as [string, string]);
    else if (isGrouped(entry)) groups++;
    else return ["two"];
  }
  if (parts.length + groups === 0) return undefined;
  if (groups > 0) return parts.every(([first, second]) => isGrouped(`${first},${second}`)) ? ["thousands"] : ["two"];

  const seconds = parts.map(([, second]) => /^\d*/.exec(second)![0]);
  const tails = parts.map(([, second], i) => second.slice(seconds[i]!.length));
  if (seconds.some((digits) => digits === "")) return ["two"];
  const zero = seconds.some((digits) => digits.length > 1 && digits.startsWith("0"));
  const short = bare > 0.1 * entries.length;
  const few = parts.length < MANY;
  const places = new Set(seconds.map((digits) => digits.length));

  if (parts.every(([first, second]) => isGrouped(`${first},${second}`))) {
    // $45,147.85: a sign before the first part only speaks for one number.
    const signed = parts.every(([first]) => !/^[-+]?\d/.test(first));
    const likely = zero || short || few || signed;
    const whole = tails.every((tail) => !tail.startsWith("."));
    return likely ? ["thousands", ...(whole ? (["decimal"] as const) : [])] : ["two", "thousands"];
  }
  if (tails.some((tail) => tail.startsWith("."))) return ["two"];
  const pointed = parts.filter(([first]) => first.includes(".")).length;
  if (pointed > 0) {
    // 1.234,56 beside 987,65: points that group thousands are not in every number. 1.5,2 is two numbers.
    const grouped = parts.every(([first]) => /^\D*\d{1,3}(\.\d{3})*$/.test(first));
    return grouped && (pointed < parts.length || zero) ? ["decimal"] : ["two"];
  }
  if (zero) return ["decimal"];
  // 5,2 % and €5,2: what stands beside every number speaks for one.
  const units = new Set(tails.map((tail) => tail.trim()));
  const behind = units.size === 1 && !units.has("");
  const before = parts.every(([first]) => !/^[-+−]?\d/.test(first));
  if (behind !== before && parts.length > 1) return ["decimal", "two"];
  if (short) return ["decimal", "two"];
  if (places.size === 1 && places.has(1)) {
    if (parts.length < FEW) return ["two", "decimal"];
    const firsts = parts.map(([first]) => first);
    if (!headed && firsts.every((first) => /^\d$/.test(first)) && !areTenths(firsts, seconds))
      return ["two", "decimal"];
    // Of ten digits, thirty last decimals show more than six.
    const dice = parts.length >= 30 && new Set(seconds).size <= 6;
    return dice ? ["two", "decimal"] : ["decimal", "two"];
  }
  // 2,25 beside 1,5: places that end where a 0 would stand.
  const dropped = places.size > 1 && !few && seconds.every((digits) => digits.length <= 2 && !digits.endsWith("0"));
  return dropped ? ["decimal", "two"] : ["two", "decimal"];
}

/**
 * Whether single digits are tenths of the single digits before them: as school marks are, in halves or thirds, or as all ten come about as often while
 * what stands before them takes fewer values. Whole numbers in two columns are the likelier else.
 */
function areTenths(firsts: string[], seconds: string[]): boolean {
  const count = (digits: string) => seconds.filter((second) => digits.includes(second)).length;
  const rounded = ["05", "037"].some(
    (digits) => count(digits) >= ROUNDED * seconds.length && count("0") < seconds.length,
  );
  if (rounded) return true;
  const [whole, tenths] = [new Set(firsts), new Set(seconds)];
  const wider = whole.size <= FEW_FIRSTS && tenths.size >= whole.size + MORE && tenths.has("0");
  return wider && evenOdds(seconds) > EVEN;
}

/** log₁₀ of how much likelier these digits are if all ten come as often than if nothing is known of how often each comes. */
function evenOdds(digits: string[]): number {
  const ln = (n: number) => Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((sum, x) => sum + x, 0);
  const each = Array.from({ length: 10 }, (_, digit) => digits.filter((other) => other === String(digit)).length);
  const unknown = ln(9) - ln(digits.length + 9) + each.reduce((sum, times) => sum + ln(times), 0);
  return (-digits.length * Math.LN10 - unknown) / Math.LN10;
}

function isGrouped(entry: string): boolean {
  return /^\D*[1-9]\d{0,2}(,\d{3})+(\D.*)?$/.test(entry);
}
