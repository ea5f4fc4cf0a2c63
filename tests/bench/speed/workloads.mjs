// What is timed: the page's models with their own defaults where nothing else is said, from the weights and on the batches and noise that the
// engine draws from one seed. `init` and `noise` draw in the engine's order; the models themselves are in src/models.

import { array, batches } from "./data.mjs";
import { INIT, NOISE, Rng } from "./rng.mjs";

const SEED = 1;
// Steps whose losses are compared; peers then go on with the same batches.
export const STEPS = 10;
const HALF_LN_2PI = 0.9189385332046728;

// Adam at one rate for all. The engine takes the gradient's norm as always, under a bound that none reaches here, so that peers may leave it out.
const ADAM = { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const TRAINING = { learning_rate: ADAM.rate, optimizer: 0, beta_1: ADAM.beta1, beta_2: ADAM.beta2, schedule: 0, warmup: 0, clip: 100 };

function filled(shape, next) {
  const length = shape.reduce((a, b) => a * b, 1);
  return array(
    shape,
    Array.from({ length }, (_, i) => next(i)),
  );
}

const normal = (rng, shape, scale = 1) => filled(shape, () => Math.fround(rng.normal()) * Math.fround(scale));
const uniform = (rng, shape) => filled(shape, () => rng.uniform32());

function linear(rng, from, to, gain = 1) {
  const bound = gain / Math.sqrt(from);
  const next = () => (2 * rng.uniform() - 1) * bound;
  return { w: filled([from, to], next), b: filled([to], next) };
}

function perceptron(rng, sizes, headGain = 1) {
  return sizes.slice(1).map((to, i) => linear(rng, sizes[i], to, i === sizes.length - 2 ? headGain : 1));
}

// A flow's layers: waves of the coordinate that leads, two hidden layers, the raw numbers of the curve by which the other follows.
const conditioner = (rng, width, raw, headGain) => ({
  waves: normal(rng, [1, 8], 3),
  net: perceptron(rng, [17, width, width, raw], headGain),
});

function flow(layers, layer) {
  const all = Array.from({ length: layers }, layer);
  return { params: all.map(({ waves, ...learned }) => learned), fixed: all.map(({ waves }) => waves) };
}

const realnvp = (layers, width, batch) => ({
  name: "realnvp",
  label: `RealNVP, ${layers} layers`,
  size: [width, batch],
  params: { layers, width },
  init: (rng) => flow(layers, () => conditioner(rng, width, 2, 0.5)),
});

const BINS = 8;
const nsf = {
  name: "nsf",
  label: "Spline flow, 3 layers",
  size: [64, 256],
  init: (rng) => flow(3, () => ({ own: normal(rng, [1, 3 * BINS - 1], 0.1), ...conditioner(rng, 64, 3 * BINS - 1, 0.1) })),
};

// Energies: a bowl and a perceptron over waves.
const BOWL = 1.5;
function energy(rng, frequency) {
  const waves = normal(rng, [2, 32], frequency);
  return { params: { net: perceptron(rng, [66, 32, 32, 1], 0.3) }, fixed: { waves } };
}

const nce = {
  name: "nce",
  label: "NCE",
  size: [32, 256],
  init(rng) {
    const { params, fixed } = energy(rng, 4);
    const logZ = 2 * (Math.log(BOWL) + HALF_LN_2PI);
    return { params: { ...params, logZ: array([1], [logZ]) }, fixed, constants: { logZ } };
  },
  noise: (rng, batch) => ({ drawn: normal(rng, [batch, 2], BOWL) }),
};

const CHAINS = 1024;
const WALK = 10;
const pcd = {
  name: "pcd",
  label: "PCD, 10 Langevin steps",
  size: [32, 256],
  init(rng) {
    const { params, fixed } = energy(rng, 3);
    const state = { chains: normal(rng, [CHAINS, 2], BOWL) };
    return { params, fixed, state, constants: { step: 5e-3, alpha: 0.05, bowl: 1 / BOWL ** 2 } };
  },
  noise(rng, batch) {
    const reborn = filled([batch, 1], () => Number(rng.uniform32() < Math.fround(0.05)));
    const start = normal(rng, [batch, 2], BOWL);
    const walk = Array.from({ length: WALK }, () => ({ z: normal(rng, [batch, 2]), u: uniform(rng, [batch, 1]) }));
    return { reborn, start, walk };
  },
};

const LATENTS = 8;
const iwae = {
  name: "iwae",
  label: "VAE, K = 8",
  size: [64, 128],
  params: { kl_warmup: 0 },
  init: (rng) => ({ params: { encoder: perceptron(rng, [2, 64, 64, 4]), decoder: perceptron(rng, [2, 64, 64, 4]) } }),
  noise: (rng, batch) => ({ eps: normal(rng, [batch * LATENTS, 2]) }),
};

const made = {
  name: "made",
  label: "MADE, 32 Gaussians",
  size: [32, 256],
  init(rng) {
    const k = 32;
    const spacing = 4 / k;
    const share = (Math.log(Math.max(spacing, 0.1)) + 5) / 6;
    const one = [(_) => 0, (i) => (i + 0.5) * spacing - 2, (_) => Math.log(share / (1 - share))].flatMap((of) =>
      Array.from({ length: k }, (_, i) => of(i)),
    );
    const waves = normal(rng, [1, 32], 4);
    return { params: { base: array([1, 2, 3 * k], [...one, ...one]), net: perceptron(rng, [65, 32, 32, 3 * k], 0.3) }, fixed: { waves } };
  },
};

const fm = {
  name: "fm",
  label: "Flow matching",
  size: [64, 512],
  init(rng) {
    const fixed = { space: normal(rng, [2, 32], 2), time: filled([1, 8], (k) => (k + 1) * Math.PI) };
    return { params: { space: linear(rng, 66, 64), time: linear(rng, 17, 64), net: perceptron(rng, [64, 64, 2]) }, fixed };
  },
  noise: (rng, batch) => ({ x0: normal(rng, [batch, 2]), t: filled([batch, 1], (i) => Math.fround(rng.uniform32() + i) / batch) }),
};

const LEFT_OUT = 0.1;
const PIXELS = 64;
const kept = (rng, units) => filled([units, 1], () => Number(rng.uniform32() >= Math.fround(LEFT_OUT)) / (1 - LEFT_OUT));
const madePixels = {
  name: "made-pixels",
  label: "MADE on digits",
  data: "digits-binary",
  size: [256, 64],
  init(rng) {
    const shapes = array([1, 2], [Math.cos(Math.PI / 4), Math.cos((3 * Math.PI) / 4)]);
    const [before, width] = [PIXELS - 1, 256];
    const net = perceptron(rng, [before, width, before], 0.1);
    const degree = (unit) => unit % before;
    const masks = [
      filled([before, width], (i) => Number(degree(i % width) >= Math.floor(i / width))),
      filled([width, before], (i) => Number(i % before >= degree(Math.floor(i / before)))),
    ];
    return { params: { base: filled([1, PIXELS, 2], () => 0), shapes, net }, fixed: { masks } };
  },
  noise: (rng) => ({ kept: [kept(rng, PIXELS - 1), kept(rng, 256)] }),
};

const vaePixels = {
  name: "vae-pixels",
  label: "VAE on digits",
  data: "digits-binary",
  size: [256, 64],
  init: (rng) => ({ params: { encoder: perceptron(rng, [PIXELS, 256, 256, 16]), decoder: perceptron(rng, [8, 256, 256, 2 * PIXELS]) } }),
  noise: (rng, batch) => ({ eps: normal(rng, [batch, 8]) }),
};

const gan = {
  name: "gan",
  label: "GAN with R1",
  size: [64, 256],
  init(rng) {
    const generator = perceptron(rng, [2, 64, 64, 64, 2]);
    const waves = normal(rng, [2, 16], 2);
    const discriminator = perceptron(rng, [34, 64, 64, 64, 1]);
    return { players: { generator, discriminator }, fixed: { waves }, constants: { gamma: 0.1, pace: 0.5 } };
  },
  noise: (rng, batch) => ({ z: normal(rng, [batch, 2]), again: normal(rng, [batch, 2]) }),
};

const ALL = [realnvp(4, 32, 128), realnvp(8, 64, 256), nsf, nce, pcd, iwae, gan, made, fm, madePixels, vaePixels];

const size = ([width, batch]) => `${width} × ${batch}`;

// Where a row may stand in a table.
export const PLACES = ALL.map((row) => ({ workload: row.label, size: size(row.size) }));

// The workloads that carry one of `words`, or all: for the engine a patch, for its peers arrays.
export function workloads(words, digitsFile) {
  const chosen = words.length === 0 ? ALL : ALL.filter(({ name, label }) => words.some((word) => word === name || label === word));
  return chosen.map(({ name, label, size: sizes, data = "8gaussians", params, init, noise = () => ({}) }) => {
    const [width, batch] = sizes;
    const next = batches(data, SEED, digitsFile);
    const rng = new Rng(SEED, NOISE);
    const batchOf = () => ({ x: next(batch), ...noise(rng, batch) });
    const { params: learned, ...rest } = init(new Rng(SEED, INIT));
    return {
      label,
      size: size(sizes),
      patch: { model: name, data, seed: SEED, params: { ...TRAINING, batch, width, ...params } },
      problem: {
        model: name,
        adam: ADAM,
        players: { model: learned },
        fixed: {},
        state: {},
        constants: {},
        ...rest,
        batches: Array.from({ length: STEPS }, batchOf),
      },
    };
  });
}
