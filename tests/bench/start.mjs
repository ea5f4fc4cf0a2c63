// How long a reader waits: from asking for the built page to its first picture and to its first step of learning. Every start is cold: a browser of
// its own with an empty profile, from a server on this machine, so that no network is in it.
//
// start.mjs [--starts N] [--gpu-starts N]: by default 20 starts as the page opens, and 5 that ask for WebGPU in the address, on the adapter there is.
// Writes target/bench/start.json and start.md.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch, serve } from "./speed/browser.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const dist = join(root, "www/dist");
const { values } = parseArgs({
  options: { starts: { type: "string", default: "20" }, "gpu-starts": { type: "string", default: "5" } },
});
const LONGEST_MS = 120_000;

const server = await serve((path) => {
  const file = normalize(join(dist, path === "/" ? "index.html" : path));
  if (!file.startsWith(dist)) throw new Error(`outside the page: ${path}`);
  return readFileSync(file);
});

// Milliseconds to both, and the engine that took the step.
async function start(hash) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.addInitScript(() => {
      window.times = {};
      // Capture on the window sees events of the element whether or not they bubble.
      for (const [name, key] of [
        ["lab-ready", "picture"],
        ["lab-step", "step"],
      ]) {
        const told = ({ detail }) => {
          window.times[key] ??= performance.now();
          window.times.backend ??= detail?.backend;
        };
        window.addEventListener(name, told, true);
      }
    });
    await page.goto(`${server.origin}/${hash}`);
    await page.waitForFunction(() => window.times.picture && window.times.step, undefined, { timeout: LONGEST_MS });
    return await page.evaluate(async () => {
      const adapter = await navigator.gpu?.requestAdapter();
      return { ...window.times, adapter: adapter?.info && `${adapter.info.vendor} ${adapter.info.architecture}` };
    });
  } finally {
    await browser.close();
  }
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
const commit = execFileSync("git", ["describe", "--always", "--dirty", "--abbrev=7"], { cwd: root, encoding: "utf8" }).trim();
const kinds = [{ what: "as the page opens", engine: "cpu", hash: "", starts: Number(values.starts) }];
if (existsSync(join(dist, "engine/gpu/dgm_bg.wasm")))
  kinds.push({ what: "WebGPU asked for", engine: "webgpu", hash: "#backend=webgpu", starts: Number(values["gpu-starts"]) });

const rows = [];
for (const { what, engine, hash, starts } of kinds) {
  const runs = [];
  for (let i = 0; i < starts; i++) {
    const run = await start(hash);
    if (run.backend !== engine) throw new Error(`${what}: the page began on ${run.backend}`);
    runs.push(run);
  }
  if (runs.length === 0) continue;
  const [pictures, steps] = ["picture", "step"].map((key) => runs.map((run) => run[key]));
  const adapter = engine === "webgpu" ? runs[0].adapter : null;
  const slowest = { picture_ms: Math.max(...pictures), step_ms: Math.max(...steps) };
  rows.push({ what, engine, adapter, starts, picture_ms: median(pictures), step_ms: median(steps), slowest, commit });
  console.log(`${what}: first picture ${median(pictures).toFixed(0)} ms, first step ${median(steps).toFixed(0)} ms, medians of ${starts}`);
}
server.close();

const out = join(root, "target/bench");
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "start.json"), `${JSON.stringify(rows, null, 1)}\n`);
const ms = (value) => `${value.toFixed(0)} ms`;
const lines = rows.map(({ what, adapter, starts, picture_ms, step_ms, slowest }) => {
  const cells = [ms(picture_ms), ms(slowest.picture_ms), ms(step_ms), ms(slowest.step_ms), starts];
  return `| ${adapter ? `${what} (${adapter})` : what} | ${cells.join(" | ")} |`;
});
const head = ["start", "first picture", "slowest", "first step", "slowest", "starts"];
writeFileSync(join(out, "start.md"), `${[`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...lines].join("\n")}\n`);
