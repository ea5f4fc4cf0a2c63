// How a step's time grows with what is asked of it: width, depth, batch and, of a training set that is drawn once, its size. One thing moves at a
// time, the rest stays at the page's defaults; the published CPU engine in Node. The slope of log time against log size, by least squares over
// all but the smallest sizes, where what does not grow weighs most, is the exponent.
//
// growth.mjs ARTEFACT [--rounds N]: a folder that holds dgm.js and dgm_bg.wasm. Writes target/bench/growth.json, growth.md and tests/bench/growth.svg.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const { values, positionals } = parseArgs({ options: { rounds: { type: "string", default: "40" } }, allowPositionals: true });
const MODELS = [
  ["realnvp", "RealNVP"],
  ["nce", "NCE"],
];
const MOVED = [
  ["width", [8, 16, 32, 64, 128, 256]],
  ["depth", [1, 2, 3, 4, 5, 6]],
  ["batch", [32, 64, 128, 256, 512, 1024, 2048]],
  ["train_points", [10, 100, 1000, 10_000]],
];
const NAMES = { train_points: "data size" };
// Short, so that some of many rounds pass while the machine does nothing else.
const ROUND_MS = 25;
const WARM_MS = 200;

const [artefact] = positionals;
const dgm = await import(pathToFileURL(resolve(artefact, "dgm.js")).href);
await dgm.default({ module_or_path: readFileSync(resolve(artefact, "dgm_bg.wasm")) });

async function time(engine, steps) {
  const start = performance.now();
  await engine.step(steps);
  return (performance.now() - start) / steps;
}

// Every size of one curve in turn, round after round. Of each the fastest round counts: what else the machine does can only add to it.
async function curve(model, moved, sizes) {
  const runs = [];
  for (const size of sizes) {
    const engine = await dgm.Engine.open("cpu");
    const params = moved === "train_points" ? { train_set: 1, train_points: size } : { [moved]: size };
    await engine.configure({ model, data: "8gaussians", seed: 1, params });
    let spent = 0;
    let ms = Number.POSITIVE_INFINITY;
    for (let n = 1; spent < WARM_MS; n *= 2) {
      const now = await time(engine, n);
      spent += n * now;
      ms = Math.min(ms, now);
    }
    runs.push({ size, engine, steps: Math.max(1, Math.round(ROUND_MS / ms)), times: [] });
  }
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const run of runs) run.times.push(await time(run.engine, run.steps));
  }
  for (const { engine } of runs) engine.free();
  return runs.map(({ size, times }) => ({ size, ms: Math.min(...times) }));
}

function exponent(points) {
  const logs = points.slice(Math.floor(points.length / 2) - 1).map(({ size, ms }) => [Math.log(size), Math.log(ms)]);
  const mean = (axis) => logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return covariance / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

const curves = [];
for (const [model, label] of MODELS) {
  for (const [moved, sizes] of MOVED) {
    const points = await curve(model, moved, sizes);
    const row = { model: label, moved: NAMES[moved] ?? moved, exponent: exponent(points), points };
    curves.push(row);
    const told = points.map(({ size, ms }) => `${size}: ${ms.toFixed(2)}`).join(", ");
    console.log(`${label}, ${row.moved}: exponent ${row.exponent.toFixed(2)}; ms at ${told}`);
  }
}

// One panel for each thing that moves, both models in it. Ink of middle lightness, readable on a light page and on a dark one.
const INK = "#808080";
const COLOURS = ["#2f81f7", "#d9822b"];
// The same in every panel, from just below the fastest step to just above the slowest.
const all = curves.flatMap(({ points }) => points.map(({ ms }) => ms));
const DOMAIN = [Math.min(...all) / 1.3, Math.max(...all) * 1.3];
const TICKS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500].filter((ms) => ms > DOMAIN[0] && ms < DOMAIN[1]);
const PANEL = { width: 300, height: 210 };

function panel(moved, document) {
  const shown = curves.filter((row) => row.moved === moved);
  const points = shown.flatMap(({ model, points }) => points.map((point) => ({ model, ...point })));
  return Plot.plot({
    document,
    ...PANEL,
    marginTop: 30,
    marginLeft: 46,
    marginRight: 16,
    marginBottom: 36,
    style: { color: INK, background: "none", fontFamily: "sans-serif", fontSize: "11px", overflow: "visible" },
    x: {
      type: "log",
      label: moved,
      ticks: points.map(({ size }) => size),
      tickFormat: (size) => (size >= 1000 ? `${Math.round(size / 1000)}k` : `${size}`),
    },
    y: { type: "log", domain: DOMAIN, label: "ms a step", tickFormat: "~g", ticks: TICKS, grid: true },
    color: { domain: MODELS.map(([, label]) => label), range: COLOURS },
    marks: [
      Plot.line(points, { x: "size", y: "ms", stroke: "model", strokeWidth: 1.8 }),
      Plot.dot(points, { x: "size", y: "ms", fill: "model", r: 2.6 }),
      // Lines rise to the right, so the other corner is free.
      ...shown.map(({ model, exponent }, i) =>
        Plot.text([`${model}, exponent ${exponent.toFixed(2)}`], { frameAnchor: "top-left", fill: COLOURS[i], dx: 8, dy: 15 * i }),
      ),
    ],
  });
}

const { document } = parseHTML("<!doctype html><html><body></body></html>");
const panels = MOVED.map(([moved], i) => {
  const svg = panel(NAMES[moved] ?? moved, document);
  svg.setAttribute("x", (i % 2) * PANEL.width);
  svg.setAttribute("y", Math.floor(i / 2) * PANEL.height);
  return svg.outerHTML;
});
const size = [2 * PANEL.width, 2 * PANEL.height];
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.join(" ")}" width="${size[0]}" height="${size[1]}">${panels.join("")}</svg>\n`;

const out = join(root, "target/bench");
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "growth.json"), `${JSON.stringify(curves, null, 1)}\n`);
writeFileSync(join(root, "tests/bench/growth.svg"), svg);
const told = MODELS.map(([, label]) => {
  const cells = MOVED.map(([moved]) =>
    curves.find((row) => row.model === label && row.moved === (NAMES[moved] ?? moved)).exponent.toFixed(2),
  );
  return `| ${label} | ${cells.join(" | ")} |`;
});
const head = ["exponent of a step's time in", ...MOVED.map(([moved]) => NAMES[moved] ?? moved)];
writeFileSync(join(out, "growth.md"), `${[`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...told].join("\n")}\n`);
