// The command as it was built, in a folder of its own, and what it took.

import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
export const DGM = join(root, "www/dist/command/dgm.js");

export class Folder {
  path = mkdtempSync(join(tmpdir(), "dgm-bench-"));

  file(name) {
    return join(this.path, name);
  }

  write(name, content) {
    writeFileSync(this.file(name), typeof content === "string" ? content : JSON.stringify(content));
  }

  // Seconds by the clock and of all cores, and the last line of what was said, as JSON.
  async dgm(args, input = "") {
    const timed = ["-c", 'TIMEFORMAT="%R %U %S"; time "$0" "$@"', process.execPath, DGM, ...args];
    const child = spawn("bash", timed, { cwd: this.path, env: { ...process.env, LC_ALL: "C" } });
    let [out, err] = ["", ""];
    child.stdout.on("data", (text) => (out += text));
    child.stderr.on("data", (text) => (err += text));
    child.stdin.end(input);
    const code = await new Promise((done) => child.on("close", done));
    if (code !== 0) throw new Error(`dgm ${args.join(" ")} ended with ${code}: ${err}`);
    const [real, user, system] = err.trim().split("\n").at(-1).split(" ").map(Number);
    return { seconds: real, cpu: user + system, said: JSON.parse(out.trim().split("\n").at(-1)) };
  }
}

// The smallest run there is: prints are scored in milliseconds.
export const prints = (runs, more = {}) => ({
  models: ["made-pixels"],
  data: ["digits-binary"],
  seeds: { from: 1, to: runs, count: runs },
  settings: { width: [8] },
  steps: 1,
  ...more,
});

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
