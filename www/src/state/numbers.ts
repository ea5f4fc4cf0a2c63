/** Numbers as attributes say them. */

export interface Range {
  min: number;
  max: number;
}

export function numberIn({ min, max }: Range): (text: string) => number | undefined {
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    return value >= min && value <= max ? value : undefined;
  };
}

export function wholeIn(range: Range): (text: string) => number | undefined {
  return (text) => {
    const value = numberIn(range)(text);
    return Number.isInteger(value) ? value : undefined;
  };
}

/** Every `step`-th value of a range, its ends among them; `1 / step` is whole. */
export function stepsOf({ min, max }: Range, step: number): number[] {
  const parts = Math.round(1 / step);
  return Array.from({ length: Math.round((max - min) * parts) + 1 }, (_, i) => (Math.round(min * parts) + i) / parts);
}

/** Parted by blanks or commas. */
export function listOf(text: string): number[] {
  return text
    .trim()
    .split(/[\s,;]+/)
    .map(Number);
}
