// Adam, and a step by it, in jax-js. A player's parameters are one vector, cut where the model wants them: an update is then three kernels instead
// of three for every layer, which made whole steps up to three times as fast.

import { numpy as np, tree, valueAndGrad } from "@jax-js/jax";

const flat = (leaves) => np.concatenate(leaves.map((leaf) => leaf.reshape([-1])));

// The vector, with what takes it apart.
export function packed(params) {
  const [leaves, structure] = tree.flatten(params);
  const shapes = leaves.map(({ shape }) => shape);
  const ends = [];
  for (const shape of shapes) ends.push((ends.at(-1) ?? 0) + shape.reduce((a, b) => a * b, 1));
  const unpack = (theta) => {
    const parts = np.split(theta, ends.slice(0, -1));
    return tree.unflatten(
      structure,
      parts.map((part, i) => part.reshape(shapes[i])),
    );
  };
  return { theta: flat(leaves), unpack };
}

// One update; `scales` hold the corrections of the first steps.
export function adam({ theta, m, v }, grads, scales, { beta1, beta2 }) {
  const g = flat(tree.leaves(grads));
  const [length, epsilon] = np.split(scales, 2);
  const mean = m.mul(beta1).add(g.ref.mul(1 - beta1));
  const square = v.mul(beta2).add(np.square(g).mul(1 - beta2));
  const moved = theta.sub(mean.ref.mul(length).div(np.sqrt(square.ref).add(epsilon)));
  return { theta: moved, m: mean, v: square };
}

// Steps down one loss.
export const descent =
  (loss) =>
  (constants, settings, unpack) =>
  ({ players: { model }, state }, fixed, batch, scales) => {
    const [value, grads] = valueAndGrad((params) => loss(params, fixed, batch, constants))(unpack.model(model.theta.ref));
    return { losses: value.reshape([1]), players: { model: adam(model, grads, scales, settings) }, state };
  };
