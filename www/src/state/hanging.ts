/**
 * A score that hangs on one value. Where one of n held-out terms outweighs all others, the mean of them is that term over n, and so is the
 * standard error: an error of many nats that is as large as the score itself says so.
 */
import type { Diagnosis, Metric } from "../engine/types.ts";

const LEAST_NATS = 1;
const SHARE = 0.5;

export function hanging(metrics: readonly Metric[]): Diagnosis[] {
  const nll = metrics.find(({ id }) => id === "nll");
  if (!nll || !(nll.stderr > Math.max(LEAST_NATS, SHARE * Math.abs(nll.value)))) return [];
  const en =
    "This −log P hangs on one or two held-out values: they lie so far from where the model expects any that they outweigh all the others.";
  const zh = "这个 −log P 几乎全由一两个留出的值决定：它们离模型预料的地方太远，压过了其余所有的值。";
  return [{ code: "one_value_decides", setting: "", sentence: { en, zh } }];
}
