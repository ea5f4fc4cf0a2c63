// A GAN with R1 in jax-js: the discriminator's update, whose loss holds the slope of its logits at data, then the generator's.

import { grad, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { lift, perceptron } from "./nets.mjs";
import { adam } from "./training.mjs";

const logit = (params, fixed, x) => perceptron(params, lift(x, fixed.waves), (h) => nn.leakyRelu(h, 0.2)).reshape([-1]);
const generated = (params, z) => perceptron(params, z, np.tanh);

function discriminatorLoss(params, fixed, x, fakes, gamma) {
  const summed = (x) => {
    const logits = logit(tree.ref(params), tree.ref(fixed), x);
    return [logits.ref.sum(), logits];
  };
  const [slope, real] = grad(summed, { hasAux: true })(x);
  const penalty = np
    .square(slope)
    .sum(1)
    .mean()
    .mul(0.5 * gamma);
  const fake = logit(params, fixed, fakes);
  return nn.softplus(np.negative(real)).mean().add(nn.softplus(fake).mean()).add(penalty);
}

function generatorLoss(params, discriminator, fixed, z) {
  return nn.softplus(np.negative(logit(discriminator, fixed, generated(params, z)))).mean();
}

export const gan =
  ({ gamma, pace }, settings, unpack) =>
  ({ players: { generator, discriminator }, state }, fixed, { x, z, again }, scales) => {
    const makes = unpack.generator(generator.theta.ref);
    const fakes = generated(tree.ref(makes), z);
    const judges = unpack.discriminator(discriminator.theta.ref);
    const d = valueAndGrad((params) => discriminatorLoss(params, tree.ref(fixed), x, fakes, gamma))(judges);
    const judge = adam(discriminator, d[1], scales.ref, settings);
    const learned = unpack.discriminator(judge.theta.ref);
    const g = valueAndGrad((params) => generatorLoss(params, learned, fixed, again))(makes);
    const maker = adam(generator, g[1], scales.mul(np.array([pace, 1])), settings);
    return { losses: np.stack([d[0], g[0]]), players: { generator: maker, discriminator: judge }, state };
  };
