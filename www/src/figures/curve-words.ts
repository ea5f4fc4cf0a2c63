/** What `<dgm-curve>` says. */
import type { Words } from "./figure.ts";

interface Text {
  name: string;
  outcome: (z: string) => string;
  draw: string;
  positive: string;
  one: string;
  area: string;
  tell: string;
  temperature: string;
  raise: string;
  lower: string;
  shift_help: string;
  again: string;
  again_help: string;
  handle: (x: string) => string;
}

export const words: Words<Text> = {
  en: {
    name: "Any curve f made a density: exp, then divided by Z",
    outcome: (z) => `Z is ${z}; divided by it, the area is one.`,
    draw: "draw here",
    positive: "never negative",
    one: "adds up to 1",
    area: "area",
    tell: "Raise the whole curve: Z grows, and the density stays as it is. Warm it: what was rare comes closer to what was common.",
    temperature: "temperature T",
    raise: "raise all",
    lower: "lower all",
    shift_help: "Moves the whole curve by half a unit.",
    again: "start again",
    again_help: "Brings the first curve back.",
    handle: (x) => `f at ${x}`,
  },
  zh: {
    name: "任意一条曲线 f 变成密度：先取 exp，再除以 Z",
    outcome: (z) => `Z 是 ${z}，除以它以后，面积就是一。`,
    draw: "在这里画",
    positive: "绝不为负",
    one: "总共是 1",
    area: "面积",
    tell: "把整条曲线抬高：Z 变大，密度却不变。把温度调高：罕见的和常见的就更接近。",
    temperature: "温度 T",
    raise: "整体抬高",
    lower: "整体降低",
    shift_help: "整条曲线移动半个单位。",
    again: "重新开始",
    again_help: "回到最初的曲线。",
    handle: (x) => `${x} 处的 f`,
  },
};
