/** What a chart is told to show. */
import type { Lang } from "../state/config.ts";

export interface ChartSpec {
  labels: string[];
  /** Steps first, then one column a label. Of a score: the value, its floor, and the lower and the upper edge of its error. */
  columns: number[][];
  kind: "lines" | "score";
  /** Of the lines, where they are not those of one model. A line may have gaps then: the value before holds. */
  colours?: readonly string[];
  /** Of each line the lower and the upper edge of its error, with gaps where the line has some. */
  edges?: readonly [low: number[], high: number[]][];
  /** What a perfect model would reach. */
  floor?: number[];
  /** Whether values, and what they are drawn over, are on logarithmic axes; and why values are not, though it was asked for. */
  log?: boolean;
  along?: boolean;
  refused?: string;
  /** Drawn over seconds, which have parts. */
  seconds?: boolean;
  /** What to show of the values; all of them where it is open. */
  range: [number, number] | undefined;
  /** The step that is stood at, where it is not the last. */
  at?: number | undefined;
  dark: boolean;
  /** Of the numbers along its axes. */
  lang: Lang;
  /** What the steps are called in the readout. */
  step: string;
  /** Says that values lie outside of what is shown. */
  beyond(value: string): string;
}
