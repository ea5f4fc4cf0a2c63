/** What the pages of the course say around their lessons. */

export const LANGS = ["en", "zh"] as const;
export type Lang = (typeof LANGS)[number];

interface Words {
  /** As HTML calls the language. */
  code: string;
  /** What the language calls itself. */
  name: string;
  site: string;
  course: string;
  about: string;
  description: string;
  contents: string;
  embed: string;
  lab: string;
  previous: string;
  next: string;
  skip: string;
  watch: string;
  link: (figure: string) => string;
  noscript: string;
}

export const WORDS: Record<Lang, Words> = {
  en: {
    code: "en",
    name: "English",
    site: "DGM Playground",
    course: "A course in live figures",
    about:
      "Every figure on these pages is a model that learns in front of you, in your browser. Press play, move a slider, break it, and see what the words mean.",
    description: "Deep generative models explained by figures that learn in your browser.",
    contents: "Contents",
    embed: "Embed it",
    lab: "The lab",
    previous: "Before",
    next: "Next",
    skip: "To the lesson",
    watch: "What to watch",
    link: (figure) => `Address of figure “${figure}”`,
    noscript: "The figures on this page learn in your browser and need JavaScript.",
  },
  zh: {
    code: "zh-Hans",
    name: "简体中文",
    site: "生成模型实验场",
    course: "会学习的图，讲生成模型",
    about:
      "这里的每一幅图都是一个模型，就在你的浏览器里、当着你的面学习。按下播放，拖动滑块，把它弄坏，看看那些名词到底是什么意思。",
    description: "用在浏览器里学习的图来讲深度生成模型。",
    contents: "目录",
    embed: "嵌入",
    lab: "实验室",
    previous: "上一课",
    next: "下一课",
    skip: "跳到正文",
    watch: "看什么",
    link: (figure) => `图“${figure}”的地址`,
    noscript: "本页的图在浏览器里学习，需要开启 JavaScript。",
  },
};
