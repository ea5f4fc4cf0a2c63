// Trains every row that has a density a little, on the published CPU engine in Node, and leaves its weights as the page saves them, beside points
// with the engine's own log P of them: ROW.safetensors and ROW.json.
//
// export.mjs ARTEFACT FOLDER [STEPS [MODEL…]]: the folder that holds dgm.js and dgm_bg.wasm, and where to leave the files.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "../../../www/node_modules/rolldown/dist/index.mjs";

const www = resolve(dirname(fileURLToPath(import.meta.url)), "../../../www");
const [artefact, out] = process.argv.slice(2, 4).map((path) => resolve(path));
const steps = Number(process.argv[4] ?? 60);
const wanted = process.argv.slice(5);

/** Points, as many as the bound of a VAE takes in more than one portion. */
const POINTS = 12;

mkdirSync(out, { recursive: true });
const bundle = await rolldown({ input: { weights: join(www, "src/take/weights.ts"), setting: join(www, "src/state/setting.ts") } });
await bundle.write({ dir: join(out, "code"), format: "es", entryFileNames: "[name].mjs" });
const from = (name) => import(pathToFileURL(join(out, "code", name)).href);
const [{ weightsFile }, { said }] = [await from("weights.mjs"), await from("setting.mjs")];

const dgm = await import(pathToFileURL(join(artefact, "dgm.js")).href);
await dgm.default({ module_or_path: readFileSync(join(artefact, "dgm_bg.wasm")) });
dgm.provideFile("digits.csv", readFileSync(join(www, "public/data/digits.csv"), "utf8"));
const { models } = dgm.catalogue();

/** One run for each kind of data that a row learns: own data have units of their own. */
async function runs({ id, dims, params }) {
  const order = params.some((param) => param.id === "order") ? { order: 1 } : {};
  const tempered = params.some((param) => param.id === "temperature") ? { temperature: 1.7 } : {};
  for (const dim of dims) {
    const named = { 1: ["exam-scores"], 2: ["8gaussians", "own"], 64: ["digits-binary", "digits"] }[dim];
    for (const data of named) {
      const engine = await dgm.Engine.open("cpu");
      const own = data === "own";
      await engine.configure({ data: own ? "moons" : data, model: id, seed: 7, params: own ? { ...order, ...tempered } : {} });
      if (own) await engine.setOwnData(ownData());
      for (let done = 0; done < steps; done += 10) await engine.step(Math.min(10, steps - done));
      await leave(engine, `${id}-${dim}-${data}`, dim, params);
      engine.free();
    }
  }
}

/** Income by age: axes of their own scale each, far from zero. */
function ownData() {
  const wave = (i, k) => Math.sin(12.9898 * (i + 1) * k);
  const column = (name, of) => ({ name, values: Float64Array.from({ length: 120 }, (_, i) => of(i)) });
  return { columns: [column("age", (i) => 45 + 12 * wave(i, 1)), column("income", (i) => 41000.25 + 9000 * wave(i, 3))] };
}

async function leave(engine, name, dim, params) {
  const config = engine.config();
  const settings = Object.fromEntries(params.map((spec) => [spec.id, said(spec, config.params[spec.id])]));
  const about = { program: "", version: "", engine: "cpu", step: steps, settings: { ...config, params: undefined, ...settings } };
  writeFileSync(join(out, `${name}.safetensors`), weightsFile(await engine.weights(), about));
  const picture = engine.data(POINTS);
  const { values } = await engine.sample(4);
  const points = [...picture.points, ...values.slice(0, 4 * dim)];
  const { kind, values: logProb } = await engine.logProb(Float64Array.from(points));
  writeFileSync(join(out, `${name}.json`), JSON.stringify({ dim, kind, points, logProb: [...logProb].map(String) }));
}

for (const row of models) {
  if (row.density === "none" || (wanted.length > 0 && !wanted.includes(row.id))) continue;
  await runs(row);
}
