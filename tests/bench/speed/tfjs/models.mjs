// The workloads' models in TensorFlow.js: losses of parameters, of what stays fixed, of a batch with its noise, and of numbers.

import * as tf from "@tensorflow/tfjs-core";
import { pcd } from "./chains.mjs";
import { gan } from "./game.mjs";
import { affine, gaussian, HALF_LN_2PI, halves, inkLogProb, lift, logNormal, perceptron, silu, spline } from "./nets.mjs";
import { descent } from "./training.mjs";

const TURN = [
  [Math.SQRT1_2, Math.SQRT1_2],
  [-Math.SQRT1_2, Math.SQRT1_2],
];

// −log N(z; 0, I) − log|det|; `z` is `[n, 2]`.
const flowLoss = (z, logDet) => tf.add(tf.mean(tf.sub(tf.mul(tf.sum(tf.square(z), 1, true), 0.5), logDet)), 2 * HALF_LN_2PI);

function realnvp(layers, waves, { x }) {
  let z = x;
  let logDet = tf.scalar(0);
  layers.forEach(({ net }, i) => {
    const [first, second] = halves(z);
    const [leader, follower] = i % 2 === 0 ? [first, second] : [second, first];
    const [raw, shift] = halves(perceptron(net, lift(leader, waves[i]), silu));
    const s = tf.mul(tf.tanh(raw), 2);
    const moved = tf.add(tf.mul(follower, tf.exp(s)), shift);
    logDet = tf.add(logDet, s);
    z = tf.concat(i % 2 === 0 ? [leader, moved] : [moved, leader], 1);
    if (i % 2 === 1 && i + 1 < layers.length) z = tf.matMul(z, TURN);
  });
  return flowLoss(z, logDet);
}

function nsf(layers, waves, { x }) {
  let [first, second] = halves(x);
  let logDet = tf.scalar(0);
  layers.forEach(({ own, net }, i) => {
    const [leader, follower] = i % 2 === 0 ? [first, second] : [second, first];
    const [led, logSlope] = spline(leader, own);
    const [moved, logSlopeMoved] = spline(follower, perceptron(net, lift(leader, waves[i]), silu));
    logDet = tf.addN([tf.add(logDet, logSlope), logSlopeMoved]);
    [first, second] = i % 2 === 0 ? [led, moved] : [moved, led];
  });
  return flowLoss(tf.concat([first, second], 1), logDet);
}

function nce({ net, logZ }, { waves }, { x, drawn }, constants) {
  const tilt = perceptron(net, lift(tf.concat([x, drawn]), waves), silu);
  const [data, noise] = tf.split(tf.add(tf.sub(tilt, logZ), constants.logZ), 2);
  return tf.add(tf.mean(tf.softplus(tf.neg(data))), tf.mean(tf.softplus(noise)));
}

function iwae({ encoder, decoder }, _fixed, { x, eps }) {
  const [mu, logVar] = gaussian(perceptron(encoder, x, tf.tanh));
  const [n, latents] = mu.shape;
  const k = eps.shape[0] / n;
  const z = tf.add(mu, tf.mul(tf.exp(tf.mul(logVar, 0.5)), tf.reshape(eps, [k, n, latents])));
  const decoded = gaussian(perceptron(decoder, tf.reshape(z, [k * n, latents]), tf.tanh));
  const likelihood = logNormal(x, ...decoded.map((part) => tf.reshape(part, [k, n, 2])));
  const prior = tf.sum(tf.sub(tf.mul(tf.square(z), -0.5), HALF_LN_2PI), -1);
  const logWeights = tf.sub(tf.add(likelihood, prior), logNormal(z, mu, logVar));
  return tf.sub(Math.log(k), tf.mean(tf.logSumExp(logWeights, 0)));
}

function mixtureLogProb(x, raw) {
  const [logits, mu, width] = tf.split(raw, 3, 1);
  const logSigma = tf.sub(tf.mul(tf.sigmoid(width), 6), 5);
  const z = tf.mul(tf.sub(x, mu), tf.exp(tf.neg(logSigma)));
  const terms = tf.sub(tf.sub(tf.logSoftmax(logits), logSigma), tf.mul(tf.square(z), 0.5));
  return tf.sub(tf.logSumExp(terms, 1), HALF_LN_2PI);
}

function made({ base, net }, { waves }, { x }) {
  const [first, second] = halves(x);
  const [base1, base2] = tf.split(tf.reshape(base, [2, -1]), 2);
  const moved = tf.add(perceptron(net, lift(first, waves), silu), base2);
  return tf.neg(tf.mean(tf.add(mixtureLogProb(first, base1), mixtureLogProb(second, moved))));
}

function fm({ space, time, net }, fixed, { x, x0, t }) {
  const right = tf.sub(x, x0);
  const seen = tf.add(affine(space, lift(tf.add(x0, tf.mul(right, t)), fixed.space)), affine(time, lift(t, fixed.time)));
  const velocity = perceptron(net, silu(seen), silu);
  return tf.mean(tf.sum(tf.square(tf.sub(velocity, right)), 1));
}

// The second of two columns less the first.
function difference(pairs) {
  const [first, second] = tf.split(pairs, 2, -1);
  return tf.sub(second, first);
}

function madePixels({ base, shapes, net }, { masks }, { x, kept }) {
  const thinned = net.map(({ w, b }, i) => ({ w: tf.mul(w, tf.mul(masks[i], kept[i])), b }));
  const [seen] = tf.split(x, [x.shape[1] - 1, 1], 1);
  const amounts = perceptron(thinned, tf.sub(tf.mul(seen, 2), 1), silu);
  const shift = tf.concat([tf.zeros([x.shape[0], 1]), tf.mul(amounts, difference(shapes))], 1);
  const moved = tf.add(shift, tf.reshape(tf.mul(difference(base), 10), [1, -1]));
  return tf.neg(tf.mean(inkLogProb(x, moved)));
}

function vaePixels({ encoder, decoder }, _fixed, { x, eps }) {
  const [mu, logVar] = gaussian(perceptron(encoder, tf.sub(tf.mul(x, 2), 1), silu));
  const z = tf.add(mu, tf.mul(tf.exp(tf.mul(logVar, 0.5)), eps));
  const logits = tf.reshape(perceptron(decoder, z, silu), [...x.shape, 2]);
  const kl = tf.mul(tf.sum(tf.sub(tf.sub(tf.add(tf.square(mu), tf.exp(logVar)), logVar), 1), 1), 0.5);
  return tf.mean(tf.sub(kl, inkLogProb(x, tf.reshape(difference(logits), x.shape))));
}

export const STEPS = {
  realnvp: descent(realnvp),
  nsf: descent(nsf),
  nce: descent(nce),
  pcd,
  iwae: descent(iwae),
  gan,
  made: descent(made),
  fm: descent(fm),
  "made-pixels": descent(madePixels),
  "vae-pixels": descent(vaePixels),
};
