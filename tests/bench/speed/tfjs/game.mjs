// A GAN with R1 in TensorFlow.js: the discriminator's update, whose loss holds the slope of its logits at data, then the generator's.

import * as tf from "@tensorflow/tfjs-core";
import { lift, perceptron, untracked } from "./nets.mjs";

// The gradient of tf.leakyRelu compares, and what compares has no gradient of its own: here it is said to be flat.
const steepness = untracked((x) => tf.add(tf.mul(tf.cast(tf.greater(x, 0), "float32"), 0.8), 0.2));
const leakyRelu = tf.customGrad((x, save) => {
  save([x]);
  return { value: tf.leakyRelu(x, 0.2), gradFunc: (dy, [x]) => tf.mul(dy, steepness(x)) };
});

const logit = (params, { waves }, x) => tf.reshape(perceptron(params, lift(x, waves), leakyRelu), [-1]);
const generated = (params, z) => perceptron(params, z, tf.tanh);

export const gan = ({ players: { generator, discriminator }, fixed, constants }) => {
  generator.slowDown(constants.pace);
  return ({ x, z, again }) => {
    const fakes = generated(generator.tree(generator.leaves()), z);
    const d = discriminator.descend((params) => {
      const steepest = tf.grad((x) => tf.sum(logit(params, fixed, x)))(x);
      const penalty = tf.mul(tf.mean(tf.sum(tf.square(steepest), 1)), 0.5 * constants.gamma);
      const real = tf.softplus(tf.neg(logit(params, fixed, x)));
      const fake = tf.softplus(logit(params, fixed, fakes));
      return tf.addN([tf.mean(real), tf.mean(fake), penalty]);
    });
    const judges = discriminator.tree(discriminator.leaves());
    const g = generator.descend((params) => tf.mean(tf.softplus(tf.neg(logit(judges, fixed, generated(params, again))))));
    return tf.stack([d, g]);
  };
};
