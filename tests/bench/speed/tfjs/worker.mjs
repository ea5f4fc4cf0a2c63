// TensorFlow.js: a variable, and an optimizer that applies a loss's gradients to it in a tidy step.

import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { mapped, problem, serve } from "../contestant.mjs";
import { STEPS } from "./models.mjs";
import { Player } from "./training.mjs";

serve(async ({ backend, name }) => {
  setWasmPaths("/tfjs-wasm/");
  if (!(await tf.setBackend(backend))) throw new Error(`no ${backend} here`);
  await tf.ready();
  const { model, adam, players, fixed, state, constants, batches } = await problem(name);
  const upload = (values, shape) => tf.tensor(values, shape);
  const player = ([name, params]) => [name, new Player(mapped(params, upload), adam)];
  const step = STEPS[model]({
    players: Object.fromEntries(Object.entries(players).map(player)),
    fixed: mapped(fixed, upload),
    state: mapped(state, (values, shape) => tf.variable(upload(values, shape))),
    constants,
  });
  let t = 0;
  const next = () => tf.tidy(() => step(mapped(batches[t++ % batches.length], upload)));
  const read = async (losses) => {
    const values = await losses.data();
    losses.dispose();
    return [...values];
  };
  return {
    async losses() {
      const all = [];
      for (let i = 0; i < batches.length; i++) all.push(await read(next()));
      return { losses: all };
    },
    async run(steps) {
      for (let i = 1; i < steps; i++) next().dispose();
      await read(next());
    },
  };
});
