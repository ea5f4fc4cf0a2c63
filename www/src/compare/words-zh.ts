/** Words of models side by side, in Chinese. */
import type { Words } from "./words-en.ts";

const zh: Words = {
  intro: [
    "这里每个模型学的都是蓝色的点：来自一个谁也没告诉它的 P_data 的样本。",
    "它的密度 P_phi 处处不能为负，加起来要等于一；这个总和 Z 是难处，每一族都是绕过它的一条路。",
    "KL 用 nat 量出两者还差多少；完美的模型得 0。",
  ],
  together: "齐步按",
  pace: { steps: "步数", seconds: "训练时间" },
  pace_help: {
    steps: "大家走一样多步，最慢的定快慢。",
    seconds: "大家训练一样久，快的多走几步。",
  },
  add: "加一个模型",
  add_help: "同样的数据，换一族来学。",
  full: "最多六个。",
  one: "只看一个",
  one_help: "回到一个模型，带上它全部的图和设置。",
  open: (name) => `单独细看 ${name}`,
  settings: (name) => `${name} 的设置`,
  clone: (name) => `复制 ${name}，连同它学到的`,
  left: (name) => `把 ${name} 往前移`,
  right: (name) => `把 ${name} 往后移`,
  remove: (name) => `去掉 ${name}`,
  model: "这一格的模型",
  step_at: (step) => `第 ${step} 步`,
  differs: "各格不同",
  changed: "不是默认值",
  table: "得分对照",
  score: "得分",
  perfect: "完美",
  cost: "一步要",
  seconds: "已训练",
  steps: "步数",
  ahead: "领先，且超出误差",
  ahead_help:
    "粗体：比其他各格都更接近完美得分，而且差距大于差值标准误的两倍。差得不到这么多，或者隔着一个界，就算不分先后。",
  bound: "界",
  all_scores: "全部得分",
  few_scores: "只看主要得分",
  none_yet: "训练几秒之后就有得分。",
  curve: "得分，横轴为",
  axis: { steps: "步数", seconds: "训练秒数" },
  nth: (name, n) => (n > 1 ? `${name}（${n}）` : name),
};

export default zh;
