// Persistent contrastive divergence in jax-js: chains that outlive the step walk by adjusted Langevin, then one update.

import { nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { lift, perceptron } from "./nets.mjs";
import { adam } from "./training.mjs";

const squaredNorm = (x) => np.square(x).sum(1);

function energy(params, fixed, x, bowl) {
  const tilt = perceptron(params.net, lift(x.ref, fixed.waves), nn.silu);
  return squaredNorm(x)
    .mul(0.5 * bowl)
    .sub(tilt.reshape([-1]));
}

function walked(params, fixed, x, walk, { step, bowl }) {
  const summed = (x) => {
    const each = energy(tree.ref(params), tree.ref(fixed), x, bowl);
    return [each.ref.sum(), each];
  };
  const slope = (x) => {
    const [[total, each], grad] = valueAndGrad(summed, { hasAux: true })(x);
    total.dispose();
    return [each, grad];
  };
  let [e, grad] = slope(x.ref);
  for (const { z, u } of walk) {
    const y = x.ref.sub(grad.ref.mul(step)).add(z.ref.mul(Math.sqrt(2 * step)));
    const [eY, gradY] = slope(y.ref);
    const back = x.ref.sub(y.ref).add(gradY.ref.mul(step));
    const logOdds = e.ref
      .sub(eY.ref)
      .add(squaredNorm(z).mul(0.5))
      .sub(squaredNorm(back).mul(0.25 / step));
    const taken = np.less(u.reshape([-1]), np.exp(np.minimum(logOdds, 0)));
    const at = taken.ref.reshape([-1, 1]);
    [x, e, grad] = [np.where(at.ref, y, x), np.where(taken, eY, e), np.where(at, gradY, grad)];
  }
  tree.dispose([e, grad]);
  return x;
}

function loss(params, fixed, x, drawn, { alpha, bowl }) {
  const [data, chains] = np.split(energy(params, fixed, np.concatenate([x, drawn]), bowl), 2);
  const penalty = np.square(data.ref).mean().add(np.square(chains.ref).mean());
  return data.mean().sub(chains.mean()).add(penalty.mul(alpha));
}

export const pcd =
  (constants, settings, unpack) =>
  ({ players: { model }, state }, fixed, batch, scales) => {
    const params = unpack.model(model.theta.ref);
    const [front, rest] = np.split(state.chains, [batch.x.shape[0]]);
    const start = np.where(np.greater(batch.reborn, 0), batch.start, front);
    const drawn = walked(tree.ref(params), tree.ref(fixed), start, batch.walk, constants);
    const [value, grads] = valueAndGrad((params) => loss(params, fixed, batch.x, drawn.ref, constants))(params);
    const chains = np.concatenate([rest, drawn]);
    return { losses: value.reshape([1]), players: { model: adam(model, grads, scales, settings) }, state: { chains } };
  };
