/** What can go wrong with the command: one sentence, a code, and no finished row lost. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { Folder, SMALL } from "./command.ts";
import { test } from "./lab.ts";

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
