// The workloads' models in jax-js: losses of parameters, of what stays fixed, of a batch with its noise, and of numbers.

import { nn, numpy as np } from "@jax-js/jax";
import { pcd } from "./chains.mjs";
import { gan } from "./game.mjs";
import { affine, gaussian, HALF_LN_2PI, halves, inkLogProb, lift, logNormal, perceptron, spline } from "./nets.mjs";
import { descent } from "./training.mjs";

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

function nsf(layers, waves, { x }) {
  let [first, second] = halves(x);
  let logDet = np.zeros([1, 1]);
  layers.forEach(({ own, net }, i) => {
    const [leader, follower] = i % 2 === 0 ? [first, second] : [second, first];
    const [moved, logSlopeMoved] = spline(follower, perceptron(net, lift(leader.ref, waves[i]), nn.silu));
    const [led, logSlope] = spline(leader, own);
    logDet = logDet.add(logSlope).add(logSlopeMoved);
    [first, second] = i % 2 === 0 ? [led, moved] : [moved, led];
  });
  return flowLoss(first, second, logDet);
}

function nce({ net, logZ }, { waves }, { x, drawn }, constants) {
  const tilt = perceptron(net, lift(np.concatenate([x, drawn]), waves), nn.silu);
  const [data, noise] = np.split(tilt.sub(logZ).add(constants.logZ), 2);
  return nn.softplus(np.negative(data)).mean().add(nn.softplus(noise).mean());
}

function iwae({ encoder, decoder }, _fixed, { x, eps }) {
  const [mu, logVar] = gaussian(perceptron(encoder, x.ref, np.tanh));
  const [n, latents] = mu.shape;
  const k = eps.shape[0] / n;
  const z = mu.ref.add(np.exp(logVar.ref.mul(0.5)).mul(eps.reshape([k, n, latents])));
  const decoded = gaussian(perceptron(decoder, z.ref.reshape([k * n, latents]), np.tanh));
  const likelihood = logNormal(x, ...decoded.map((part) => part.reshape([k, n, 2])));
  const prior = np.square(z.ref).mul(-0.5).sub(HALF_LN_2PI).sum(-1);
  const logWeights = likelihood.add(prior).sub(logNormal(z, mu, logVar));
  return np.negative(nn.logsumexp(logWeights, 0).mean()).add(Math.log(k));
}

function mixtureLogProb(x, raw) {
  const [logits, mu, width] = np.split(raw, 3, 1);
  const logSigma = nn.sigmoid(width).mul(6).sub(5);
  const z = x.sub(mu).mul(np.exp(np.negative(logSigma.ref)));
  const terms = nn.logSoftmax(logits, 1).sub(logSigma).sub(np.square(z).mul(0.5));
  return nn.logsumexp(terms, 1).sub(HALF_LN_2PI);
}

function made({ base, net }, { waves }, { x }) {
  const [first, second] = halves(x);
  const [base1, base2] = np.split(base.reshape([2, -1]), 2);
  const moved = perceptron(net, lift(first.ref, waves), nn.silu).add(base2);
  return np.negative(mixtureLogProb(first, base1).add(mixtureLogProb(second, moved)).mean());
}

function fm({ space, time, net }, fixed, { x, x0, t }) {
  const right = x.sub(x0.ref);
  const seen = affine(space, lift(x0.add(right.ref.mul(t.ref)), fixed.space)).add(affine(time, lift(t, fixed.time)));
  const velocity = perceptron(net, nn.silu(seen), nn.silu);
  return np.square(velocity.sub(right)).sum(1).mean();
}

// The second of two columns less the first.
function difference(pairs) {
  const [first, second] = np.split(pairs, 2, -1);
  return second.sub(first);
}

function madePixels({ base, shapes, net }, { masks }, { x, kept }) {
  const thinned = net.map(({ w, b }, i) => ({ w: w.mul(masks[i].mul(kept[i])), b }));
  const [seen, last] = np.split(x.ref, [-1], 1);
  const amounts = perceptron(thinned, seen.mul(2).sub(1), nn.silu);
  const shift = np.concatenate([np.zerosLike(last), amounts.mul(difference(shapes))], 1);
  const moved = shift.add(difference(base).mul(10).reshape([1, -1]));
  return np.negative(inkLogProb(x, moved).mean());
}

function vaePixels({ encoder, decoder }, _fixed, { x, eps }) {
  const [mu, logVar] = gaussian(perceptron(encoder, x.ref.mul(2).sub(1), nn.silu));
  const z = mu.ref.add(np.exp(logVar.ref.mul(0.5)).mul(eps));
  const logits = perceptron(decoder, z, nn.silu).reshape([...x.shape, 2]);
  const kl = np.square(mu).add(np.exp(logVar.ref)).sub(logVar).sub(1).mul(0.5).sum(1);
  return kl.sub(inkLogProb(x, difference(logits).reshape(x.shape))).mean();
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
