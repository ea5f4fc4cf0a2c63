// How much the figures of the models over pixels hang on which 250 images are kept back: the same rows of the targets, seed 1, on other splits of
// the digits. Lines of the file that ships are put in another order, of which the engine's own split then makes another one.
//
// splits.mjs ARTEFACT [--splits N] [MODEL …]: of black and white digits, in nats. Writes target/bench/splits.md.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { median } from "./sweep/command.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const { values, positionals } = parseArgs({ options: { splits: { type: "string", default: "10" } }, allowPositionals: true });
const [artefact, ...words] = positionals;
const DATA = "digits-binary";
const METRIC = "nll";
const STEPS_A_CALL = 50;
// As bench quality has it.
const [BOUND_SAMPLES, POINTS] = [200, 4000];

const wasm = readFileSync(resolve(artefact, "dgm_bg.wasm"));
const lines = readFileSync(join(root, "www/public/data/digits.csv"), "utf8").trim().split("\n");
const targets = JSON.parse(readFileSync(join(root, "tests/bench/targets.json"), "utf8"));
const rows = targets.filter(
  ({ model, data, metric }) => data === DATA && metric === METRIC && (words.length === 0 || words.includes(model)),
);
const said = (text) => `| ${text.join(" | ")} |`;
const table = [said(["model", "splits", "median", "low to high", "± of one split", "the page's split", "must"]), `|${"---|".repeat(7)}`];
for (const { model, steps, must } of rows) {
  const found = [];
  for (let split = 0; split <= Number(values.splits); split++) found.push(await scored(model, steps, split));
  const [own, ...others] = found;
  const nats = others.map(({ value }) => value);
  table.push(
    said([
      `\`${model}\``,
      others.length,
      median(nats).toFixed(2),
      `${Math.min(...nats).toFixed(2)} to ${Math.max(...nats).toFixed(2)}`,
      median(others.map(({ stderr }) => stderr)).toFixed(2),
      own.value.toFixed(2),
      must,
    ]),
  );
  console.log(table.at(-1));
}
mkdirSync(join(root, "target/bench"), { recursive: true });
writeFileSync(join(root, "target/bench/splits.md"), `${table.join("\n")}\n`);

// −log P of the images that this split keeps back; split 0 is the page's.
async function scored(model, steps, split) {
  // An engine is given its digits once: each split has an engine of its own.
  const dgm = await import(`${pathToFileURL(resolve(artefact, "dgm.js")).href}?split=${model}-${split}`);
  await dgm.default({ module_or_path: wasm });
  dgm.provideFile("digits.csv", (split === 0 ? lines : shuffled(split)).join("\n"));
  const { params } = dgm.catalogue().models.find(({ id }) => id === model);
  const finer = params.some(({ id }) => id === "bound_samples") ? { bound_samples: BOUND_SAMPLES } : {};
  const engine = await dgm.Engine.open("cpu");
  await engine.configure({ model, data: DATA, seed: 1, params: finer });
  for (let step = 0; step < steps; step += STEPS_A_CALL) await engine.step(STEPS_A_CALL);
  const scores = await engine.evaluate(POINTS);
  engine.free();
  return scores.find(({ id }) => id === METRIC);
}

// Fisher and Yates with the generator of Lehmer, by the multiplier of Park and Miller.
function shuffled(seed) {
  let state = seed;
  const below = (n) => {
    state = (state * 48271) % 2147483647;
    return Math.floor((state / 2147483647) * n);
  };
  for (let warm = 0; warm < 10; warm++) below(1);
  const order = [...lines];
  for (let last = order.length - 1; last > 0; last--) {
    const other = below(last + 1);
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}
