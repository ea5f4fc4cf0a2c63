/** What each key does. */
import type { Lang } from "../state/config.ts";
import type { GROUPS, KeyId } from "./table.ts";

export interface KeyWords {
  title: string;
  lead: string;
  close: string;
  single: string;
  or: string;
  space: string;
  group: Record<(typeof GROUPS)[number], string>;
  key: Record<KeyId, string>;
}

export const keyWords: Record<Lang, KeyWords> = {
  en: {
    title: "Keys",
    lead: "What they do on the page as it is now. Where you type, they are letters.",
    close: "Close",
    single: "Use single keys (Space always plays and pauses)",
    or: "or",
    space: "Space",
    group: { learn: "Learning", look: "The picture", page: "The page" },
    key: {
      play: "Play or pause",
      step: "One step",
      slow: "Slow motion, or end it",
      deed: "In slow motion: back, on",
      back: "Back in time, to the state kept before",
      slower: "Slower",
      faster: "Faster",
      probe: "Probe a point, or stop",
      beside: "Another model beside",
      all: "One model of each family",
      one: "One model alone",
      experiment: "Experiment",
      take: "Save and share",
      film: "Film the run, or stop and save",
      closer: "Closer",
      farther: "Farther",
      whole: "All of it",
      move: "Look to a side",
      full: "Full screen, and back",
      theme: "Dark or light",
      list: "This list",
    },
  },
  zh: {
    title: "快捷键",
    lead: "在当前页面上的作用。在输入文字的地方，它们只是字母。",
    close: "关闭",
    single: "启用单键快捷键（空格键始终可以播放和暂停）",
    or: "或",
    space: "空格",
    group: { learn: "学习", look: "图", page: "页面" },
    key: {
      play: "播放或暂停",
      step: "走一步",
      slow: "打开或结束慢动作",
      deed: "慢动作中：上一步，下一步",
      back: "回到过去：上一个保存的状态",
      slower: "慢一些",
      faster: "快一些",
      probe: "打开或收起探针",
      beside: "旁边再放一个模型",
      all: "每族一个模型",
      one: "只看一个模型",
      experiment: "实验",
      take: "保存与分享",
      film: "录制影片，或停止并保存",
      closer: "放大",
      farther: "缩小",
      whole: "看全部",
      move: "往旁边看",
      full: "全屏，再按退出",
      theme: "深色或浅色",
      list: "打开这张表",
    },
  },
};
