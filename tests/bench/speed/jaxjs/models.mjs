// The workloads' models in jax-js.

import { nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";

const HALF_LN_2PI = 0.5 * Math.log(2 * Math.PI);

function perceptron(layers, x, activation) {
  return layers.reduce((h, { w, b }, i) => {
    const y = np.matmul(h, w).add(b);
    return i < layers.length - 1 ? activation(y) : y;
  }, x);
}

function lift(x, waves) {
  const phase = np.matmul(x.ref, waves);
  return np.concatenate([x, np.sin(phase.ref), np.cos(phase)], 1);
}

const halves = (x) => np.split(x, 2, 1);

// −log N(z; 0, I) − log|det|, of a point's two coordinates, each a column.
const flowLoss = (first, second, logDet) =>
  np
    .square(first)
    .add(np.square(second))
    .mul(0.5)
    .sub(logDet)
    .mean()
    .add(2 * HALF_LN_2PI);

function realnvp(layers, waves, { x }) {
  let [first, second] = halves(x);
  let logDet = np.zeros([1, 1]);
  layers.forEach(({ net }, i) => {
    const [leader, follower] = i % 2 === 0 ? [first, second] : [second, first];
    const [raw, shift] = halves(perceptron(net, lift(leader.ref, waves[i]), nn.silu));
    const s = np.tanh(raw).mul(2);
    const moved = follower.mul(np.exp(s.ref)).add(shift);
    logDet = logDet.add(s);
    [first, second] = i % 2 === 0 ? [leader, moved] : [moved, leader];
    if (i % 2 === 1 && i + 1 < layers.length) {
      const [a, b] = [first.mul(Math.SQRT1_2), second.mul(Math.SQRT1_2)];
      [first, second] = [a.ref.sub(b.ref), a.add(b)];
    }
  });
  return flowLoss(first, second, logDet);
}

// One update by Adam; `length` and `epsilon` hold the corrections of the first steps.
function adam(params, grads, m, v, [length, epsilon], { beta1, beta2 }) {
  m = tree.map((mean, g) => mean.mul(beta1).add(g.mul(1 - beta1)), m, tree.ref(grads));
  v = tree.map((mean, g) => mean.mul(beta2).add(np.square(g).mul(1 - beta2)), v, grads);
  const move = (p, mean, square) => p.sub(mean.mul(length.ref).div(np.sqrt(square).add(epsilon.ref)));
  params = tree.map(move, params, tree.ref(m), tree.ref(v));
  length.dispose();
  epsilon.dispose();
  return { params, m, v };
}

// A step down one loss.
const descent = (loss) => (constants, settings) => (carried, fixed, batch, scales) => {
  const { params, m, v, state } = carried;
  const [value, grads] = valueAndGrad((p) => loss(p, fixed, batch, constants))(tree.ref(params));
  return { losses: value.reshape([1]), ...adam(params, grads, m, v, np.split(scales, 2), settings), state };
};

export const STEPS = { realnvp: descent(realnvp) };
