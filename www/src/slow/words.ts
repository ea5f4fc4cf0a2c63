/** What is said of each deed of a step. */
import type { Act, Slow } from "../engine/types.ts";
import { number } from "../i18n/index.ts";
import type { Store } from "../lab/store.ts";
import type { Lang } from "../state/config.ts";
import { times } from "./draw.ts";

/** What a line may tell of. */
interface Told {
  /** Points. */
  n: string;
  loss: string;
  /** The same loss before. */
  before: string;
  /** Every loss with its name. */
  terms: string;
  /** How many times as long as it is a change is drawn. */
  times: number;
  game: boolean;
  energy: boolean;
}

interface Words {
  title: string;
  back: string;
  next: string;
  play: string;
  pause: string;
  close: string;
  pace(pace: number): string;
  between: string;
  deed: Record<Act["deed"], (told: Told) => string>;
  /** What is said otherwise where points are pictures. */
  ofPictures: Partial<Record<Act["deed"], (told: Told) => string>>;
}

export const slowWords: Record<Lang, Words> = {
  en: {
    title: "Slow motion",
    back: "Back",
    next: "On",
    play: "Go on by itself",
    pause: "Rest here",
    close: "End slow motion",
    pace: (pace) => `Pace: ${pace} times`,
    between: "; ",
    deed: {
      batch: ({ n }) => `A batch of ${n} points is drawn from the data.`,
      noise: ({ n, energy }) =>
        energy
          ? `${n} points of Gaussian noise are drawn, to be told from the data.`
          : `${n} points of Gaussian noise are drawn, one for each of the data.`,
      chains: () => "Chains walk a few steps on the energy as it is. Where they end are the negatives.",
      shaken: () => "Each point is shaken by a little noise, both ways.",
      lattice: ({ n }) => `${n} cells are laid out, over which Z is summed.`,
      lines: () => "A random line is laid through each point.",
      mixed: () => "Each noise point goes part of the way to its data point, to a time of chance.",
      latents: () => "The flow carries each point to its latent. Together they should be a Gaussian.",
      restored: () => "Each point is encoded and decoded again.",
      foretold: () => "Below, how much ink the network expects of each pixel, given the pixels before it.",
      fakes: ({ n }) => `Noise becomes ${n} samples by the generator.`,
      judged: ({ loss }) => `The discriminator scores data and samples: its loss is ${loss}.`,
      sharpened: ({ loss }) =>
        `The discriminator takes its half of the step. On the same points its loss is ${loss} now.`,
      attempts: ({ n }) => `New noise becomes ${n} samples, from which the generator is to learn.`,
      loss: ({ terms }) => `The loss. ${terms}`,
      target_velocity: () => "The right answers: the velocity from noise to data.",
      target_noise: () => "The right answers: the noise that is in each mixture.",
      target_v: () => "The right answers: v, which points against the way to the data.",
      way_back: () => "The right answers: back to where each came from.",
      answer: () => "What the network answers. The loss is how far that is from right.",
      pull: ({ energy }) =>
        energy
          ? "The slope at the data: downhill. The energy is to sink there."
          : "The arrows: where the loss of each point falls fastest.",
      push: ({ energy }) =>
        energy
          ? "The slope at the negatives: uphill. The energy is to rise there."
          : "Each sample is pushed along its gradient: there the discriminator finds it more real.",
      missed: () =>
        "What was not expected: in blue, ink that came all the same; in orange, ink that did not come. Of this the loss is made.",
      score: () => "The slope of the learned log-density at the data, where it should be flat.",
      update: ({ times, game }) =>
        `The ${game ? "generator's " : ""}parameters take one step. The same noise now ends elsewhere${times > 1 ? `, drawn ${times} times as far` : ""}.`,
      again: ({ loss, before }) => `The same data and noise now cost ${loss}; before it was ${before}.`,
    },
    ofPictures: {
      batch: ({ n }) => `A batch of ${n} pictures is drawn from the data.`,
      noise: ({ n }) => `${n} pictures of Gaussian noise are drawn, one for each of the data.`,
      mixed: () => "Each picture of noise, below, is mixed with the one of the data above it, up to a time of chance.",
      latents: () =>
        "The flow carries each picture to its latent: blue above zero, orange below it. Together they should be Gaussian noise.",
      restored: () => "Below, each picture is encoded and decoded again.",
      target_velocity: () =>
        "The right answers: on the way from noise to data, blue ink has to come and orange ink to go.",
      answer: () => "Above, the right answers; below, those of the network. The loss is how far they are apart.",
      pull: () => "Where the loss of each picture falls fastest: more ink in blue, less in orange.",
      update: () =>
        "The parameters take one step. Above, what the same random numbers gave before; below, what they give now.",
    },
  },
  zh: {
    title: "慢动作",
    back: "上一步",
    next: "下一步",
    play: "自动往下放",
    pause: "停在这里",
    close: "结束慢动作",
    pace: (pace) => `节奏：${pace} 倍`,
    between: "；",
    deed: {
      batch: ({ n }) => `从数据中抽出一批，共 ${n} 个点。`,
      noise: ({ n, energy }) =>
        energy ? `抽出 ${n} 个高斯噪声点，要把它们和数据分辨开。` : `抽出 ${n} 个高斯噪声点，每个数据点配一个。`,
      chains: () => "各条链在当前的能量上走几步，走到的地方就是负样本。",
      shaken: () => "每个点都加上一点噪声，往正反两边各抖一次。",
      lattice: ({ n }) => `铺开 ${n} 个格子，Z 就在上面求和。`,
      lines: () => "过每个点随机画一条直线。",
      mixed: () => "每个噪声点朝它的数据点走一段，走到一个随机的时刻。",
      latents: () => "流把每个点送到它的隐变量。合起来应当是一个高斯分布。",
      restored: () => "每个点先编码，再解码回来。",
      foretold: () => "下面是网络预计的墨色：每个像素都只根据它前面的像素来猜。",
      fakes: ({ n }) => `生成器把噪声变成 ${n} 个样本。`,
      judged: ({ loss }) => `判别器给数据和样本打分：它的损失是 ${loss}。`,
      sharpened: ({ loss }) => `判别器先走它的半步。还是这些点，它的损失现在是 ${loss}。`,
      attempts: ({ n }) => `新的噪声变成 ${n} 个样本，生成器要从中学习。`,
      loss: ({ terms }) => `算出损失。${terms}`,
      target_velocity: () => "正确答案：从噪声到数据的速度。",
      target_noise: () => "正确答案：混进去的那份噪声。",
      target_v: () => "正确答案：v，它与通向数据的方向相反。",
      way_back: () => "正确答案：各自回到原来的位置。",
      answer: () => "网络的回答。损失就是它与正确答案差多远。",
      pull: ({ energy }) =>
        energy ? "数据处的坡度：指向下坡。这里的能量要降低。" : "箭头：每个点的损失下降最快的方向。",
      push: ({ energy }) =>
        energy
          ? "负样本处的坡度：指向上坡。这里的能量要升高。"
          : "每个样本沿自己的梯度被推一把：往那边走，判别器会觉得它更真。",
      missed: () => "没有料到的部分：蓝色处是意外出现的墨，橙色处是没有出现的墨。损失就由它们构成。",
      score: () => "学到的对数密度在数据处的坡度，那里本该是平的。",
      update: ({ times, game }) =>
        `${game ? "生成器的" : ""}参数更新一步。同样的噪声落到了别处${times > 1 ? `（位移放大 ${times} 倍画出）` : ""}。`,
      again: ({ loss, before }) => `还是这批数据和噪声，损失现在是 ${loss}，之前是 ${before}。`,
    },
    ofPictures: {
      batch: ({ n }) => `从数据中抽出一批，共 ${n} 张图。`,
      noise: ({ n }) => `抽出 ${n} 张高斯噪声图，每张数据图配一张。`,
      mixed: () => "下面每张噪声图与它上方的数据图混合，混到一个随机的时刻。",
      latents: () => "流把每张图送到它的隐变量：蓝色大于零，橙色小于零。合起来应当是高斯噪声。",
      restored: () => "下面是每张图编码、再解码的结果。",
      target_velocity: () => "正确答案：从噪声到数据的路上，蓝色处要添墨，橙色处要去墨。",
      answer: () => "上面是正确答案，下面是网络的回答。损失就是两者差多远。",
      pull: () => "每张图的损失下降最快的方向：蓝色处多些墨，橙色处少些墨。",
      update: () => "参数更新一步。同样的随机数，上面是更新前画出的，下面是现在画出的。",
    },
  },
};

/** The line of deed number `at`. */
export function said({ model, lang }: Store, slow: Slow, at: number): string {
  const act = slow.acts[at]!;
  const { deed, ofPictures, between } = slowWords[lang];
  const losses = slow.acts.find(({ deed }) => deed === "loss")?.losses ?? [];
  const game = model?.family === "gan";
  const terms = Array.from(losses, (loss, k) => `${model?.losses[k]?.label[lang] ?? ""}: ${number(loss)}`);
  const line = (slow.dim > 2 && ofPictures[act.deed]) || deed[act.deed];
  return line({
    n: String((act.points?.length ?? 0) / slow.dim),
    loss: number(act.losses?.[0] ?? Number.NaN),
    // of a game the generator's, which comes second
    before: number(losses[game ? 1 : 0] ?? Number.NaN),
    terms: terms.join(between),
    times: times(slow, act),
    game,
    energy: model?.family === "energy",
  });
}
