// A thousand runs of one step, and where their time goes: the same calls by the engine alone, one after another.

import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Folder, prints, root } from "./command.mjs";

const RUNS = 1000;
const SAMPLE = 200;
// As the command scores.
const POINTS = 4000;

export async function measure() {
  const folder = new Folder();
  folder.write("e.json", prints(RUNS));
  const { seconds, cpu } = await folder.dgm(["sweep", "e.json", "--json"]);
  folder.write("one.json", prints(1));
  const start = await folder.dgm(["sweep", "one.json", "--json", "--jobs", "1", "--out", "one.csv"]);
  const parts = await engineAlone();
  const each = (total) => `${((1000 * total) / RUNS).toFixed(1)} ms`;
  const work = Object.values(parts).reduce((sum, ms) => sum + ms);
  const cores = availableParallelism();
  const named = Object.entries(parts).map(([name, ms]) => `${name} ${ms.toFixed(1)}`);
  return [
    {
      what: `${RUNS.toLocaleString("en")} runs of one step, a run and core`,
      figure: each(seconds * cores),
      note: `${each(cpu)} of CPU; of the engine alone ${named.join(", ")} ms; start and end of the command ${start.seconds.toFixed(1)} s once`,
    },
    {
      what: "beside the training of that one step",
      figure: `${((1000 * seconds * cores) / RUNS - parts.step).toFixed(1)} ms`,
      note: `at most 50 ms; of CPU, and without scores and the like, ${((1000 * cpu) / RUNS - work).toFixed(1)} ms`,
    },
  ];
}

async function engineAlone() {
  const artefact = join(root, "www/src/engine/generated/cpu");
  const dgm = await import(pathToFileURL(join(artefact, "dgm.js")).href);
  await dgm.default({ module_or_path: readFileSync(join(artefact, "dgm_bg.wasm")) });
  dgm.provideFile("digits.csv", readFileSync(join(root, "www/public/data/digits.csv"), "utf8"));
  const engine = await dgm.Engine.open("cpu");
  const sums = { configure: 0, reset: 0, step: 0, scores: 0 };
  const timed = async (name, job) => {
    const before = process.cpuUsage();
    await job();
    const { user, system } = process.cpuUsage(before);
    sums[name] += (user + system) / 1000;
  };
  for (let seed = 1; seed <= SAMPLE; seed++) {
    await timed("configure", () => engine.configure({ model: "made-pixels", data: "digits-binary", seed, params: { width: 8 } }));
    await timed("reset", () => engine.reset());
    await timed("step", () => engine.step(1));
    await timed("scores", () => engine.evaluate(POINTS));
  }
  return Object.fromEntries(Object.entries(sums).map(([name, ms]) => [name, ms / SAMPLE]));
}
