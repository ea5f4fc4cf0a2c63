/** Words of experiments. */
import type { Lang } from "../state/config.ts";

const en = {
  title: "Experiment",
  lead: "Every model on every data set, with every value of a setting and every seed. Each run is kept: after a stop or a reload only what is missing is run.",
  models: "Models",
  data: "Data",
  setting: "Setting",
  none: "none",
  values: "Values",
  values_help: "Numbers or options, between commas.",
  seeds: "Seeds",
  steps: "Steps",
  runs: (runs: number) => (runs === 1 ? "1 run" : `${runs.toLocaleString("en")} runs`),
  run: "Run",
  stop: "Stop",
  anew: "Run all anew",
  close: "Close",
  score: "Score",
  done: (done: number, total: number, left: string) => `${done} of ${total} done${left ? `, about ${left} left` : ""}`,
  minutes: (seconds: number) =>
    seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`,
  table: ["Model", "Data", "Settings", "Median", "Least", "Most", "Runs"],
  failed: (n: number) => `${n} failed`,
  csv: "Save as CSV",
  json: "Save the experiment",
  open: "Open an experiment or its table",
  opened: (rows: number, program: string) =>
    `${rows.toLocaleString("en")} ${rows === 1 ? "run" : "runs"}, from a table that version ${program} wrote.`,
  more: (lines: number) => `${lines.toLocaleString("en")} more; the file has them all.`,
  unreadable:
    "This file is no experiment: it must be JSON, as “Save the experiment” writes it, or a table that the command dgm wrote.",
  empty: "Results come here, one row for each model, data set and value, as the runs finish.",
  said: (what: string, median: string, low: string, high: string, runs: number) =>
    runs === 1 ? `${what}: ${median}` : `${what}: ${median}, ${low} to ${high} over ${runs} runs`,
  picture: (score: string, setting: string) => `${score} against ${setting}: median, least and most over the seeds`,
};

const zh: typeof en = {
  title: "实验",
  lead: "每个模型、每个数据集、设置的每个取值、每个随机种子都跑一遍。跑完的都留着：停下或重新打开页面之后，只跑还缺的。",
  models: "模型",
  data: "数据",
  setting: "设置",
  none: "无",
  values: "取值",
  values_help: "数字或选项，用逗号隔开。",
  seeds: "种子数",
  steps: "步数",
  runs: (runs) => `共 ${runs.toLocaleString("en")} 次`,
  run: "开始",
  stop: "停下",
  anew: "全部重跑",
  close: "关闭",
  score: "得分",
  done: (done, total, left) => `已完成 ${done} / ${total}${left ? `，大约还要 ${left}` : ""}`,
  minutes: (seconds) => (seconds < 90 ? `${Math.max(1, Math.round(seconds))} 秒` : `${Math.round(seconds / 60)} 分钟`),
  table: ["模型", "数据", "设置", "中位数", "最小", "最大", "次数"],
  failed: (n) => `${n} 次失败`,
  csv: "存成 CSV",
  json: "保存实验",
  open: "打开实验或它的表格",
  opened: (rows, program) => `共 ${rows.toLocaleString("en")} 次，来自版本 ${program} 写的表格。`,
  more: (lines) => `另有 ${lines.toLocaleString("en")} 行，文件里都有。`,
  unreadable: "这个文件不是实验：要用“保存实验”写出的 JSON，或者 dgm 命令写的表格。",
  empty: "结果会在这里：每个模型、数据集和取值一行，跑完一次更新一次。",
  said: (what, median, low, high, runs) =>
    runs === 1 ? `${what}：${median}` : `${what}：${median}，${runs} 次在 ${low} 到 ${high} 之间`,
  picture: (score, setting) => `${score} 随 ${setting}：各种子的中位数、最小和最大`,
};

export type Words = typeof en;

export const wordsIn = (lang: Lang): Words => (lang === "zh" ? zh : en);
