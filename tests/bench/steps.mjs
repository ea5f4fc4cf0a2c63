// Milliseconds a training step, every row of the registry with the page's own defaults, on the CPU engine's published artefact in Node.
//
// steps.mjs ARTEFACT [--against ARTEFACT] [--rounds N] [MODEL…]: folders that hold dgm.js and dgm_bg.wasm. With two, their rounds alternate and
// the table tells how many times as fast the first is. Writes target/bench/steps.json and steps.md.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const { values, positionals } = parseArgs({
  options: { against: { type: "string" }, rounds: { type: "string", default: "9" } },
  allowPositionals: true,
});
const [artefact, ...words] = positionals;
const rounds = Number(values.rounds);
const digits = readFileSync(`${root}/www/public/data/digits.csv`, "utf8");
// One data set for each kind of space, the first that a row learns.
const spaces = new Map([
  [2, "8gaussians"],
  [64, "digits-binary"],
]);
const ROUND_MS = 120;
const WARM_MS = 500;

async function load(folder) {
  const dgm = await import(pathToFileURL(resolve(folder, "dgm.js")).href);
  await dgm.default({ module_or_path: readFileSync(resolve(folder, "dgm_bg.wasm")) });
  dgm.provideFile("digits.csv", digits);
  return dgm;
}

function median(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const engines = [await load(artefact)];
if (values.against) engines.push(await load(values.against));

const rows = [];
for (const { id, dims } of engines[0].catalogue().models) {
  if (words.length > 0 && !words.includes(id)) continue;
  const data = spaces.get(dims.at(-1));
  const runs = [];
  for (const dgm of engines) {
    const engine = await dgm.Engine.open("cpu");
    await engine.configure({ model: id, data, seed: 1 });
    // Until the browser's engine has compiled all that a step calls for good.
    let warm = 0;
    const start = performance.now();
    for (; performance.now() - start < WARM_MS; warm += 5) await engine.step(5);
    const steps = Math.max(1, Math.round((warm * ROUND_MS) / (performance.now() - start)));
    runs.push({ engine, steps, times: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const run of runs) {
      const start = performance.now();
      await run.engine.step(run.steps);
      run.times.push((performance.now() - start) / run.steps);
    }
  }
  for (const run of runs) run.engine.free();
  const [ms, before] = runs.map((run) => median(run.times));
  rows.push({ model: id, data, ms, before });
  console.log(id, data, ms.toFixed(2), before === undefined ? "" : `before ${before.toFixed(2)}, ${(before / ms).toFixed(1)} times as fast`);
}

const out = `${root}/target/bench`;
mkdirSync(out, { recursive: true });
writeFileSync(`${out}/steps.json`, `${JSON.stringify(rows, null, 1)}\n`);
const compared = values.against !== undefined;
const head = compared ? "| model | data | ms a step | before | times as fast |\n|---|---|---|---|---|" : "| model | data | ms a step |\n|---|---|---|";
const lines = rows.map(({ model, data, ms, before }) =>
  `| \`${model}\` | ${data} | ${ms.toFixed(2)} |${compared ? ` ${before.toFixed(2)} | ${(before / ms).toFixed(1)} |` : ""}`,
);
writeFileSync(`${out}/steps.md`, `${[head, ...lines].join("\n")}\n`);
