// A step by Adam in TensorFlow.js. A player's parameters are one variable, cut where the model wants them: the optimizer then runs its dozen
// operations once instead of once for every layer.

import * as tf from "@tensorflow/tfjs-core";

const flat = (x) => tf.reshape(x, [-1]);

export class Player {
  constructor(params, adam) {
    this.adam = adam;
    this.optimizer = tf.train.adam(adam.rate, adam.beta1, adam.beta2, adam.epsilon);
    this.structure = params;
    this.shapes = [];
    const leaves = [];
    const walk = (tree) => {
      if (!(tree instanceof tf.Tensor)) return Object.values(tree).forEach(walk);
      this.shapes.push(tree.shape);
      leaves.push(flat(tree));
    };
    walk(params);
    this.theta = tf.variable(tf.concat(leaves), true);
    this.sizes = leaves.map(({ size }) => size);
  }

  // Learns at `pace` times the rate.
  slowDown(pace) {
    const { rate, beta1, beta2, epsilon } = this.adam;
    this.optimizer = tf.train.adam(rate * pace, beta1, beta2, epsilon);
  }

  leaves() {
    return tf.split(this.theta, this.sizes).map((part, i) => tf.reshape(part, this.shapes[i]));
  }

  // The tree of `leaves`.
  tree(leaves) {
    const left = [...leaves];
    const walk = (tree) => {
      if (tree instanceof tf.Tensor) return left.shift();
      if (Array.isArray(tree)) return tree.map(walk);
      return Object.fromEntries(Object.entries(tree).map(([name, part]) => [name, walk(part)]));
    };
    return walk(this.structure);
  }

  // One update down `loss` of the parameters' tree; returns the loss.
  descend(loss) {
    const { value, grads } = tf.valueAndGrads((...leaves) => loss(this.tree(leaves)))(this.leaves());
    this.optimizer.applyGradients([{ name: this.theta.name, tensor: tf.concat(grads.map(flat)) }]);
    return value;
  }
}

// Steps down one loss.
export const descent =
  (loss) =>
  ({ players: { model }, fixed, constants }) =>
  (batch) =>
    model.descend((params) => loss(params, fixed, batch, constants));
