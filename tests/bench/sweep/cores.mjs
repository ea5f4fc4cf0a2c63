// 24 runs by one worker and by two, in rounds that alternate.

import { Folder, median } from "./command.mjs";

const SWEEP = { models: ["made"], data: ["8gaussians"], seeds: { from: 1, to: 24, count: 24 }, steps: 1000 };

export async function measure({ rounds }) {
  const folder = new Folder();
  folder.write("e.json", SWEEP);
  const found = [];
  for (let round = 0; round < rounds; round++) {
    const by = async (jobs) => folder.dgm(["sweep", "e.json", "--json", "--jobs", String(jobs), "--out", `${round}-${jobs}.csv`]);
    // Who goes first changes with the round.
    const order = round % 2 === 0 ? [1, 2] : [2, 1];
    const took = {};
    for (const jobs of order) took[jobs] = await by(jobs);
    found.push({ faster: took[1].seconds / took[2].seconds, cpu: took[2].cpu / took[1].cpu, one: took[1].seconds, two: took[2].seconds });
    console.log(found.at(-1));
  }
  const middle = (key) => median(found.map((each) => each[key]));
  return [
    {
      what: "24 runs, two workers against one",
      figure: `${middle("faster").toFixed(2)} times as fast`,
      note: `${middle("one").toFixed(1)} s and ${middle("two").toFixed(1)} s; CPU seconds ${middle("cpu").toFixed(2)} times as many; ${rounds} rounds`,
    },
  ];
}
