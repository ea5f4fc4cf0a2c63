// The losses of every row's first steps on the CPU engine in Node, as JSON: losses.mjs ARTEFACT SEED STEPS.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [artefact, seed, steps] = process.argv.slice(2);
const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const dgm = await import(pathToFileURL(resolve(artefact, "dgm.js")).href);
await dgm.default({ module_or_path: readFileSync(resolve(artefact, "dgm_bg.wasm")) });
dgm.provideFile("digits.csv", readFileSync(`${root}/www/public/data/digits.csv`, "utf8"));

// One data set for each kind of space, the largest that a row learns.
const spaces = { 2: "8gaussians", 64: "digits-binary" };
const engine = await dgm.Engine.open("cpu");
const found = [];
for (const { id, dims } of dgm.catalogue().models) {
  const data = spaces[Math.max(...dims)];
  await engine.configure({ model: id, data, seed: Number(seed) });
  const { losses } = await engine.step(Number(steps));
  found.push({ model: id, data, losses: [...losses] });
}
console.log(JSON.stringify(found));
