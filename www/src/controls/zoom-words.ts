/** Words of what looks closer. */
import type { Lang } from "../state/config.ts";

interface Words {
  title: string;
  in: string;
  out: string;
  whole: string;
  full: string;
  times(value: number): string;
}

const times = (value: number) => `${Number(value.toPrecision(2))}×`;

export const zoomWords: Record<Lang, Words> = {
  en: {
    title: "Magnification",
    in: "Closer (+)",
    out: "Farther (−)",
    whole: "All of it (0)",
    full: "Full screen (F)",
    times,
  },
  zh: {
    title: "放大倍数",
    in: "放大（+）",
    out: "缩小（−）",
    whole: "看全部（0）",
    full: "全屏（F）",
    times,
  },
};
