/** Words about taking results away. Fetched with what they are about. */
import type { BadSession } from "./session-file.ts";

export interface Words {
  title: string;
  line: string;
  close: string;
  group: Record<"link" | "picture" | "numbers" | "model" | "session", string>;
  link: string;
  link_help: string;
  copied: string;
  not_copied: string;
  too_long: (length: string, most: string) => string;
  png: string;
  svg: string;
  film: string;
  film_stop: string;
  film_help: string;
  no_film: string;
  history: string;
  scores: string;
  json: string;
  samples: string;
  npy: string;
  numbers_help: string;
  weights: string;
  python: string;
  weights_help: string;
  bibtex: string;
  save: string;
  open: string;
  session_help: string;
  opened: (step: string) => string;
  working: string;
  saved: (name: string) => string;
  bad: Record<BadSession, string>;
  legend: Record<"data" | "samples" | "walkers" | "truth" | "learned" | "low" | "high" | "fake" | "real", string>;
}

const en: Words = {
  title: "Save and share",
  line: "Everything is made here, in your browser. Nothing is sent.",
  close: "Close",
  group: { link: "A link", picture: "The picture", numbers: "Numbers", model: "The model", session: "The whole run" },
  link: "Copy the link",
  link_help: "Opens these settings with your mixture or your own data, and learns the same way from step 0.",
  copied: "The link is copied.",
  not_copied: "The browser did not let it be copied. Here it is:",
  too_long: (length, most) =>
    `With your data the link would have ${length} letters; many programs cut it off at ${most}. Save the run as a file instead: the data are in it.`,
  png: "PNG",
  svg: "SVG",
  film: "Record a film",
  film_stop: "Stop and save",
  film_help:
    "The picture with axes, legend and caption: as pixels at twice the size, as a drawing, or as a WebM film while it learns.",
  no_film: "This browser cannot record films.",
  history: "History, CSV",
  scores: "Scores, CSV",
  json: "Both, JSON",
  samples: "1000 samples, CSV",
  npy: "1000 samples, NPY",
  numbers_help:
    "Losses and scores of every logged step, with errors, floors and settings. Samples are in the units of the data.",
  weights: "Weights, safetensors",
  python: "dgm_torch.py",
  weights_help:
    "The script builds this model again in PyTorch from the weights and gives the same log P. The papers come as BibTeX.",
  bibtex: "BibTeX",
  save: "Save the run",
  open: "Open a saved run …",
  session_help:
    "Settings, weights, optimiser, history and data in one file. Drop it on the page and the run goes on where it stood.",
  opened: (step) => `The saved run is open, at step ${step}.`,
  working: "Working …",
  saved: (name) => `Saved as ${name}.`,
  bad: {
    session_other: "This file is no saved run of the playground. Nothing was changed.",
    session_newer:
      "This run was saved by another version of the playground and cannot be opened here. Nothing was changed.",
    session_cut: "The end of this file is missing: save or copy it again. Nothing was changed.",
    session_changed: "This file was changed after it was saved, so it is not opened. Nothing was changed here.",
  },
  legend: {
    data: "data",
    samples: "samples",
    walkers: "walkers",
    truth: "true density",
    learned: "learned density",
    low: "low",
    high: "high",
    fake: "generated",
    real: "data",
  },
};

const zh: Words = {
  title: "保存与分享",
  line: "一切都在你的浏览器里生成，不会上传任何东西。",
  close: "关闭",
  group: { link: "链接", picture: "图", numbers: "数据", model: "模型", session: "整次运行" },
  link: "复制链接",
  link_help: "打开后是同样的设置，连同你的混合分布或自己的数据，从第 0 步起学得一模一样。",
  copied: "链接已复制。",
  not_copied: "浏览器不允许复制，链接在这里：",
  too_long: (length, most) =>
    `加上你的数据，链接会有 ${length} 个字符，而许多程序到 ${most} 个就会截断。请改为把这次运行存成文件，数据就在里面。`,
  png: "PNG",
  svg: "SVG",
  film: "录制影片",
  film_stop: "停止并保存",
  film_help: "带坐标轴、图例和说明的图：两倍大小的像素图、矢量图，或学习过程的 WebM 影片。",
  no_film: "这个浏览器不能录制影片。",
  history: "历史（CSV）",
  scores: "评分（CSV）",
  json: "两者（JSON）",
  samples: "1000 个样本（CSV）",
  npy: "1000 个样本（NPY）",
  numbers_help: "每个记录步的损失和评分，附误差、最佳可能值和全部设置。样本用数据的单位。",
  weights: "权重（safetensors）",
  python: "dgm_torch.py",
  weights_help: "脚本用这些权重在 PyTorch 里重建同一个模型，给出同样的 log P。论文出处以 BibTeX 给出。",
  bibtex: "BibTeX",
  save: "保存这次运行",
  open: "打开保存的运行……",
  session_help: "设置、权重、优化器、历史和数据都在一个文件里。把它拖到页面上，就从停下的地方继续。",
  opened: (step) => `已打开保存的运行，停在第 ${step} 步。`,
  working: "正在生成……",
  saved: (name) => `已保存为 ${name}。`,
  bad: {
    session_other: "这不是本页面保存的运行文件。什么都没有改动。",
    session_newer: "这个文件是另一个版本的页面保存的，这里打不开。什么都没有改动。",
    session_cut: "这个文件缺了结尾：请重新保存或复制。什么都没有改动。",
    session_changed: "这个文件保存之后被改过，所以没有打开。这里什么都没有改动。",
  },
  legend: {
    data: "数据",
    samples: "样本",
    walkers: "粒子",
    truth: "真实密度",
    learned: "学到的密度",
    low: "低",
    high: "高",
    fake: "生成",
    real: "数据",
  },
};

export const takeWords: Record<"en" | "zh", Words> = { en, zh };
