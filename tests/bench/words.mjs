/**
 * words.mjs FOLDER [SECONDS [MODEL [TEXT [SETTING=VALUE …]]]]: bits per character that the engine of texts reaches in Node in so many seconds of
 * computing, and how fast it writes. What was measured as it comes, for 300 seconds, is kept in target/bench/words.json and words.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [folder, budget = "300", wantedModel = "all", wantedText = "all", ...settings] = process.argv.slice(2);
const at = resolve(folder);
const { default: init, catalogue, Words } = await import(join(at, "dgm.js"));
await init({ module_or_path: readFileSync(join(at, "dgm_bg.wasm")) });
const { passages, models } = catalogue();
const params = Object.fromEntries(settings.map((said) => said.split("=")).map(([id, value]) => [id, Number(value)]));
const ALL = 2 ** 31 - 1;
const PUBLISHED = "300";
const out = resolve("target/bench");
const kept = join(out, "words.json");
// Others may share the machine: what counts is what this process has computed.
const computed = () => process.cpuUsage().user / 1e6;

for (const passage of passages.filter(({ id }) => [id, "all"].includes(wantedText))) {
  for (const model of models.filter(({ id }) => [id, "all"].includes(wantedModel))) {
    const words = await Words.open("cpu");
    words.provide(passage.id, readFileSync(join("www/public/data", passage.file), "utf8"));
    await words.configure({ text: passage.id, model: model.id, params });
    const floors = await words.floors("held_out", ALL);
    console.log(`${model.id} on ${passage.id}: ${floors.map(({ id, value }) => `${id} ${value.toFixed(3)}`).join(", ")}`);
    let [seconds, told, step, score] = [0, 0, 0, undefined];
    while (seconds < Number(budget)) {
      const start = computed();
      const report = await words.step(5);
      seconds += computed() - start;
      step = report.step;
      if (seconds >= told + Number(budget) / 5 || seconds >= Number(budget)) {
        told = seconds;
        score = await words.evaluate("held_out", ALL);
        const loss = (report.losses[0] / Math.LN2).toFixed(3);
        console.log(`  ${seconds.toFixed(0)} s, step ${step}: loss ${loss} bits, held out ${score.value.toFixed(3)} ± ${score.stderr.toFixed(3)}`);
      }
    }
    await words.write("\n", 64, {});
    const start = computed();
    const written = await words.write("\n", 500, { temperature: 0.7 });
    const rate = Math.round(500 / (computed() - start));
    console.log(`  ${rate} characters a second: ${JSON.stringify(written.slice(0, 120))}`);
    words.free();
    if (budget === PUBLISHED && settings.length === 0) keep({ text: passage.id, model: model.id, step, score, floors, rate });
  }
}

/** Beside what was kept of others. */
function keep(row) {
  mkdirSync(out, { recursive: true });
  const same = ({ text, model }) => text === row.text && model === row.model;
  const rows = [...before().filter((other) => !same(other)), row];
  writeFileSync(kept, `${JSON.stringify(rows, null, 1)}\n`);
  const line = ({ text, model, step, score, floors, rate }) => {
    const best = floors.reduce((least, floor) => (floor.value < least.value ? floor : least));
    const cells = [
      passages.find(({ id }) => id === text).label.en,
      `\`${model}\``,
      step.toLocaleString("en"),
      `${score.value.toFixed(2)} ± ${score.stderr.toFixed(2)}`,
      floors[0].value.toFixed(2),
      `${best.value.toFixed(2)} (of ${best.id.at(-1)})`,
      rate.toLocaleString("en"),
    ];
    return `| ${cells.join(" | ")} |`;
  };
  const head = ["| text | model | steps | bits | table of pairs | best table | writes a second |", "|---|---|---|---|---|---|---|"];
  writeFileSync(join(out, "words.md"), `${[...head, ...rows.map(line)].join("\n")}\n`);
}

function before() {
  try {
    return JSON.parse(readFileSync(kept, "utf8"));
  } catch {
    return [];
  }
}
