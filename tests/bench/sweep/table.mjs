// Rows that come into a table as fast as it takes them, and what resuming it costs.

import { Folder, prints } from "./command.mjs";

const ROWS = 100_000;

export async function measure() {
  const folder = new Folder();
  folder.write("e.json", prints(ROWS));
  const metrics = ["nll", "bits_per_dim"].map((id) => ({
    id,
    value: 43.28730286254883,
    stderr: 0.014070240501415948,
    floor: "NaN",
    kind: "exact",
  }));
  const row = (seed) =>
    JSON.stringify({ model: "made-pixels", data: "digits-binary", seed, settings: { width: 8 }, steps: 1, seconds: 0, metrics });
  const rows = Array.from({ length: ROWS }, (_, k) => `${row(k + 1)}\n`).join("");
  const collected = await folder.dgm(["sweep", "e.json", "--collect", "--json"], rows);
  const again = await folder.dgm(["sweep", "e.json", "--json"]);
  return [
    {
      what: `${ROWS.toLocaleString("en")} rows of others into a table`,
      figure: `${Math.round(ROWS / collected.said.seconds).toLocaleString("en")} rows a second`,
      note: `${collected.said.seconds.toFixed(1)} s; each is on the disk within .05 s`,
    },
    {
      what: "the same command again, with nothing left to do",
      figure: `${again.seconds.toFixed(1)} s`,
      note: `${again.cpu.toFixed(1)} s of CPU`,
    },
  ];
}
