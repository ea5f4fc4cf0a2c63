/** What `<dgm-unusual>` says. */
import type { Words } from "./figure.ts";

interface Text {
  name: string;
  students: string;
  density: string;
  energy: string;
  rarer: (score: string, percent: string) => string;
  learning: (step: number, of: number) => string;
  learned: (step: number) => string;
  score: string;
  temperature: string;
  again: string;
  again_help: string;
}

export const words: Words<Text> = {
  en: {
    name: "Exam scores, the energy that is learned from them, and how unusual one score is",
    students: "1000 students; in strong colour: rarer than this score",
    density: "learned density",
    energy: "energy E/T",
    rarer: (score, percent) => `How unusual is ${score}? ${percent}% of the students have a rarer score.`,
    learning: (step, of) => `learning, step ${step} of ${of}`,
    learned: (step) => `learned in ${step} steps`,
    score: "score",
    temperature: "temperature T",
    again: "learn again",
    again_help: "Forgets what it learned and begins anew.",
  },
  zh: {
    name: "考试成绩、从中学到的能量，以及一个分数有多不寻常",
    students: "1000 名学生；颜色浓的：比这个分数更少见",
    density: "学到的密度",
    energy: "能量 E/T",
    rarer: (score, percent) => `${score} 分有多不寻常？${percent}% 的学生，分数比它更少见。`,
    learning: (step, of) => `正在学习，第 ${step} 步，共 ${of} 步`,
    learned: (step) => `学了 ${step} 步`,
    score: "分数",
    temperature: "温度 T",
    again: "重新学习",
    again_help: "忘掉学到的，从头开始。",
  },
};
