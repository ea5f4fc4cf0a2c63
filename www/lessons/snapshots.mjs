// Trains the figures of the lessons that start trained, on the CPU engine in Node, and keeps each in public/lessons/snapshots.
//
// snapshots.mjs ARTEFACT: the folder that holds dgm.js and dgm_bg.wasm. A figure asks for it by its address, which ends in the number of steps,
// as in start-at="../snapshots/temperature-1000.bin"; its settings are those of its tag.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A reader waits for it before the figure begins. */
const MOST_BYTES = 100_000;
/** As the page asks for steps. */
const PORTION = 5;

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, "../public/lessons/snapshots");
const artefact = resolve(process.argv[2]);
const dgm = await import(pathToFileURL(join(artefact, "dgm.js")).href);
await dgm.default({ module_or_path: readFileSync(join(artefact, "dgm_bg.wasm")) });
const { models } = dgm.catalogue();

/** What the tags in a lesson say, for those that start trained. */
function figuresIn(file) {
  const tags = readFileSync(join(here, "en", file), "utf8").match(/<dgm-lab[^\n]*>/g) ?? [];
  return tags
    .map((tag) => Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])))
    .filter((said) => said["start-at"]?.endsWith(".bin"));
}

function configOf(said) {
  const { params } = models.find(({ id }) => id === said.model);
  const settings = params
    .filter(({ id }) => id in said)
    .map(({ id, kind, options }) => {
      const place = options.findIndex((option) => option.id === said[id]);
      return [id, kind === "choice" ? place : Number(said[id])];
    });
  return { data: said.data, model: said.model, seed: Number(said.seed ?? 1), params: Object.fromEntries(settings) };
}

mkdirSync(out, { recursive: true });
for (const said of readdirSync(join(here, "en")).flatMap(figuresIn)) {
  const name = basename(said["start-at"]);
  const steps = Number(/-(\d+)\.bin$/.exec(name)[1]);
  const engine = await dgm.Engine.open("cpu");
  await engine.configure(configOf(said));
  for (let done = 0; done < steps; done += PORTION) await engine.step(Math.min(PORTION, steps - done));
  const bytes = await engine.snapshot();
  engine.free();
  if (bytes.length > MOST_BYTES)
    throw new Error(`${name} has ${bytes.length} bytes, more than ${MOST_BYTES}: a smaller network does.`);
  writeFileSync(join(out, name), bytes);
  console.log(`${name}: ${steps} steps, ${bytes.length} bytes`);
}
