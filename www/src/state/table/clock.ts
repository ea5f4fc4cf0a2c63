/** Times of day and how long things took, 12:30, 1:02:15 or 1:23.45, and days as whole numbers, 20240105, as numbers. */

const CLOCK = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d(?:[.,]\d+)?)|([.,]\d+))?(?: ?([ap])\.?m\.?)?$/i;
/** Hours of a day. */
const DAY = 24;

/** A time in its own two or three parts. */
export interface Clock {
  parts: number[];
  /** 1:23.45 has minutes and seconds. */
  fine: boolean;
}

export function readClock(cell: string): Clock | undefined {
  if (cell.length < 4 || cell.length > 16) return undefined;
  const found = CLOCK.exec(cell);
  if (!found) return undefined;
  const [, first, second, third, fraction, half] = found;
  let hours = Number(first);
  if (half) {
    if (hours > 12 || fraction) return undefined;
    hours = (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  const rest = fraction ? [Number(second! + fraction.replace(",", "."))] : [Number(second)];
  if (third) rest.push(Number(third.replace(",", ".")));
  return { parts: [hours, ...rest], fine: fraction !== undefined };
}

/** The times of a column in one unit: seconds where any has them or begins with more than a day has hours, else minutes. */
export function inOneUnit(
  clocks: (Clock | undefined)[],
  heading: string,
): { unit: "min" | "s"; of: (clock: Clock) => number } {
  const seconds = clocks.some((clock) => clock && (clock.fine || clock.parts.length > 2 || clock.parts[0]! >= DAY));
  // Beside 1:02:15, 59:30 has minutes and seconds; beside 12:30:00, 12:45 has hours.
  const short = clocks.some((clock) => clock && (clock.fine || (clock.parts.length === 2 && clock.parts[0]! >= DAY)));
  const minutes = short || /mm?:ss|min:s|分:秒/i.test(heading);
  const sixty = ([first = 0, second = 0, third]: number[]) =>
    third === undefined ? 60 * first + second : 3600 * first + 60 * second + third;
  if (!seconds && !minutes) return { unit: "min", of: ({ parts }) => sixty(parts) };
  return { unit: "s", of: ({ parts }) => (parts.length === 2 && !minutes ? 60 : 1) * sixty(parts) };
}

const MILLISECONDS = 86_400_000;
/** Fewer whole numbers may be days by chance. */
const FEWEST = 3;

/** Whether whole numbers of eight digits are all days, yyyymmdd, of some four hundred years. */
export function areDays(values: Float64Array): boolean {
  let days = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (dayOf(value) === undefined) return false;
    days++;
  }
  return days >= FEWEST;
}

/** Days since 1970 of 20240105; undefined where the number is no day. */
export function dayOf(value: number): number | undefined {
  if (!Number.isInteger(value) || value < 1800_00_00 || value > 2200_00_00) return undefined;
  const [year, month, day] = [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100];
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() / MILLISECONDS : undefined;
}
