/** Words around the charts. */
import type { Lang } from "../state/config.ts";
import type { Over } from "./chart-view.ts";

interface Words {
  log: string;
  log_help: string;
  over: string;
  axis: Record<Over, string>;
  axis_log: Record<Over, string>;
  score: string;
  /** Why an axis is not logarithmic though it was asked for. */
  refused: string;
}

export const chartWords: Record<Lang, Words> = {
  en: {
    log: "log",
    log_help: "Values on a logarithmic axis: equal distances are equal factors.",
    over: "Drawn over",
    axis: { steps: "steps", seconds: "seconds" },
    axis_log: { steps: "steps, log", seconds: "seconds, log" },
    score: "Score that is drawn",
    refused: "Not on a log axis: some values are zero or less.",
  },
  zh: {
    log: "对数",
    log_help: "数值用对数轴：距离相等，倍数就相等。",
    over: "横轴",
    axis: { steps: "步数", seconds: "秒" },
    axis_log: { steps: "步数（对数）", seconds: "秒（对数）" },
    score: "画哪个分数",
    refused: "不能用对数轴：有的值是零或负数。",
  },
};
