/** The command: the page's numbers without a browser, and tables that outlive whatever happens to who writes them. */
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { Folder, RAY } from "./command.ts";
import { open, test } from "./lab.ts";

/** Prints are scored in milliseconds, points of the plane in seconds. */
const SWEEP = {
  models: ["made-pixels"],
  data: ["digits-binary"],
  seeds: { from: 1, to: 12, count: 12 },
  settings: { width: [8, 12] },
  steps: 3,
};

const sorted = (text: string) => text.split("\n").sort();
const last = (text: string) => JSON.parse(text.trim().split("\n").at(-1)!);

test("a run has the page's losses to the bit, a model a family, and what it takes away is the page's", async ({ page }) => {
  const folder = new Folder();
  await open(page, "controls=basic&backend=cpu&autoplay=off");
  const { families, models } = await page.evaluate(() => window.lab.catalogue);
  expect(families.length).toBeGreaterThan(5);
  for (const { id } of families) {
    const model = models.find(({ family, dims }) => family === id && dims.includes(2))!.id;
    const hash = `data=moons&model=${model}&seed=7&width=8&batch=16`;
    const run = folder.run(["run", hash, "--steps", "50", "--no-scores", "--json"]);
    const losses = await page.evaluate(
      async ({ model }) => {
        await window.lab.configure({ data: "moons", model, seed: 7, width: 8, batch: 16 });
        await window.lab.reset();
        await window.lab.step(49);
        return (await window.lab.step(1)).losses;
      },
      { model },
    );
    const said = last((await run).out);
    expect(said, model).toMatchObject({ step: 50, losses, engine: "cpu", config: { data: "moons", model, seed: 7, width: 8 } });
    expect(Object.keys(said)).toEqual(["config", "step", "losses", "scores", "engine", "version"]);
  }

  const made = { model: "made-pixels", data: "digits-binary", width: 8, seed: 3 };
  writeFileSync(folder.file("settings.json"), JSON.stringify({ ...made, steps: 20 }));
  const { out, code } = await folder.run(["run", "settings.json", "--json", "--out", "away"]);
  expect(code).toBe(0);
  const there = await page.evaluate(async (settings) => {
    await window.lab.configure(settings);
    await window.lab.reset();
    await window.lab.step(19);
    await window.lab.step(1);
    const [scores, history] = [await window.lab.evaluate(), await (await window.lab.export("history")).text()];
    return { scores: scores.map(({ id, value, stderr }) => ({ id, value, stderr })), history };
  }, made);
  expect(last(out).scores).toMatchObject(there.scores);
  expect(out).toMatch(/bits per dimension {2}[\d.]+ ± [\d.]+ bits/);
  const away = (ending: string) => readFileSync(folder.file(`away/made-pixels-digits-binary-20${ending}`));
  // Seconds are the machine's.
  const timeless = (csv: string) =>
    csv
      .trim()
      .split("\n")
      .map((line) => (line.startsWith("#") ? line : line.split(",").toSpliced(1, 1).join()));
  expect(timeless(String(away("-history.csv")))).toEqual(timeless(there.history));
  expect(String(away(".svg"))).toMatch(/^<svg [\s\S]*<rect [\s\S]*<\/svg>\n$/);
  expect(readdirSync(folder.file("away")).length).toBeGreaterThanOrEqual(9);
  // What was saved goes on with the same losses: here, and on the page.
  const on = last((await folder.run(["run", "away/made-pixels-digits-binary-20.dgm", "--steps", "1", "--no-scores", "--json"])).out);
  expect(on).toMatchObject({ step: 21, losses: await page.evaluate(async () => (await window.lab.step(1)).losses) });
  await page.evaluate(() => window.lab.configure({ data: "moons", model: "nce" }));
  await page.evaluate(
    (bytes) => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([new Uint8Array(bytes)], "run.dgm"));
      window.lab.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, composed: true }));
    },
    [...away(".dgm")],
  );
  await expect.poll(() => page.evaluate(() => window.lab.config.width), "the page opens it by dropping it").toBe(8);
  expect(await page.evaluate(async () => (await window.lab.step(1)).losses)).toEqual(on.losses);
});

test("an experiment that is killed, torn, shared out or run by others ends in the same table", async () => {
  const folder = new Folder();
  writeFileSync(folder.file("e.json"), JSON.stringify(SWEEP));
  const table = (name: string) => readFileSync(folder.file(name), "utf8");

  const shares = await Promise.all(
    [1, 2, 3].map((k) => folder.run(["sweep", "e.json", "--jobs", "1", "--shard", `${k}/3`, "--out", `${k}.csv`])),
  );
  expect(shares.map(({ code }) => code)).toEqual([0, 0, 0]);
  const joined = await folder.run(["sweep", "e.json", "--out", "joined.csv", "--with", "1.csv", "2.csv", "3.csv", "--json"]);
  expect(last(joined.out)).toMatchObject({ total: 24, done: 24, fresh: 0, failed: 0, table: "joined.csv" });
  const whole = sorted(table("joined.csv"));
  expect(new Set(whole).size, "a head, the names, 24 runs, a last end of line").toBe(27);

  // Killed three times, wherever it was.
  for (let kill = 0; kill < 3; kill++) {
    const command = folder.begin(["sweep", "e.json", "--out", "killed.csv"]);
    const rows = 2 + 5 * kill;
    await expect
      .poll(() => existsSync(folder.file("killed.csv")) && table("killed.csv").split("\n").length, { intervals: [1] })
      .toBeGreaterThan(rows);
    command.kill("SIGKILL");
    await once(command, "close");
  }
  expect(table("killed.csv").split("\n").length).toBeLessThan(27);
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

test("what is wrong is said in a sentence before anything runs, with a code, and no row is lost", async () => {
  const folder = new Folder();
  writeFileSync(folder.file("e.json"), JSON.stringify({ ...SWEEP, seeds: [1, 2, 3] }));
  const bad = {
    models: ["made", "nobody"],
    data: ["moons", "digits"],
    seeds: { from: 1, to: 1e6, count: 1e6 },
    settings: { width: [1e9, 8], nothing: [1] },
    steps: 0.5,
    speed: 9,
  };
  writeFileSync(folder.file("bad.json"), JSON.stringify(bad));
  const refused = await folder.run(["sweep", "bad.json"]);
  expect(refused.code).toBe(2);
  for (const word of ["nobody", "made does not learn digits", "width", "nothing", "steps", "speed", "8000000 runs"])
    expect(refused.err).toContain(word);
  expect(existsSync(folder.file("rows.csv")), "nothing was begun").toBe(false);

  // A disk on which there is room for a few rows.
  const full = await folder.run(["sweep", "e.json", "--jobs", "1"], { shell: `trap "" XFSZ; ulimit -f 1; exec "$0" "$@"` });
  expect([full.code, full.err]).toEqual([5, expect.stringContaining("cannot be written")]);
  const kept = readFileSync(folder.file("rows.csv"), "utf8");
  expect(kept.endsWith("\n"), "no torn line").toBe(true);
  expect(kept.split("\n").length).toBeGreaterThan(3);
  const mended = await folder.run(["sweep", "e.json"]);
  expect([mended.code, mended.err]).toEqual([0, ""]);
  const rows = readFileSync(folder.file("rows.csv"), "utf8");
  expect(rows.startsWith(kept)).toBe(true);

  writeFileSync(folder.file("other.json"), JSON.stringify({ ...SWEEP, seeds: [9] }));
  writeFileSync(folder.file("cut.csv"), rows.replace(/,[^,\n]*\n$/, "\n"));
  writeFileSync(folder.file("text.csv"), "hello\n");
  const asked: [string[], number, string, object?][] = [
    [["sweep", "other.json"], 4, "another experiment"],
    [["sweep", "e.json", "--out", "cut.csv"], 4, "line 8"],
    [["sweep", "e.json", "--out", "text.csv"], 4, "no table"],
    [["sweep", "e.json", "--out", "/dev/full"], 4, "no table"],
    [["sweep", "e.json", "--shard", "4/3"], 2, "3/40"],
    [["sweep", "text.csv"], 2, "no experiment"],
    [["run", "nothing"], 2, "no file"],
    [["run", "model=made", "--engine", "webgpu"], 3, "WebGPU"],
    [
      ["run", "-"],
      5,
      "has stopped",
      { input: "model=made-pixels&data=digits-binary&steps=1\n", shell: `set -o pipefail; "$0" "$@" | true` },
    ],
    [["settings", "nobody", "--lang", "zh"], 2, "没有模型“nobody”"],
  ];
  const ends = await Promise.all(asked.map(([args, , , how]) => folder.run(args, how)));
  for (const [i, [args, code, word]] of asked.entries()) {
    expect([args.join(" "), ends[i]!.code, ends[i]!.err]).toEqual([args.join(" "), code, expect.stringContaining(word)]);
  }
  expect(readFileSync(folder.file("rows.csv"), "utf8"), "untouched by all of it").toBe(rows);
});

test("a Ray cluster gives the same table", async () => {
  const python = process.env.PYTHON ?? "python3";
  const folder = new Folder();
  const { code } = await folder.execute(python, ["-c", "import ray"]);
  test.skip(code !== 0, `${python} has no Ray here: python3 -m pip install ray==2.60.0, and PYTHON=… if that is another Python`);
  writeFileSync(folder.file("e.json"), JSON.stringify(SWEEP));
  const [ray, alone] = [
    await folder.execute(python, [RAY, "e.json", "--out", "ray.csv"]),
    await folder.run(["sweep", "e.json", "--out", "alone.csv"]),
  ];
  expect([ray.code, alone.code], ray.err).toEqual([0, 0]);
  expect(sorted(readFileSync(folder.file("ray.csv"), "utf8"))).toEqual(sorted(readFileSync(folder.file("alone.csv"), "utf8")));
});
