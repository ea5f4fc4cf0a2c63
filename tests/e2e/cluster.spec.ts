/** A Ray cluster: its tasks have the page's numbers, and neither a lost node nor a lost driver changes a table. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "@playwright/test";
import { Folder, hashOf, PYTHON, RAY, rowsOf, said, sorted } from "./command.ts";
import { open, test } from "./lab.ts";

test.setTimeout(900_000);
/** Long enough that a node is lost in the middle of it. */
const SWEEP = {
  models: ["made-pixels"],
  data: ["digits-binary"],
  seeds: { from: 1, to: 20, count: 20 },
  settings: { width: [8, 12] },
  steps: 150,
};

/** Three nodes, which answer a line with a line. */
class Cluster {
  readonly #nodes: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly address: Promise<string>;

  constructor() {
    this.#nodes = spawn(PYTHON, [resolve(__dirname, "cluster.py")], { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#nodes.stdout! })[Symbol.asyncIterator]();
    this.address = this.#next<string>();
  }

  ask<T>(line: object): Promise<T> {
    this.#nodes.stdin!.write(`${JSON.stringify(line)}\n`);
    return this.#next();
  }

  async stop(): Promise<void> {
    this.#nodes.stdin!.end();
    if (this.#nodes.exitCode === null) await once(this.#nodes, "close");
  }

  async #next<T>(): Promise<T> {
    // Ray has things of its own to say in between.
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error("the cluster has ended");
      if (/^[{["]/.test(value)) return JSON.parse(value);
    }
  }
}

test("three nodes of a Ray cluster have the page's numbers, and a table survives its driver and a node", { tag: "@alone" }, async ({
  page,
}) => {
  const folder = new Folder();
  const { code } = await folder.execute(PYTHON, ["-c", "import ray"]);
  test.skip(code !== 0, `${PYTHON} has no Ray: ./build.sh setup brings it where PyPI can be reached; PYTHON names another Python`);
  const cluster = new Cluster();
  try {
    const address = await cluster.address.catch(() => "");
    test.skip(
      address === "",
      "Ray could not start three nodes here: its own limits on the time that takes are not for a machine this busy",
    );
    await open(page, "controls=basic&backend=cpu&autoplay=off");
    const { families, models } = await page.evaluate(() => window.lab.catalogue);
    const chosen = families.map(({ id }) => models.find(({ family, dims }) => family === id && dims.includes(2))!.id);
    const tasks = chosen.map((model) => ["run", hashOf({ data: "moons", model, seed: 7 }), "--steps", "50", "--no-scores", "--json"]);
    const [inTasks, here] = [
      await cluster.ask<{ losses: number[] }[]>({ tasks }),
      await Promise.all(tasks.map((args) => folder.run(args))),
    ];
    expect(inTasks.map(({ losses }) => losses)).toEqual(here.map(({ out }) => said(out).losses));

    writeFileSync(folder.file("e.json"), JSON.stringify(SWEEP));
    const drive = [RAY, "e.json", "--address", address, "--out", "ray.csv"];
    const rows = () => rowsOf(folder.file("ray.csv"));
    const first = spawn(PYTHON, drive, { cwd: folder.path, stdio: "ignore" });
    await expect.poll(rows).toBeGreaterThan(3);
    first.kill("SIGKILL");
    // The table keeps what was on the way to it, and is free.
    await expect.poll(() => existsSync(folder.file("ray.csv.lock"))).toBe(false);
    const before = rows();
    expect(before).toBeLessThan(40);
    const second = folder.execute(PYTHON, drive);
    await expect.poll(rows).toBeGreaterThan(before);
    expect(await cluster.ask({ kill: true })).toBe("killed");
    expect(rows()).toBeLessThan(40);
    const ended = await second;
    expect(ended.code, ended.err).toBe(0);
    expect(ended.err, "only the rest").toContain(`${40 - before} rows in`);
    expect(ended.err, "what the lost node had").toMatch(/[1-9]\d* lost runs were done again/);
    const alone = await folder.run(["sweep", "e.json", "--out", "alone.csv"]);
    expect(alone.code).toBe(0);
    const table = (name: string) => sorted(readFileSync(folder.file(name), "utf8"));
    expect(table("ray.csv")).toEqual(table("alone.csv"));
    // What is whole needs no cluster.
    const again = await folder.execute(PYTHON, [...drive, "--address", "127.0.0.1:1"]);
    expect([again.code, again.err]).toEqual([0, expect.stringContaining("nothing is missing")]);
  } finally {
    await cluster.stop();
  }
});
