/** A run a line in, a row a line out, for as long as it is fed. */
import { createInterface } from "node:readline";
import { errorFrom } from "../src/engine/errors.ts";
import type { Catalogue } from "../src/engine/types.ts";
import { plainNumbers } from "../src/state/plain.ts";
import type { Planned } from "../src/state/sweep.ts";
import { runAll } from "../src/sweep/run.ts";
import { runFrom } from "./lines.ts";
import { endWhenStopped, say } from "./say.ts";
import { catalogueOf, type EngineName, engineOf, placeOf, threads } from "./threads.ts";
import type { Words } from "./words.ts";

export async function feed({ engine, jobs }: { engine: EngineName; jobs: number }, words: Words): Promise<void> {
  const pool = threads(jobs, engine, words);
  const catalogue = await catalogueOf(pool, words, placeOf(engine));
  endWhenStopped(words.stopped_feed);
  // Whoever puts rows of several machines into one table wants to know.
  const by = engineOf(engine);
  const answer = (row: object) => say(JSON.stringify({ ...row, engine: by }, plainNumbers));
  const running = { catalogue, pool, workers: jobs, place: placeOf(engine), finished: answer };
  await runAll(lines(catalogue, answer), { ...running, signal: new AbortController().signal });
}

/** A line that is no run is answered at once, and the next one read. */
async function* lines(catalogue: Catalogue, answer: (row: object) => void): AsyncGenerator<Planned> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "") continue;
    let run: Planned | undefined;
    try {
      run = runFrom(line, catalogue);
    } catch (error) {
      const { code, message } = errorFrom(error);
      answer({ asked: line, metrics: [], error: code === "internal" ? "bad_line" : code, message });
    }
    if (run) yield run;
  }
}
