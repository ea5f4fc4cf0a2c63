/**
 * words.mjs FOLDER [SECONDS [MODEL [TEXT]]]: bits per character that the engine of texts reaches in Node in so many seconds of computing, and
 * how fast it writes.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [folder, budget = "300", wantedModel = "all", wantedText = "all"] = process.argv.slice(2);
const at = resolve(folder);
const { default: init, catalogue, Words } = await import(join(at, "dgm.js"));
await init({ module_or_path: readFileSync(join(at, "dgm_bg.wasm")) });
const { passages, models } = catalogue();
const ALL = 2 ** 31 - 1;
// Others may share the machine: what counts is what this process has computed.
const computed = () => process.cpuUsage().user / 1e6;

for (const passage of passages.filter(({ id }) => [id, "all"].includes(wantedText))) {
  for (const model of models.filter(({ id }) => [id, "all"].includes(wantedModel))) {
    const words = await Words.open("cpu");
    words.provide(passage.id, readFileSync(join("www/public/data", passage.file), "utf8"));
    await words.configure({ text: passage.id, model: model.id });
    const floors = await words.floors("held_out", ALL);
    console.log(`${model.id} on ${passage.id}: ${floors.map(({ id, value }) => `${id} ${value.toFixed(3)}`).join(", ")}`);
    let seconds = 0;
    let told = 0;
    while (seconds < Number(budget)) {
      const start = computed();
      const { step, losses } = await words.step(5);
      seconds += computed() - start;
      if (seconds >= told + Number(budget) / 5 || seconds >= Number(budget)) {
        told = seconds;
        const { value, stderr } = await words.evaluate("held_out", ALL);
        const loss = (losses[0] / Math.LN2).toFixed(3);
        console.log(`  ${seconds.toFixed(0)} s, step ${step}: loss ${loss} bits, held out ${value.toFixed(3)} ± ${stderr.toFixed(3)}`);
      }
    }
    await words.write("\n", 64, {});
    const start = computed();
    const written = await words.write("\n", 500, { temperature: 0.7 });
    console.log(`  ${Math.round(500 / (computed() - start))} characters a second: ${JSON.stringify(written.slice(0, 120))}`);
    words.free();
  }
}
