/** Words of the way from latents to data. */
import type { Path } from "../engine/types.ts";
import type { Lang } from "../state/config.ts";

interface Words {
  title(stops: Path["stops"]): string;
  play: string;
  value(stops: Path["stops"], at: number): string;
}

const timed = (stops: Path["stops"]) => stops[0]?.at === "time";

/** The name of a stop: a time, or how many of the layers have been gone through. */
const value =
  (noise: string, data: string, layers: (at: number, all: number) => string): Words["value"] =>
  (stops, at) => {
    const stop = stops[at];
    const last = stops.length - 1;
    if (stop?.at === "time") return `t = ${stop.t.toFixed(2)}`;
    return at === 0 ? noise : at === last ? data : layers(at, last);
  };

export const alongWords: Record<Lang, Words> = {
  en: {
    title: (stops) => (timed(stops) ? "From noise to data" : "Through the layers"),
    play: "Play the way from noise to data",
    value: value("Gaussian", "all layers: data", (at, all) => `${at} of ${all} layers`),
  },
  zh: {
    title: (stops) => (timed(stops) ? "从噪声到数据" : "逐层变换"),
    play: "播放从噪声到数据的过程",
    value: value("高斯噪声", "全部层：数据", (at, all) => `${all} 层中的 ${at} 层`),
  },
};
