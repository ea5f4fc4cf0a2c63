// Persistent contrastive divergence in TensorFlow.js: chains that outlive the step walk by adjusted Langevin, then one update.

import * as tf from "@tensorflow/tfjs-core";
import { lift, perceptron, silu } from "./nets.mjs";

const squaredNorm = (x) => tf.sum(tf.square(x), 1);

const energy = (params, { waves }, x, bowl) =>
  tf.sub(tf.mul(squaredNorm(x), 0.5 * bowl), tf.reshape(perceptron(params.net, lift(x, waves), silu), [-1]));

function walked(params, fixed, x, walk, { step, bowl }) {
  // A gradient of each walker's energy is one of their sum; the energies themselves are kept on the way.
  const slope = (x) => {
    let each;
    const grad = tf.grad((x) => {
      each = tf.keep(energy(params, fixed, x, bowl));
      return tf.sum(each);
    })(x);
    const told = tf.clone(each);
    each.dispose();
    return [told, grad];
  };
  let [e, grad] = slope(x);
  for (const { z, u } of walk) {
    const y = tf.add(tf.sub(x, tf.mul(grad, step)), tf.mul(z, Math.sqrt(2 * step)));
    const [eY, gradY] = slope(y);
    const back = tf.add(tf.sub(x, y), tf.mul(gradY, step));
    const logQ = tf.sub(tf.mul(squaredNorm(z), 0.5), tf.mul(squaredNorm(back), 0.25 / step));
    const logOdds = tf.add(tf.sub(e, eY), logQ);
    const taken = tf.less(tf.reshape(u, [-1]), tf.exp(tf.minimum(logOdds, 0)));
    const at = tf.reshape(taken, [-1, 1]);
    [x, e, grad] = [tf.where(at, y, x), tf.where(taken, eY, e), tf.where(at, gradY, grad)];
  }
  return x;
}

export const pcd =
  ({ players: { model }, fixed, state, constants }) =>
  (batch) => {
    const { alpha, bowl } = constants;
    const n = batch.x.shape[0];
    const [front, rest] = tf.split(state.chains, [n, state.chains.shape[0] - n]);
    const start = tf.where(tf.greater(batch.reborn, 0), batch.start, front);
    const drawn = walked(model.tree(model.leaves()), fixed, start, batch.walk, constants);
    state.chains.assign(tf.concat([rest, drawn]));
    return model.descend((params) => {
      const [data, chains] = tf.split(energy(params, fixed, tf.concat([batch.x, drawn]), bowl), 2);
      const penalty = tf.add(tf.mean(tf.square(data)), tf.mean(tf.square(chains)));
      return tf.add(tf.sub(tf.mean(data), tf.mean(chains)), tf.mul(penalty, alpha));
    });
  };
