// Experiments by the command: what a second core brings, what a run costs beside its training, how fast a table grows and is read, and what a
// cluster's driver takes. On a busy machine the clock says more about the machine: CPU seconds stand beside it.
//
// sweep.mjs [--rounds N] [cores|small|table|page|ray …]: all of them where none is named. What is measured replaces what was measured before in
// target/bench/sweep.json; the whole is written beside it as the README's table.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./sweep/command.mjs";

const PARTS = ["cores", "small", "table", "page", "ray"];
const { values, positionals } = parseArgs({ options: { rounds: { type: "string", default: "3" } }, allowPositionals: true });

const out = join(root, "target/bench");
mkdirSync(out, { recursive: true });
let known = {};
try {
  known = JSON.parse(readFileSync(join(out, "sweep.json"), "utf8"));
} catch (error) {
  if (error.code !== "ENOENT") throw error;
}

for (const part of PARTS.filter((part) => positionals.length === 0 || positionals.includes(part))) {
  const { measure } = await import(`./sweep/${part}.mjs`);
  const rows = await measure({ rounds: Number(values.rounds) });
  const machine = `${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}`;
  known[part] = { rows, machine };
  for (const { what, figure, note } of rows) console.log(`${what}: ${figure} (${note}; ${machine})`);
  // After every part, so that what is broken off keeps what it has measured.
  writeFileSync(join(out, "sweep.json"), `${JSON.stringify(known, null, 1)}\n`);
}

const lines = PARTS.flatMap((part) => (known[part]?.rows ?? []).map((row) => ({ ...row, machine: known[part].machine })));
const table = [
  "| what | figure | of it | machine |",
  "|---|---|---|---|",
  ...lines.map((row) => `| ${row.what} | ${row.figure} | ${row.note} | ${row.machine} |`),
];
writeFileSync(join(out, "sweep.md"), `${table.join("\n")}\n`);
