/** What `<dgm-grid>` says. */
import type { Words } from "./figure.ts";

type Against = "laptop" | "disks" | "age" | "atoms";

interface Text {
  name: string;
  outcome: (dim: string, cells: string, verdict: string) => string;
  cells: string;
  bytes: string;
  time: (speed: string) => string;
  dim: string;
  points: string;
  known: Record<number, string>;
  against: Record<Against, string>;
  verdict: Record<Against | "held", string>;
}

export const words: Words<Text> = {
  en: {
    name: "What it takes to add Z up on a grid, against the number of dimensions",
    outcome: (dim, cells, verdict) => `${dim} dimensions, ${cells} cells. ${verdict}`,
    cells: "cells",
    bytes: "memory, 4 bytes a cell",
    time: (speed) => `time, ${speed} cells a second`,
    dim: "dimensions d",
    points: "points on each axis",
    known: { 1: "a line", 2: "the plane", 64: "8 × 8 pixels", 784: "28 × 28 pixels" },
    against: {
      laptop: "a laptop's memory",
      disks: "all disks on Earth",
      age: "age of the universe",
      atoms: "atoms in the universe",
    },
    verdict: {
      held: "A laptop can hold this grid and add it up.",
      laptop: "Too large for a laptop's memory.",
      disks: "All disks on Earth together cannot hold it.",
      age: "Adding it up takes longer than the universe has existed.",
      atoms: "More cells than atoms in the universe that we can see.",
    },
  },
  zh: {
    name: "维数不同，在网格上求和算出 Z 要付出什么",
    outcome: (dim, cells, verdict) => `${dim} 维，格子数 ${cells}。${verdict}`,
    cells: "格子数",
    bytes: "内存，每格 4 字节",
    time: (speed) => `时间，每秒${speed}格`,
    dim: "维数 d",
    points: "每个轴上的点数",
    known: { 1: "一条直线", 2: "平面", 64: "8 × 8 像素", 784: "28 × 28 像素" },
    against: {
      laptop: "一台笔记本的内存",
      disks: "全世界的硬盘",
      age: "宇宙的年龄",
      atoms: "宇宙中的原子数",
    },
    verdict: {
      held: "一台笔记本装得下这个网格，也加得完。",
      laptop: "一台笔记本的内存装不下了。",
      disks: "全世界的硬盘加起来也装不下。",
      age: "要把它加完，比宇宙存在的时间还长。",
      atoms: "格子比可见宇宙中的原子还多。",
    },
  },
};
