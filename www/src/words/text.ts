/** What the page of texts says. */
import type { Lang } from "../state/config.ts";

export interface Said {
  title: string;
  lab: string;
  lesson: string;
  text: string;
  own: string;
  own_help: string;
  learn_own: string;
  model: string;
  play: string;
  pause: string;
  step: string;
  reset: string;
  opening: string;
  state: (step: number, characters: string, kinds: string) => string;
  bits: string;
  bits_help: string;
  unit: string;
  ngram: (order: number) => string;
  passage: string;
  passage_help: string;
  earlier: string;
  later: string;
  surprise: string;
  attention: string;
  colour: string;
  few: string;
  many: string;
  next: string;
  next_help: (before: string) => string;
  entropy: (bits: string, choices: string) => string;
  any_other: string;
  names: Record<string, string>;
  write: string;
  write_help: string;
  prompt: string;
  go: string;
  stop: string;
  temperature: string;
  top_k: string;
  top_p: string;
  all: string;
  /** Units of settings that only texts have. */
  units: Record<string, string>;
  share: string;
  copy_tag: string;
  copied: string;
  not_copied: string;
  /** What can be saved, by its kind. */
  files: Record<string, string>;
  open_session: string;
  failed: Record<string, string>;
  failure: (message: string) => string;
}

const en: Said = {
  title: "Words: a model that predicts the next character",
  lab: "All families",
  lesson: "The lesson",
  text: "Text",
  own: "My own text",
  own_help: "Paste 200 characters or more, in any script.",
  learn_own: "Learn this",
  model: "Model",
  play: "Play",
  pause: "Pause",
  step: "One step",
  reset: "Start over",
  opening: "Fetching the engine of texts …",
  state: (step, characters, kinds) => `Step ${step.toLocaleString("en")} · ${characters} characters of ${kinds} kinds`,
  bits: "Held-out bits per character",
  bits_help:
    "What a character costs that was never learned from: the fewer bits, the better it was foretold. Tables of counts are what to beat.",
  unit: "bits",
  ngram: (order) => `table of ${order} characters`,
  passage: "A passage that was kept back",
  passage_help:
    "The more a character surprises the model, the stronger its colour. Press one to see what was expected there.",
  earlier: "Earlier",
  later: "Later",
  surprise: "surprise",
  attention: "attention",
  colour: "Colour",
  few: "expected",
  many: "surprising",
  next: "What comes next?",
  next_help: (before) => `After “…${before}”`,
  entropy: (bits, choices) => `${bits} bits: as unsure as between ${choices} equal choices.`,
  any_other: "any rare character",
  names: { " ": "space", "\n": "new line", "\u3000": "wide space" },
  write: "Let it write",
  write_help: "It goes on from your beginning, one character at a time.",
  prompt: "Beginning",
  go: "Write on",
  stop: "Stop",
  temperature: "Temperature",
  top_k: "Only the likeliest",
  top_p: "Nucleus",
  all: "all",
  units: {},
  share: "Save and share",
  copy_tag: "Copy the tag for another page",
  copied: "Copied.",
  not_copied: "Could not copy.",
  files: {
    session: "Save the session",
    history: "Learning curve (CSV)",
    scores: "Scores (CSV)",
    samples: "A page written by it (text)",
  },
  open_session: "Open a session",
  failed: {
    passage_too_short: "This text is too short to keep a part of it back. Give at least 200 characters.",
    passage_too_long: "This text is too long for a page. Give less than 2 MB.",
    passage_broken: "A character in this text is broken in half. Save the text as UTF-8 and try again.",
    passage_constant: "All characters of this text are the same; there is nothing to predict.",
    own_text_gone: "Your own text is in no address: paste or drop it again. This is another one.",
    no_engine: "The engine of texts is not here yet. Build the whole site, or try again later.",
    loss_not_finite: "Learning ran away; the last good weights were kept. Start over.",
  },
  failure: (message) => `Something went wrong: ${message}`,
};

const zh: Said = {
  title: "文字：预测下一个字的模型",
  lab: "各族一览",
  lesson: "讲这一族的一课",
  text: "文章",
  own: "我自己的文字",
  own_help: "粘贴 200 个字符以上的文字，什么语言都行。",
  learn_own: "学这一篇",
  model: "模型",
  play: "开始",
  pause: "暂停",
  step: "走一步",
  reset: "从头再来",
  opening: "正在取文字引擎……",
  state: (step, characters, kinds) => `第 ${step} 步 · 共 ${characters} 个字符，${kinds} 种`,
  bits: "留出文字上每个字符的比特数",
  bits_help: "没学过的字符要花多少比特：越少，说明猜得越准。要比过的是数出来的频率表。",
  unit: "比特",
  ngram: (order) => `${order} 字频率表`,
  passage: "一段没有学过的文字",
  passage_help: "一个字符越出乎模型的意料，颜色就越浓。点一个字符，看那里本来猜的是什么。",
  earlier: "往前",
  later: "往后",
  surprise: "意外程度",
  attention: "注意力",
  colour: "颜色表示",
  few: "意料之中",
  many: "出乎意料",
  next: "接下来是什么？",
  next_help: (before) => `在“…${before}”之后`,
  entropy: (bits, choices) => `${bits} 比特：相当于在 ${choices} 个同样可能的字符里猜。`,
  any_other: "某个罕见字符",
  names: { " ": "空格", "\n": "换行", "\u3000": "全角空格" },
  write: "让它写",
  write_help: "接着你的开头，一个字符一个字符地往下写。",
  prompt: "开头",
  go: "往下写",
  stop: "停",
  temperature: "温度",
  top_k: "只取最可能的",
  top_p: "核采样",
  all: "全部",
  units: { windows: "段", characters: "个字符", numbers: "个数", heads: "个头" },
  share: "保存与分享",
  copy_tag: "复制标签，放到别的网页",
  copied: "已复制。",
  not_copied: "复制不了。",
  files: { session: "保存进度", history: "学习曲线（CSV）", scores: "评分（CSV）", samples: "让它写一页（文本）" },
  open_session: "打开保存的进度",
  failed: {
    passage_too_short: "文字太短，留不出一部分来评分，至少要 200 个字符。",
    passage_too_long: "文字太长，网页里放不下，请控制在 2 MB 以内。",
    passage_broken: "文字里有半个损坏的字符，请存成 UTF-8 再试。",
    passage_constant: "整篇都是同一个字符，没有什么可预测的。",
    own_text_gone: "网址里放不下你自己的文字，请重新粘贴或拖进来；现在显示的是另一篇。",
    no_engine: "文字引擎还没有就位。请构建整个站点，或稍后再试。",
    loss_not_finite: "学习发散了，保留了最后一次正常的权重。请从头再来。",
  },
  failure: (message) => `出错了：${message}`,
};

export const said: Record<Lang, Said> = { en, zh };
