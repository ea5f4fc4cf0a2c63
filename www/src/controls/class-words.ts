/** Words about classes under the picture and in the pad. Fetched with what shows them. */

/** The options of the setting `compose`, in their order. */
export const JOINS = ["off", "and", "or", "not"] as const;
export type Join = (typeof JOINS)[number];

export interface ClassWords {
  title: string;
  /** To press: draws a class, or leaves it out. */
  toggle: (name: string) => string;
  all: string;
  all_help: string;
  make: string;
  make_help: string;
  make_all: string;
  /** The class asked for together with another. */
  join: string;
  join_help: string;
  joins: Record<Join, string>;
  other: (join: string) => string;
  /** Of an energy, of a diffusion; either class is a mixture in both. */
  joined: Record<"exact" | "near" | "mixture", string>;
  draw: string;
  draw_help: string;
  drawn: (n: number) => string;
  /** What guidance buys and costs. */
  curve: string;
  curve_help: string;
  measure: string;
  measuring: (n: number, of: number) => string;
  save: string;
  control: string;
  distance: string;
}

export const classWords: Record<"en" | "zh", ClassWords> = {
  en: {
    title: "Classes",
    toggle: (name) => `Draw the points of class ${name}, or leave them out.`,
    all: "show all",
    all_help: "Draw the points of every class.",
    make: "Make",
    make_help: "Which class the model is asked for: samples, field and density are then those of this class.",
    make_all: "all",
    join: "Together with",
    join_help: "And: what both classes could be. Or: what either is. Not: what the first is and the other is not.",
    joins: { off: "none", and: "and", or: "or", not: "not" },
    other: (join) => `The other class, after “${join}”`,
    joined: {
      exact: "Exact: p(x) times what the model’s own p(class | x) say, summed up on the grid.",
      near: "Near: scores are added up, and the sum of noisy scores is not the score of the noisy product.",
      mixture: "Exact: both classes, each as often as in the data.",
    },
    draw: "Class",
    draw_help: "What you draw next belongs to this class.",
    drawn: (n) => `class ${n}`,
    curve: "Control against realism",
    curve_help:
      "Guidance makes samples surer to be of their class, and sooner or later less like the data. Measured here at six strengths w, on the model as it stands.",
    measure: "Measure",
    measuring: (n, of) => `Measuring ${n} of ${of} …`,
    save: "Save as CSV",
    control: "of the class asked for",
    distance: "distance to the data",
  },
  zh: {
    title: "类别",
    toggle: (name) => `画出或略去类别 ${name} 的点。`,
    all: "全部显示",
    all_help: "画出每一类的点。",
    make: "生成",
    make_help: "要模型生成哪一类：样本、底色和密度都随之变为这一类的。",
    make_all: "全部",
    join: "再加上",
    join_help: "且：两类都说得通的。或：任一类的。非：属于前一类而不像后一类的。",
    joins: { off: "无", and: "且", or: "或", not: "非" },
    other: (join) => `“${join}”之后的另一类`,
    joined: {
      exact: "精确：p(x) 乘以模型自己算出的 p(类别 | x)，在网格上加总。",
      near: "近似：把分数相加，而带噪声的分数之和并不是带噪声的乘积的分数。",
      mixture: "精确：两类都要，各按在数据中的比例。",
    },
    draw: "类别",
    draw_help: "接下来画的点属于这一类。",
    drawn: (n) => `第 ${n} 类`,
    curve: "可控与逼真",
    curve_help: "引导越强，样本越可靠地属于所要的类，但迟早会不像数据。这里用现在的模型，在六个强度 w 下各量一次。",
    measure: "测量",
    measuring: (n, of) => `正在测量，第 ${n} 次，共 ${of} 次……`,
    save: "存为 CSV",
    control: "属于所要的类",
    distance: "到数据的距离",
  },
};
