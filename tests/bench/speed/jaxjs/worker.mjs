// jax-js: one jitted function for the whole step, loss, gradients and Adam, over trees of arrays. An array is freed by the call that takes it;
// `ref` keeps it for another.

import { blockUntilReady, defaultDevice, init, jit, numpy as np, tree } from "@jax-js/jax";
import { mapped, problem, serve } from "../contestant.mjs";
import { STEPS } from "./models.mjs";
import { packed } from "./training.mjs";

const upload = (values, shape) => np.array(values).reshape(shape);

serve(async ({ backend, name }) => {
  await init(backend);
  defaultDevice(backend);
  const { model, adam, players, fixed, state, constants, batches } = await problem(name);
  const unpack = {};
  const carry = ([player, params]) => {
    const { theta, unpack: apart } = packed(mapped(params, upload));
    unpack[player] = apart;
    return [player, { theta, m: np.zerosLike(theta.ref), v: np.zerosLike(theta.ref) }];
  };
  let carried = { players: Object.fromEntries(Object.entries(players).map(carry)), state: mapped(state, upload) };
  const step = jit(STEPS[model](constants, adam, unpack));
  const still = mapped(fixed, upload);
  let t = 0;
  const next = () => {
    const batch = mapped(batches[t % batches.length], upload);
    t++;
    const correction = Math.sqrt(1 - adam.beta2 ** t);
    const scales = np.array([(adam.rate * correction) / (1 - adam.beta1 ** t), adam.epsilon * correction]);
    const { losses, ...rest } = step(carried, tree.ref(still), batch, scales);
    carried = rest;
    return losses;
  };
  return {
    async losses() {
      const all = [];
      for (let i = 0; i < batches.length; i++) all.push([...(await next().data())]);
      return { losses: all };
    },
    async run(steps) {
      for (let i = 1; i < steps; i++) next().dispose();
      await next().data();
      await blockUntilReady(carried);
    },
  };
});
