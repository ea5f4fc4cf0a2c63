/** Words of going back and forth in a run. */
import type { Lang } from "../state/config.ts";

interface Words {
  title: string;
  help: string;
  value(at: string, last: string): string;
  /** Of the half of a step that is next. */
  half: Record<"discriminator" | "generator", string>;
  half_help: string;
}

export const timeWords: Record<Lang, Words> = {
  en: {
    title: "Back in time",
    help: "Shows the model as it was at an earlier step. What came later stays until you press play.",
    value: (at, last) => `step ${at} of ${last}`,
    half: { discriminator: "Half a step: the discriminator learns", generator: "Half a step: the generator learns" },
    half_help: "The two players learn in turn; two halves make a step.",
  },
  zh: {
    title: "回到过去",
    help: "看模型在较早一步时的样子。之后的内容一直保留，直到按下播放。",
    value: (at, last) => `第 ${at} 步，共 ${last} 步`,
    half: { discriminator: "半步：判别器学习", generator: "半步：生成器学习" },
    half_help: "两个网络轮流学习，两个半步合成一步。",
  },
};
