// Every row of the targets with the page's own defaults, trained and scored as the page does it: by `dgm sweep`, on the engine that is published.
//
// quality.mjs [--seeds N] [FAMILY|MODEL|DATA …]: only rows that carry all the words given. Runs are kept in target/bench/quality, so that it
// goes on where it was stopped, until the engine is another. Rows of the README that are not measured stand as they were.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { median } from "./sweep/command.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const { values, positionals: words } = parseArgs({ options: { seeds: { type: "string", default: "5" } }, allowPositionals: true });
const seeds = Number(values.seeds);
// Latents per point behind a measured bound, whatever the page draws with.
const BOUND_SAMPLES = 200;
// The command's exit code where a table has numbers of another engine, or of another experiment.
const OTHER_TABLE = 4;
const HEAD = [
  "family",
  "model",
  "data",
  "steps × batch",
  "seeds",
  "metric",
  "median",
  "±",
  "low to high",
  "perfect",
  "must",
  "aim",
  "engine",
];

const artefact = join(root, "www/src/engine/generated/cpu");
const dgm = await import(pathToFileURL(join(artefact, "dgm.js")).href);
await dgm.default({ module_or_path: readFileSync(join(artefact, "dgm_bg.wasm")) });
const catalogue = dgm.catalogue();
const targets = JSON.parse(readFileSync(join(root, "tests/bench/targets.json"), "utf8"));
const folder = join(root, "target/bench/quality");
mkdirSync(folder, { recursive: true });

const nameOf = ({ model, preset }) => `\`${model}\`${preset ? `, preset ${preset}` : ""}`;
const keyOf = (target) => [nameOf(target), target.data, target.metric].join("\t");
const rows = standing();
for (const target of targets.filter(({ family, model, data }) => words.every((word) => [family, model, data].includes(word)))) {
  const cells = measured(target, ...runsOf(target));
  rows.set(keyOf(target), cells);
  console.log(line(cells));
  // After every row, so that what is broken off keeps what it has measured.
  const known = targets.map((each) => rows.get(keyOf(each))).filter(Boolean);
  writeFileSync(
    join(root, "target/bench/quality.md"),
    `${[line(HEAD), `|${"---|".repeat(HEAD.length)}`, ...known.map(line)].join("\n")}\n`,
  );
}

function line(cells) {
  return `| ${cells.join(" | ")} |`;
}

// The README's rows by what they are of: model, data, metric.
function standing() {
  const [, table] = /<!-- quality:begin -->([\s\S]*?)<!-- quality:end -->/.exec(readFileSync(join(root, "README.md"), "utf8"));
  const found = table.split("\n").filter((text) => text.startsWith("| ") && !text.startsWith("| family"));
  const cells = found.map((text) => text.slice(2, -2).split(" | "));
  return new Map(cells.map((row) => [[row[1], row[2], row[5]].join("\t"), row]));
}

// What differs from the model's defaults, as an experiment says it: options by their names.
function settingsOf({ model, preset }) {
  const { params } = catalogue.models.find(({ id }) => id === model);
  const given = Object.entries(preset ? catalogue.presets.find(({ id }) => id === preset).patch.params : {});
  const finer = params.some(({ id }) => id === "bound_samples") ? [["bound_samples", BOUND_SAMPLES]] : [];
  const said = ({ kind, options }, value) => (kind === "choice" ? options[value].id : value);
  return Object.fromEntries(
    [...given, ...finer].map(([id, value]) => [
      id,
      [
        said(
          params.find((spec) => spec.id === id),
          value,
        ),
      ],
    ]),
  );
}

// Scores of each seed, and the engine's name: those that an earlier bench left, and those that are run now. Of one model and data there may be several metrics, and one table.
function runsOf(target) {
  const { model, data, preset, steps } = target;
  const name = [model, data, preset, steps].filter(Boolean).join("-");
  const [file, out] = [".json", ".csv"].map((end) => join(folder, name + end));
  const asked = {
    models: [model],
    data: [data],
    seeds: Array.from({ length: seeds }, (_, k) => k + 1),
    settings: settingsOf(target),
    steps,
  };
  writeFileSync(file, JSON.stringify(asked));
  const sweep = () =>
    spawnSync(process.execPath, [join(root, "www/dist/command/dgm.js"), "sweep", file, "--out", out], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  let { status } = sweep();
  if (status === OTHER_TABLE) {
    console.log(`${name}: measured anew`);
    rmSync(out);
    ({ status } = sweep());
  }
  if (status !== 0) throw new Error(`${name}: dgm sweep ended with ${status}`);
  const [head, names, ...lines] = readFileSync(out, "utf8").trim().split("\n");
  const engine = /"engine":"dgm_first-([\w-]+)\.wasm"/.exec(head)[1];
  const fields = names.split(",");
  return [lines.map((text) => Object.fromEntries(text.split(",").map((cell, k) => [fields[k], cell]))), `wasm ${engine}`];
}

// The cells of a README row.
function measured(target, runs, engine) {
  const { family, model, data, preset, steps, metric, must, aim, more_is_better } = target;
  const broken = runs.find(({ error, [metric]: value }) => error || !value);
  if (broken) throw new Error(`${nameOf(target)} on ${data}, seed ${broken.seed}: ${broken.error || `${metric} was not measured`}`);
  const column = (name) => runs.map((run) => (run[name] ? Number(run[name]) : Number.NaN));
  const found = column(metric);
  const middle = (name) => (column(name).every(Number.isFinite) ? median(column(name)).toFixed(4) : "–");
  const reaches = (bar) => (more_is_better ? median(found) >= bar : median(found) <= bar);
  const mark = (bar) => `${bar} ${reaches(bar) ? "✓" : "✗"}`;
  const spec = catalogue.models.find(({ id }) => id === model).params.find(({ id }) => id === "batch");
  const batch = catalogue.presets.find(({ id }) => id === preset)?.patch.params.batch ?? spec.default;
  const range = `${Math.min(...found).toFixed(4)} to ${Math.max(...found).toFixed(4)}`;
  const [error, perfect] = [middle(`${metric}_stderr`), middle(`${metric}_floor`)];
  return [
    family,
    nameOf(target),
    data,
    `${steps} × ${batch}`,
    seeds,
    metric,
    median(found).toFixed(4),
    error,
    range,
    perfect,
    mark(must),
    mark(aim),
    engine,
  ];
}
