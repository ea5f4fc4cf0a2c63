/** Words of what is conditioned on a part. Fetched with it. */
import type { Fill, Slice } from "../engine/types.ts";
import type { Lang } from "../state/config.ts";
import type { Half } from "./shared.ts";

const en = {
  handle: (given: string) => `The slice: arrow keys move ${given}`,
  title: (of: string, given: string, at: string) => `${of} given ${given} = ${at}`,
  curves: (of: string, given: string) => `Density of ${of} given ${given}: of the model, and of the data, dashed`,
  which: "Slice",
  option: (of: string, given: string) => `${of} given ${given}`,
  model: "model",
  truth: "data, exactly",
  slice: {
    exact: "Exact: a factor of the chain.",
    quadrature: "Exact up to a sum: the joint density over its total along the line.",
    bound: "Approximate: from a lower bound on the joint density.",
    none: "This family has no density, so no conditional either.",
  } satisfies Record<Slice["kind"], string>,
  kl: "KL from the data’s curve to the model’s, here",
  nats: "nats",
  nothing: "No data lie on this line.",
  waiting: "Asking the model…",
  missing: "The missing half, filled in",
  hide: "Hide",
  half: {
    lower: "lower half",
    upper: "upper half",
    left: "left half",
    right: "right half",
  } satisfies Record<Half, string>,
  another: "Another digit",
  again: "Draw again",
  kept: "kept back from learning",
  hidden: "what is left",
  filled: (n: number) => `filled in, ${n} draws`,
  way: {
    chain: "Exact: the model draws the missing pixels in its own order.",
    importance: "Approximate: many proposals, of which these were chosen by their weights.",
    gibbs: "Approximate: one missing pixel after another is drawn given all others, many times over.",
    replacement: "Approximate: on the way from noise the known pixels are put back at every time (RePaint).",
  } satisfies Record<Fill["way"], string>,
  effective: (n: string) => `They count as ${n} equally good ones.`,
  half_costs: (nats: string) => `The true half has −log P = ${nats} nats, given the rest.`,
  likelier: (count: number, of: number) => `The model finds ${count} of ${of} at least as likely as the true half.`,
  /** How much likelier than the true one, under each. */
  above: "nats above the true half",
  cannot: "This model cannot fill in what is missing.",
};

export type PartWords = typeof en;

const zh: PartWords = {
  handle: (given) => `切片：方向键移动 ${given}`,
  title: (of, given, at) => `给定 ${given} = ${at} 时的 ${of}`,
  curves: (of, given) => `给定 ${given} 时 ${of} 的密度：实线是模型，虚线是数据`,
  which: "切片",
  option: (of, given) => `给定 ${given} 看 ${of}`,
  model: "模型",
  truth: "数据的精确值",
  slice: {
    exact: "精确：就是链式法则里的一个因子。",
    quadrature: "除求和外精确：联合密度除以它在这条线上的总和。",
    bound: "近似：由联合密度的下界得来。",
    none: "这一族没有密度，也就没有条件密度。",
  },
  kl: "这里从数据曲线到模型曲线的 KL",
  nats: "纳特",
  nothing: "这条线上没有数据。",
  waiting: "正在问模型……",
  missing: "补全缺少的一半",
  hide: "遮住",
  half: { lower: "下半", upper: "上半", left: "左半", right: "右半" },
  another: "换一个数字",
  again: "重抽",
  kept: "没有学过的图",
  hidden: "留下的部分",
  filled: (n) => `补全，抽 ${n} 次`,
  way: {
    chain: "精确：模型按自己的顺序抽出缺少的像素。",
    importance: "近似：先提出许多候选，再按权重选出这几个。",
    gibbs: "近似：在其余像素给定时逐个重抽缺少的像素，反复多遍。",
    replacement: "近似：从噪声走来的每一步，都把已知像素放回去（RePaint）。",
  },
  effective: (n) => `这些候选只抵得上 ${n} 个同样好的。`,
  half_costs: (nats) => `真正的另一半，在其余给定时 −log P = ${nats} 纳特。`,
  likelier: (count, of) => `模型认为，${of} 个里有 ${count} 个不比真正的另一半更少见。`,
  above: "比真正的另一半高多少纳特",
  cannot: "这个模型补不出缺少的部分。",
};

export const partWords: Record<Lang, PartWords> = { en, zh };
