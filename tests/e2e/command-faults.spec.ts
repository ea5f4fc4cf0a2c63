/** What can go wrong with the command: one sentence, a code, and no finished row lost. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { Folder, PYTHON, RAY, SMALL, sorted } from "./command.ts";
import { test } from "./lab.ts";

/** A busy machine is slow, not wrong. */
test.setTimeout(300_000);

test("what is wrong is said in a sentence before anything runs, with a code, and no row is lost", async () => {
  const folder = new Folder();
  writeFileSync(folder.file("e.json"), JSON.stringify({ ...SMALL, seeds: [1, 2, 3] }));
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

  // Ranges are held to what they may be, and not written out before.
  const range = {
    models: ["made"],
    data: [],
    seeds: { from: 1, to: 2, count: 1e12 },
    settings: { width: { from: 1000, to: 1e6, count: 1e5 } },
  };
  writeFileSync(folder.file("range.json"), JSON.stringify(range));
  const held = await folder.run(["sweep", "range.json"]);
  expect(held.code).toBe(2);
  for (const word of ["data: name at least one", "not 1000000000000", "not 1000.", "width: and more values"])
    expect(held.err).toContain(word);
  expect(held.err.split("\n").length).toBeLessThan(10);

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

  writeFileSync(folder.file("other.json"), JSON.stringify({ ...SMALL, seeds: [9] }));
  writeFileSync(folder.file("cut.csv"), rows.replace(/,[^,\n]*\n$/, "\n"));
  writeFileSync(folder.file("text.csv"), "hello\n");
  writeFileSync(folder.file("old.cjs"), 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.19.0" } });');
  writeFileSync(folder.file("list.json"), "[]");
  writeFileSync(folder.file("torn.json"), '{"models": ["made",]}');
  const classes = { models: ["made"], data: ["moons"], settings: { conditional: "on", condition: [1, 2] } };
  writeFileSync(folder.file("classes.json"), JSON.stringify(classes));
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
    [["sweep", "other.json", "--plan", "--out", "none.csv"], 5, "has stopped", { shell: `set -o pipefail; "$0" "$@" | true` }],
    [["settings", "nobody", "--lang", "zh"], 2, "没有模型“nobody”"],
    [["run", "data=moons&model=mad"], 2, "model=mad"],
    [["run", "./nothere=x.json"], 2, "nothere"],
    [["run", "e.json"], 2, "dgm sweep"],
    [["run", "-", "--steps", "5"], 2, "for one run"],
    [["run", "model=made", "--steps", ""], 2, "whole number"],
    [["run", "model=made", "--out", "e.json"], 2, "no folder"],
    [["sweep", "."], 2, "is a folder"],
    [["sweep", "list.json"], 2, "one JSON object"],
    [["sweep", "torn.json"], 2, "not valid JSON"],
    [["sweep", "classes.json"], 2, "moons has 2 classes"],
    [["sweep", "e.json", "--out", "none/rows.csv"], 2, "no folder none"],
    [["sweep", "e.json", "--with", "none.csv", "--out", "fresh.csv"], 2, "none.csv"],
    [["models"], 5, "cannot be written", { shell: `"$0" "$@" > /dev/full` }],
    [["sweep", "other.json", "--plan", "--out", "none.csv"], 5, "cannot be written", { shell: `"$0" "$@" > /dev/full` }],
    [["models"], 3, "Node 18.19.0", { env: { NODE_OPTIONS: `--require ${folder.file("old.cjs")}` } }],
  ];
  const ends = await Promise.all(asked.map(([args, , , how]) => folder.run(args, how)));
  for (const [i, [args, code, word]] of asked.entries()) {
    expect([args.join(" "), ends[i]!.code, ends[i]!.err]).toEqual([args.join(" "), code, expect.stringContaining(word)]);
  }
  expect(readFileSync(folder.file("rows.csv"), "utf8"), "untouched by all of it").toBe(rows);
  expect(existsSync(folder.file("fresh.csv")), "nothing was begun").toBe(false);
});

test("a table goes on wherever it was cut, also with the marks that editors make", async () => {
  const folder = new Folder();
  writeFileSync(folder.file("e.json"), `\ufeff${JSON.stringify({ ...SMALL, seeds: [1] })}`);
  expect((await folder.run(["sweep", "e.json"])).code).toBe(0);
  const whole = readFileSync(folder.file("rows.csv"));
  const ends = [...whole.keys()].filter((at) => whole[at] === 10);
  // In the first line, after it, among the names, after these, in a row.
  const cuts = [0, 9, ends[0]!, ends[0]! + 1, ends[0]! + 20, ends[1]! - 1, ends[1]!, ends[1]! + 1, ends[2]! - 3];
  await Promise.all(
    cuts.map(async (at) => {
      writeFileSync(folder.file(`${at}.csv`), whole.subarray(0, at));
      const { code, err } = await folder.run(["sweep", "e.json", "--jobs", "1", "--out", `${at}.csv`]);
      expect([at, code, err]).toEqual([at, 0, ""]);
      expect(sorted(readFileSync(folder.file(`${at}.csv`), "utf8"))).toEqual(sorted(String(whole)));
    }),
  );
});

test("runs that failed are said each time, and rows of another engine or with no numbers stay out", async () => {
  const folder = new Folder();
  const wild = { learning_rate: 0.1, optimizer: "sgd", clip: 0, depth: 6, batch: 8 };
  writeFileSync(folder.file("e.json"), JSON.stringify({ models: ["vae"], data: ["moons"], seeds: [1], settings: wild, steps: 40 }));
  for (const said of ["1 of 1 runs", "1 of 1 runs"]) {
    const { code, out, err } = await folder.run(["sweep", "e.json", "--json"]);
    expect([code, out, err]).toEqual([1, expect.stringContaining(said), expect.stringContaining("1 of the runs in the table failed")]);
    expect(out).toContain('"failed":1');
  }
  writeFileSync(folder.file("s.json"), JSON.stringify({ ...SMALL, seeds: [1, 2, 3], settings: {} }));
  const { out: plan } = await folder.run(["sweep", "s.json", "--plan", "--out", "s.csv"]);
  const { out } = await folder.run(["run", "-"], { input: `\ufeff${plan}` });
  const rows = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows.map(({ error, engine }) => [error, engine])).toEqual(Array(3).fill([undefined, expect.stringMatching(/^dgm_first-/)]));
  const [first, second, third] = rows;
  const broken = [
    { ...first, engine: "dgm_first-other.wasm" },
    { ...second, metrics: [{ ...second.metrics[0], value: "many" }] },
    { ...second, metrics: [{ ...second.metrics[0], id: "n\nll" }] },
    { ...third, metrics: [{ ...third.metrics[0], floor: null }] },
  ];
  const lines = broken.map((row) => JSON.stringify(row)).join("\n");
  const collected = await folder.run(["sweep", "s.json", "--collect", "--out", "s.csv", "--json"], { input: lines });
  expect(collected.code).toBe(0);
  expect(JSON.parse(collected.out.trim().split("\n").at(-1)!)).toMatchObject({ done: 1, failed: 0 });
  expect(collected.err.match(/no row of this experiment/g)?.length).toBe(2);
  expect(collected.err).toContain("another engine made it, dgm_first-other.wasm");
  expect(readFileSync(folder.file("s.csv"), "utf8").trim().split("\n").at(-1)).toMatch(/,[\d.]+,[\d.]+,,$/);
});

test("who is told to stop says so", async () => {
  const folder = new Folder();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    const child = folder.begin(["run", "-"], "pipe");
    const ended = new Promise<number | null>((done) => child.once("exit", done));
    child.stdin!.write("model=made-pixels&data=digits-binary&steps=1&width=8\n");
    await new Promise((done) => setTimeout(done, 3000));
    child.kill(signal);
    expect(await ended).toBe(130);
  }
});

test("what a cluster lacks is said before anything runs", async () => {
  const folder = new Folder();
  test.skip((await folder.execute(PYTHON, ["--version"])).code !== 0, "there is no Python here");
  writeFileSync(folder.file("e.json"), JSON.stringify(SMALL));
  writeFileSync(folder.file("bad.json"), JSON.stringify({ models: ["nobody"] }));
  const ray = (args: string[], module: string, env = {}) => {
    writeFileSync(folder.file("ray.py"), module);
    return folder.execute(PYTHON, [RAY, ...args], "", { PYTHONPATH: folder.path, PYTHONDONTWRITEBYTECODE: "1", ...env });
  };
  // As far as it is needed before there is a cluster.
  const there = "def remote(**_): return lambda it: it";
  const none = await ray(["e.json"], "raise ImportError");
  expect([none.code, none.err]).toEqual([3, "dgm_ray.py: Ray is missing: python3 -m pip install ray==2.60.0\n"]);
  const bad = await ray(["bad.json"], there);
  expect([bad.code, bad.err]).toEqual([2, expect.stringContaining('"nobody" is not known')]);
  const nobody = await ray(["e.json", "--address", "127.0.0.1:1"], there);
  expect([nobody.code, nobody.err]).toEqual([3, expect.stringContaining("there is no cluster at 127.0.0.1:1")]);
  const { out } = await folder.execute(PYTHON, ["-c", "import sys; print(sys.executable)"]);
  const node = await folder.execute(out.trim(), [RAY, "e.json"], "", { PYTHONPATH: folder.path, PATH: folder.path });
  expect([node.code, node.err]).toEqual([3, expect.stringContaining("Node is missing")]);
});
