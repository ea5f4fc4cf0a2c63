/** An experiment by the command: a table that outlives whatever happens to who writes it. */
import { once } from "node:events";
import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { Folder, rowsOf, SMALL, said, sorted } from "./command.ts";
import { test } from "./lab.ts";

test.setTimeout(900_000);

const KILLS = 20;
/** Each run takes about as long as a kill may come late. */
const LONGER = { ...SMALL, seeds: { from: 1, to: 30, count: 30 }, steps: 60 };
const RUNS = 60;
/** Longer than it takes to start. */
const START_MS = 800;

/** The same moments in every test run: a linear congruential generator (D. Lehmer, 1951, with the constants of Park and Miller, 1988). */
let state = 20;
const chance = () => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
};

test("an experiment that is shared out or run by others ends in the same table", async () => {
  const folder = new Folder();
  writeFileSync(folder.file("e.json"), JSON.stringify(SMALL));
  const table = (name: string) => readFileSync(folder.file(name), "utf8");
  const shares = await Promise.all(
    [1, 2, 3].map((k) => folder.run(["sweep", "e.json", "--jobs", "1", "--shard", `${k}/3`, "--out", `${k}.csv`])),
  );
  expect(shares.map(({ code }) => code)).toEqual([0, 0, 0]);
  const joined = await folder.run(["sweep", "e.json", "--out", "joined.csv", "--with", "1.csv", "2.csv", "3.csv", "--json"]);
  expect(said(joined.out)).toMatchObject({ total: 24, done: 24, fresh: 0, failed: 0, table: "joined.csv" });
  const whole = sorted(table("joined.csv"));
  expect(new Set(whole).size, "a head, the names, 24 runs, a last end of line").toBe(27);

  // By others: who runs them knows nothing of tables, and who writes the table runs nothing.
  const plan = await folder.run(["sweep", "e.json", "--plan", "--out", "1.csv"]);
  expect(plan.out.trim().split("\n").length, "what the first share has is not missing").toBe(16);
  const { out } = await folder.run(["run", "-"], { input: `${plan.out}no run\n` });
  const rows = out.trim().split("\n");
  expect(JSON.parse(rows.at(-1)!)).toMatchObject({ asked: "no run", error: "bad_sweep" });
  const collected = await folder.run(["sweep", "e.json", "--collect", "--out", "1.csv"], { input: out });
  expect(collected.err).toContain("no row");
  expect(sorted(table("1.csv"))).toEqual(whole);
});

test("an experiment that is killed twenty times ends in the same table", async () => {
  const folder = new Folder();
  writeFileSync(folder.file("e.json"), JSON.stringify(LONGER));
  const table = (name: string) => readFileSync(folder.file(name), "utf8");
  expect((await folder.run(["sweep", "e.json", "--out", "whole.csv"])).code).toBe(0);
  const whole = sorted(table("whole.csv"));
  expect(new Set(whole).size, "a head, the names, the runs, a last end of line").toBe(RUNS + 3);

  // At any moment: a fourth of them while it starts, the others from the first run to the last.
  const found = new Set<number>();
  const rows = () => rowsOf(folder.file("killed.csv"));
  for (let kill = 0; kill < KILLS; kill++) {
    const command = folder.begin(["sweep", "e.json", "--out", "killed.csv"]);
    const starting = kill % 4 === 0;
    if (!starting) await expect.poll(rows, { intervals: [1], timeout: 120_000 }).toBeGreaterThanOrEqual(Math.floor((RUNS * kill) / KILLS));
    await new Promise((done) => setTimeout(done, chance() * (starting ? START_MS : 60)));
    command.kill("SIGKILL");
    await once(command, "close");
    found.add(rows());
  }
  expect(found.size, "spread over the whole").toBeGreaterThan(4);
  // A line that was under way when the power went.
  writeFileSync(folder.file("killed.csv"), `${table("killed.csv")}made-pixels,digits-bi`);
  // Whoever writes a table has it alone; who was killed does not.
  const writer = folder.begin(["sweep", "e.json", "--collect", "--out", "killed.csv"], "pipe");
  const writes = () => readFileSync(folder.file("killed.csv.lock"), "utf8").includes(`"pid":${writer.pid}`);
  await expect.poll(writes).toBe(true);
  expect((await folder.run(["sweep", "e.json", "--out", "killed.csv"])).code).toBe(4);
  writer.stdin!.end();
  await once(writer, "close");
  expect((await folder.run(["sweep", "e.json", "--out", "killed.csv"])).code).toBe(0);
  expect(sorted(table("killed.csv"))).toEqual(whole);
});

test("who was killed while it took a table, or while it took over, holds it for a moment only", async () => {
  const folder = new Folder();
  writeFileSync(folder.file("e.json"), JSON.stringify({ ...SMALL, settings: {}, seeds: [1] }));
  // Nearly as old as it takes to know that nobody writes there.
  const left = (name: string, content: string) => {
    writeFileSync(folder.file(name), content);
    const then = Date.now() / 1000 - 9;
    utimesSync(folder.file(name), then, then);
  };
  left("cut.csv.lock", "");
  left("taken.csv.lock", '{"host":');
  left("taken.csv.lock.take", "");
  for (const name of ["cut.csv", "taken.csv"]) expect((await folder.run(["sweep", "e.json", "--out", name])).code, name).toBe(0);
});

test("rows come into a table as fast as they are made elsewhere", async () => {
  // To wait for the disk after each would take twice as long.
  test.setTimeout(120_000);
  const folder = new Folder();
  const many = { ...SMALL, seeds: { from: 1, to: 50_000, count: 50_000 }, settings: {} };
  writeFileSync(folder.file("e.json"), JSON.stringify(many));
  const metrics = [{ id: "nll", value: 40, stderr: 0.1, floor: "NaN", kind: "exact" }];
  const row = (seed: number) => JSON.stringify({ model: "made-pixels", data: "digits-binary", seed, steps: 3, settings: {}, metrics });
  // Some twice, as who was thought lost may answer after all.
  const input = [...Array(50_000).keys(), 7, 8].map((k) => row(k + 1)).join("\n");
  const { out, code } = await folder.run(["sweep", "e.json", "--collect", "--json"], { input });
  expect(code).toBe(0);
  expect(said(out)).toMatchObject({ total: 50_000, done: 50_000, fresh: 50_000, failed: 0 });
  expect(rowsOf(folder.file("rows.csv"))).toBe(50_000);
});
