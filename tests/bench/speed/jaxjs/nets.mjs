// What the models are made of, in jax-js. Every function takes its arguments for good: `ref` keeps one for another use.

import { nn, numpy as np } from "@jax-js/jax";

export const HALF_LN_2PI = 0.5 * Math.log(2 * Math.PI);

export const affine = ({ w, b }, x) => np.matmul(x, w).add(b);

export function perceptron(layers, x, activation) {
  return layers.reduce((h, layer, i) => (i < layers.length - 1 ? activation(affine(layer, h)) : affine(layer, h)), x);
}

export function lift(x, waves) {
  const phase = np.matmul(x.ref, waves);
  return np.concatenate([x, np.sin(phase.ref), np.cos(phase)], 1);
}

export const halves = (x) => np.split(x, 2, 1);

// A mean and a bounded log-variance.
export function gaussian(out) {
  const [mu, raw] = halves(out);
  return [mu, np.tanh(raw.div(10)).mul(10).sub(2)];
}

// log N(x; mu, exp logVar) summed over the last axis.
export function logNormal(x, mu, logVar) {
  const squares = np.square(x.sub(mu)).mul(np.exp(np.negative(logVar.ref)));
  return squares.add(logVar).mul(-0.5).sub(HALF_LN_2PI).sum(-1);
}

// log P of black and white pixels, whose two logits differ by so much.
export const inkLogProb = (x, difference) => nn.logSigmoid(x.mul(2).sub(1).mul(difference)).sum(1);

const BINS = 8;
const HALF_WIDTH = 5;
const EDGE = HALF_WIDTH * (1 - 1e-6);
const LEAST = 1e-3;

// Starts and sizes of bins that fill [−B, B].
function knots(raw) {
  const sizes = nn
    .softmax(raw, 1)
    .mul(1 - LEAST * BINS)
    .add(LEAST)
    .mul(2 * HALF_WIDTH);
  return [np.cumsum(sizes.ref, 1).sub(sizes.ref).sub(HALF_WIDTH), sizes];
}

// A rational-quadratic spline and the logarithm of its slope; one of `raw` for all of `x` or one for each.
export function spline(x, raw) {
  const [rawWidths, rawHeights, rawSlopes] = np.split(raw, [BINS, 2 * BINS], 1);
  const [left, widths] = knots(rawWidths);
  const [bottom, heights] = knots(rawHeights);
  const inner = nn.softplus(rawSlopes.add(0.5397424)).add(LEAST);
  const end = np.ones([inner.shape[0], 1]);
  const slopes = np.concatenate([end.ref, inner.ref], 1);
  const nextSlopes = np.concatenate([inner, end], 1);
  const held = np.clip(x.ref, -EDGE, EDGE);
  const reached = np.greaterEqual(held.ref, left.ref).astype(np.float32);
  const [first, later] = np.split(reached.ref, [1], 1);
  const here = reached.sub(np.concatenate([later, np.zerosLike(first)], 1));
  const pick = (of) => of.mul(here.ref).sum(1, { keepdims: true });
  const [x0, w, y0, h, d0, d1] = [left, widths, bottom, heights, slopes, nextSlopes].map(pick);
  here.dispose();
  const theta = held.sub(x0).div(w.ref);
  const s = h.ref.div(w);
  const between = theta.ref.mul(np.negative(theta.ref).add(1));
  const below = s.ref.add(d1.ref.add(d0.ref).sub(s.ref.mul(2)).mul(between.ref));
  const rise = s.ref.mul(np.square(theta.ref)).add(d0.ref.mul(between.ref));
  const y = y0.add(h.mul(rise).div(below.ref));
  const away = np.square(np.negative(theta.ref).add(1));
  const slope = d1.mul(np.square(theta)).add(s.ref.mul(between).mul(2)).add(d0.mul(away));
  const logSlope = np.log(s).sub(np.log(below)).mul(2).add(np.log(slope));
  const inside = np.less(np.abs(x.ref), EDGE);
  return [np.where(inside.ref, y, x), np.where(inside, logSlope, 0)];
}
