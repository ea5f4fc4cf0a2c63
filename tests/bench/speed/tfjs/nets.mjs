// What the models are made of, in TensorFlow.js.

import * as tf from "@tensorflow/tfjs-core";

export const HALF_LN_2PI = 0.5 * Math.log(2 * Math.PI);

// A function of one tensor that gradients do not pass: comparisons have none, and would stop a whole tape.
export const untracked = (f) => tf.customGrad((x) => ({ value: f(x), gradFunc: () => tf.zeros(x.shape) }));

export const silu = (x) => tf.mul(x, tf.sigmoid(x));

export const affine = ({ w, b }, x) => tf.add(tf.matMul(x, w), b);

export function perceptron(layers, x, activation) {
  return layers.reduce((h, layer, i) => (i < layers.length - 1 ? activation(affine(layer, h)) : affine(layer, h)), x);
}

export function lift(x, waves) {
  const phase = tf.matMul(x, waves);
  return tf.concat([x, tf.sin(phase), tf.cos(phase)], 1);
}

export const halves = (x) => tf.split(x, 2, 1);

// A mean and a bounded log-variance.
export function gaussian(out) {
  const [mu, raw] = halves(out);
  return [mu, tf.sub(tf.mul(tf.tanh(tf.div(raw, 10)), 10), 2)];
}

// log N(x; mu, exp logVar) summed over the last axis.
export function logNormal(x, mu, logVar) {
  const squares = tf.mul(tf.square(tf.sub(x, mu)), tf.exp(tf.neg(logVar)));
  return tf.sum(tf.sub(tf.mul(tf.add(squares, logVar), -0.5), HALF_LN_2PI), -1);
}

// log P of black and white pixels, whose two logits differ by so much.
// tf.logSigmoid would lose what its gradient needs.
export const inkLogProb = (x, difference) => tf.neg(tf.sum(tf.softplus(tf.mul(tf.sub(1, tf.mul(x, 2)), difference)), 1));

const BINS = 8;
const HALF_WIDTH = 5;
const EDGE = HALF_WIDTH * (1 - 1e-6);
const LEAST = 1e-3;

// Starts and sizes of bins that fill [−B, B].
function knots(raw) {
  const shares = tf.add(tf.mul(tf.softmax(raw), 1 - LEAST * BINS), LEAST);
  const sizes = tf.mul(shares, 2 * HALF_WIDTH);
  return [tf.sub(tf.cumsum(sizes, 1, true), HALF_WIDTH), sizes];
}

// A rational-quadratic spline and the logarithm of its slope; one of `raw` for all of `x` or one for each.
export function spline(x, raw) {
  const [rawWidths, rawHeights, rawSlopes] = tf.split(raw, [BINS, BINS, BINS - 1], 1);
  const [left, widths] = knots(rawWidths);
  const [bottom, heights] = knots(rawHeights);
  const inner = tf.add(tf.softplus(tf.add(rawSlopes, 0.5397424)), LEAST);
  const end = tf.ones([inner.shape[0], 1]);
  const held = tf.clipByValue(x, -EDGE, EDGE);
  const bin = (above) => tf.sub(tf.sum(tf.cast(tf.greaterEqual(above, 0), "int32"), 1), tf.scalar(1, "int32"));
  // Asked for floats at once, the wasm backend would write whole numbers into them.
  const here = untracked((above) => tf.cast(tf.oneHot(bin(above), BINS), "float32"))(tf.sub(held, left));
  const pick = (of) => tf.sum(tf.mul(of, here), 1, true);
  const [x0, w, y0, h] = [left, widths, bottom, heights].map(pick);
  const [d0, d1] = [tf.concat([end, inner], 1), tf.concat([inner, end], 1)].map(pick);
  const theta = tf.div(tf.sub(held, x0), w);
  const s = tf.div(h, w);
  const rest = tf.sub(1, theta);
  const between = tf.mul(theta, rest);
  const below = tf.add(s, tf.mul(tf.sub(tf.add(d1, d0), tf.mul(s, 2)), between));
  const rise = tf.add(tf.mul(s, tf.square(theta)), tf.mul(d0, between));
  const y = tf.add(y0, tf.div(tf.mul(h, rise), below));
  const slope = tf.addN([tf.mul(d1, tf.square(theta)), tf.mul(tf.mul(s, between), 2), tf.mul(d0, tf.square(rest))]);
  const logSlope = tf.add(tf.mul(tf.sub(tf.log(s), tf.log(below)), 2), tf.log(slope));
  const inside = untracked((x) => tf.less(tf.abs(x), EDGE))(x);
  return [tf.where(inside, y, x), tf.where(inside, logSlope, tf.zerosLike(logSlope))];
}
