/** Logarithmic axes of charts: which values can stand on one, where its numbers stand. */
import { ticks } from "d3-array";
import type { ChartSpec } from "./chart-spec.ts";

/** A range up to this many times as high as it is low has round numbers that are evenly spaced. */
const NARROW = 8;

/** The same with its values on a logarithmic axis; as it was, with the reason, where a value has no logarithm. */
export function onLog(spec: ChartSpec, refused: string): ChartSpec {
  const { columns, kind } = spec;
  const score = kind === "score";
  const values = columns
    .slice(1, score ? 2 : undefined)
    .flat()
    .filter((value) => value !== null && Number.isFinite(value));
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (least <= 0) return { ...spec, refused };
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  // What is drawn beside the values goes as far down as they do: a floor of nothing lies infinitely deep.
  const bottom = least / 2;
  const beside = (column: number[]) => column.map((value) => (value > 0 ? value : bottom));
  const floor = (column: number[]) => column.map((value) => (value > 0 ? value : Number.NaN));
  const kept = score ? [columns[0]!, columns[1]!, floor(columns[2]!), beside(columns[3]!), columns[4]!] : columns;
  const floors = score ? kept[2]!.filter(Number.isFinite) : (spec.floor ?? []).filter((value) => value > 0);
  const range: [number, number] | undefined =
    values.length > 0 ? [Math.min(least, ...floors.slice(-1)), most] : undefined;
  const edges = spec.edges?.map(
    ([low, high]) =>
      [low.map((value) => (value === null ? value : Math.max(value, bottom))), high] as [number[], number[]],
  );
  return {
    ...spec,
    columns: kept,
    range,
    log: true,
    ...(edges && { edges }),
    ...(spec.floor && { floor: floor(spec.floor) }),
  };
}

/** Where numbers stand between the ends of a logarithmic axis. */
export function logTicks(low: number, high: number): number[] {
  if (high / low < NARROW) return ticks(low, high, 4);
  const from = Math.floor(Math.log10(low));
  const decades = Math.log10(high / low);
  const leads = decades > 2.5 ? [1] : [1, 2, 5];
  const every = Math.ceil(decades / 6);
  const count = Math.ceil((decades + 1) / every) + 1;
  const all = Array.from({ length: count }, (_, i) => leads.map((lead) => lead * 10 ** (from + i * every)));
  return all.flat().filter((value) => value >= low && value <= high);
}
