/** What `<dgm-bumps>` says. */
import type { Words } from "./figure.ts";

export type Direction = "forward" | "reverse" | "both";
type Way = Exclude<Direction, "both">;

interface Text {
  name: string;
  outcome: (way: Way, mean: string, width: string) => string;
  directions: string;
  direction: Record<Direction, string>;
  help: Record<Direction, string>;
  tell: Record<Direction | "near" | "valleys", string>;
  p: string;
  q: Record<Way, string>;
  row: Record<Way, string>;
  fit: string;
  mean: string;
  width: string;
  gap: string;
  share: string;
}

export const words: Words<Text> = {
  en: {
    name: "One Gaussian fitted to two bumps by either direction of the divergence",
    outcome: (way, mean, width) => `${way === "forward" ? "Forward" : "Reverse"}: centre ${mean}, width ${width}.`,
    directions: "What is made small",
    direction: { forward: "forward", reverse: "reverse", both: "both" },
    help: { forward: "Least KL(P‖Q)", reverse: "Least KL(Q‖P)", both: "Both fits together" },
    tell: {
      forward: "Q pays wherever P is and Q is not. So it covers both bumps, and the valley between them too.",
      reverse: "Q pays wherever it is and P is not. So it keeps to one bump and leaves the other out.",
      both: "Forward covers, reverse seeks. Each is best by its own measure and poor by the other.",
      near: "The bumps are so close that one Gaussian over both is best by either measure. Pull them apart.",
      valleys: " Small steps may also end where the dashed curves are.",
    },
    p: "P, two bumps",
    q: { forward: "Q, least KL(P‖Q)", reverse: "Q, least KL(Q‖P)" },
    row: { forward: "forward", reverse: "reverse" },
    fit: "fit",
    mean: "centre",
    width: "width",
    gap: "distance",
    share: "weight of the left",
  },
  zh: {
    name: "用散度的两个方向，把一个高斯拟合到两个峰上",
    outcome: (way, mean, width) => `${way === "forward" ? "正向" : "反向"}：中心 ${mean}，宽度 ${width}。`,
    directions: "要降到最低的是",
    direction: { forward: "正向", reverse: "反向", both: "两者" },
    help: { forward: "让 KL(P‖Q) 最小", reverse: "让 KL(Q‖P) 最小", both: "两种拟合一起看" },
    tell: {
      forward: "P 有而 Q 没有的地方，Q 都要受罚。所以它把两个峰都盖住，连中间的低谷也盖住。",
      reverse: "Q 有而 P 没有的地方，Q 都要受罚。所以它守住一个峰，放弃另一个。",
      both: "正向求全，反向求准。各自用自己的尺子量最好，换一把尺子就差了。",
      near: "两个峰离得太近，不管用哪个方向，一个高斯盖住两个峰都是最好的。把它们拉开看看。",
      valleys: "一小步一小步地找，也可能停在虚线处。",
    },
    p: "P：两个峰",
    q: { forward: "Q：KL(P‖Q) 最小", reverse: "Q：KL(Q‖P) 最小" },
    row: { forward: "正向", reverse: "反向" },
    fit: "拟合",
    mean: "中心",
    width: "宽度",
    gap: "两峰距离",
    share: "左峰权重",
  },
};
