// How long a training step takes here and in other tensor libraries: the same model and Adam from the same weights on the same batches, side by
// side in one headless Chromium, and natively beside it. Where losses part within the first steps, the row is void. Rows of earlier runs stay
// until they are measured again.
//
// speed.mjs [--rounds N] [--skip NAME] [WORKLOAD…]: --skip leaves out every contestant whose name contains NAME, and may be given again.
// PYTHON names an interpreter that has JAX. Writes target/bench/speed.json and speed.md.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { arena } from "./speed/browser.mjs";
import { native } from "./speed/native.mjs";
import { table } from "./speed/table.mjs";
import { PLACES, STEPS, workloads } from "./speed/workloads.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const here = join(root, "tests/bench/speed");
const out = join(root, "target/bench");
const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "7" }, skip: { type: "string", multiple: true, default: [] } },
  allowPositionals: true,
});
const ROUND_MS = 250;
const WARM_MS = 1000;
// Of a loss, or of 1 where it is smaller.
const TOLERANCE = 1e-3;

const ENGINES = [
  { name: "ours cpu", script: "ours", backend: "cpu" },
  { name: "ours webgpu", script: "ours", backend: "webgpu" },
];
const PEERS = [
  { name: "jax-js wasm", script: "jaxjs/worker", backend: "wasm", engine: "cpu" },
  { name: "tfjs cpu", script: "tfjs/worker", backend: "cpu", engine: "cpu" },
  { name: "tfjs wasm", script: "tfjs/worker", backend: "wasm", engine: "cpu" },
  { name: "jax native", engine: "cpu" },
  { name: "jax-js webgpu", script: "jaxjs/worker", backend: "webgpu", engine: "webgpu" },
  { name: "tfjs webgl", script: "tfjs/worker", backend: "webgl", engine: "webgpu" },
  { name: "tfjs webgpu", script: "tfjs/worker", backend: "webgpu", engine: "webgpu" },
];
const kept = ({ name }) => !values.skip.some((word) => name.includes(word));
const hasGpu = existsSync(join(root, "www/src/engine/generated/gpu/dgm_bg.wasm"));
const engines = ENGINES.filter((engine) => kept(engine) && (engine.backend === "cpu" || hasGpu));
const peers = PEERS.filter((peer) => kept(peer) && engines.some(({ backend }) => backend === peer.engine));

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

// The largest difference of losses, as a share of theirs where they are larger than 1.
function apart(ours, theirs) {
  const share = (loss, i, j) => Math.abs(ours[i][j] - loss) / Math.max(1, Math.abs(ours[i][j]));
  const all = theirs.flatMap((step, i) => step.map((loss, j) => share(loss, i, j)));
  return all.every(Number.isFinite) ? Math.max(...all) : Number.POSITIVE_INFINITY;
}

async function opened(contestant, { key, patch, file }) {
  const { name, script, backend } = contestant;
  const worker = script ? await stage.contestant(script) : native(here, process.env.PYTHON);
  const run = { ...contestant, ask: worker.ask, close: worker.close, times: [] };
  try {
    Object.assign(run, await run.ask("open", { name: key, backend, patch, file, steps: STEPS }));
    let spent = 0;
    let steps = 0;
    for (let n = 1; spent < WARM_MS; n *= 2) {
      spent += n * (await run.ask("time", n));
      steps += n;
    }
    // The first steps compile; of the later ones the fastest tell how many fill a round, for a machine is not always busy with something else.
    const few = Math.max(1, Math.round(steps / 8));
    const ms = Math.min(await run.ask("time", few), await run.ask("time", few));
    run.steps = Math.max(1, Math.round(ROUND_MS / ms));
  } catch (error) {
    run.failed = error.message.split("\n")[0].replace(/^\w*\.?evaluate: (Error: )?/, "");
    console.log(`  ${name}: ${run.failed}`);
  }
  return run;
}

async function compared(workload) {
  const { label, size, patch, problem } = workload;
  const key = `${problem.model} ${size}`.replaceAll(/\W+/g, "-");
  const file = join(out, "problems", `${key}.json`);
  const text = JSON.stringify(problem, (_, value) => (ArrayBuffer.isView(value) ? [...value] : value));
  writeFileSync(file, text);
  problems.set(key, text);
  console.log(`${label}, ${size}`);
  const runs = [];
  for (const contestant of [...engines, ...peers]) runs.push(await opened(contestant, { key, patch, file }));
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const run of runs.filter(({ failed }) => !failed)) run.times.push(await run.ask("time", run.steps));
  }
  for (const run of runs) await run.close();
  problems.delete(key);
  const rows = [];
  for (const run of runs.filter(({ engine }) => engine)) {
    const ours = runs.find(({ name }) => name === `ours ${run.engine}`);
    const difference = run.failed || ours.failed ? undefined : apart(ours.losses, run.losses);
    const nothing = run.failed ?? ours.failed ?? (difference <= TOLERANCE ? undefined : `losses ${difference.toPrecision(2)} apart`);
    const [ours_ms, peer_ms] = [ours, run].map(({ times }) => (times.length > 0 ? median(times) : null));
    const row = {
      workload: label,
      size,
      engine: run.engine,
      peer: run.name,
      ours_ms,
      peer_ms,
      ratio: nothing === undefined ? peer_ms / ours_ms : null,
      dispatches: run.engine === "webgpu" ? (ours.dispatches ?? null) : null,
      adapter: run.engine === "webgpu" ? stage.adapter : null,
      commit,
      apart: difference ?? null,
      void: nothing ?? null,
    };
    rows.push(row);
    const told = row.void
      ? `void: ${row.void}`
      : `${row.ratio.toFixed(2)} times ours, ${row.ours_ms.toFixed(2)} ms; losses ${difference.toExponential(1)} apart`;
    console.log(`  ${row.peer}: ${row.peer_ms?.toFixed(2) ?? "–"} ms, ${told}`);
  }
  return rows;
}

mkdirSync(join(out, "problems"), { recursive: true });
const commit = execFileSync("git", ["describe", "--always", "--dirty", "--abbrev=7"], { cwd: root, encoding: "utf8" }).trim();
const problems = new Map();
const stage = await arena({ here, root, problems });
console.log(`Chromium ${stage.version}; WebGPU adapter: ${stage.adapter ?? "none"}`);

// After each workload, so that a run that is broken off keeps what it has measured.
const file = join(out, "speed.json");
const place = ({ workload, size, peer }) => [workload, size, peer].join();
const rows = new Map(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).map((row) => [place(row), row]) : []);
for (const workload of workloads(positionals, join(root, "www/public/data/digits.csv"))) {
  for (const row of await compared(workload)) rows.set(place(row), row);
  writeFileSync(file, `${JSON.stringify([...rows.values()], null, 1)}\n`);
  writeFileSync(join(out, "speed.md"), table([...rows.values()], { peers: PEERS.map(({ name }) => name), places: PLACES }));
}
await stage.close();
