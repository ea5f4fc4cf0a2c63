/** What `<dgm-bars>` says. */
import type { Words } from "./figure.ts";

interface Text {
  name: string;
  outcome: (kl: string) => string;
  p: string;
  q: string;
  nats: string;
  colon: string;
  term: string;
  absolute: string;
  presets: string;
  missed: string;
  exaggerated: string;
  equal: string;
  excluded: string;
}

export const words: Words<Text> = {
  en: {
    name: "Bars of P and Q, and what each outcome adds to the divergence between them",
    outcome: (kl) => `The divergence of P from Q is ${kl === "∞" ? "infinite" : `${kl} nats`}.`,
    p: "P, what happens",
    q: "Q, what the model says",
    nats: "nats",
    colon: ": ",
    term: "P ln(P/Q)",
    absolute: ", plain differences",
    presets: "Examples",
    missed: "What happens often, the model hardly expects.",
    exaggerated: "What hardly happens, the model expects often.",
    equal: "The model says what happens.",
    excluded: "The model rules out what does happen.",
  },
  zh: {
    name: "P 与 Q 的柱形，以及每种结果给散度添了多少",
    outcome: (kl) => `P 对 Q 的散度是${kl === "∞" ? "无穷大" : ` ${kl} 纳特`}。`,
    p: "P：真实发生的",
    q: "Q：模型认为的",
    nats: "纳特",
    colon: "：",
    term: "P ln(P/Q)",
    absolute: "，直接相减",
    presets: "例子",
    missed: "常常发生的事，模型却以为少见。",
    exaggerated: "很少发生的事，模型却以为常见。",
    equal: "模型说的正是真实发生的。",
    excluded: "会发生的事，模型却说绝不可能。",
  },
};
