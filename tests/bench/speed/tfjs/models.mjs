// The workloads' models in TensorFlow.js.

import * as tf from "@tensorflow/tfjs-core";

const HALF_LN_2PI = 0.5 * Math.log(2 * Math.PI);
const TURN = [
  [Math.SQRT1_2, Math.SQRT1_2],
  [-Math.SQRT1_2, Math.SQRT1_2],
];

const silu = (x) => tf.mul(x, tf.sigmoid(x));

function perceptron(layers, x, activation) {
  return layers.reduce((h, { w, b }, i) => {
    const y = tf.add(tf.matMul(h, w), b);
    return i < layers.length - 1 ? activation(y) : y;
  }, x);
}

function lift(x, waves) {
  const phase = tf.matMul(x, waves);
  return tf.concat([x, tf.sin(phase), tf.cos(phase)], 1);
}

const halves = (x) => tf.split(x, 2, 1);

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

function leaves(tree) {
  return tree instanceof tf.Variable ? [tree] : Object.values(tree).flatMap(leaves);
}

// A step down one loss.
const descent =
  (loss) =>
  ({ params, fixed, constants, optimizer }) => {
    const learner = optimizer();
    const learned = leaves(params);
    return (batch) => learner.minimize(() => loss(params, fixed, batch, constants), true, learned);
  };

export const STEPS = { realnvp: descent(realnvp) };
