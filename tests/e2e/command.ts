/** The command in a folder of its own, as somebody without a browser calls it. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const DGM = resolve(__dirname, "../../www/dist/command/dgm.js");
export const RAY = resolve(__dirname, "../../www/dist/python/dgm_ray.py");
/** One that has Ray, where there is one. */
export const PYTHON = process.env.PYTHON ?? "python3";

/** An experiment of 24 runs. Prints are scored in milliseconds, points of the plane in seconds. */
export const SMALL = {
  models: ["made-pixels"],
  data: ["digits-binary"],
  seeds: { from: 1, to: 12, count: 12 },
  settings: { width: [8, 12] },
  steps: 3,
};

/** A small run, as an address says it. */
export const hashOf = (settings: object) => `${new URLSearchParams({ width: "8", batch: "16", ...settings })}`;

/** What a program reads of what the command said: its last line. */
export const said = (out: string) => JSON.parse(out.trim().split("\n").at(-1)!);

export const sorted = (text: string) => text.split("\n").sort();

/** Whole rows of a table that is there or not yet. */
export const rowsOf = (path: string) => (existsSync(path) ? Math.max(0, readFileSync(path, "utf8").split("\n").length - 3) : 0);

export interface Ended {
  code: number;
  out: string;
  err: string;
}

export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "dgm-command-"));

  file(name: string): string {
    return join(this.path, name);
  }

  /** A killed process has no code of its own: -1. */
  run(args: string[], { input = "", shell = "", env = {} } = {}): Promise<Ended> {
    const [program, all] = shell ? ["bash", ["-c", shell, process.execPath, DGM, ...args]] : [process.execPath, [DGM, ...args]];
    return this.execute(program, all as string[], input, env);
  }

  execute(program: string, args: string[], input = "", env = {}): Promise<Ended> {
    return new Promise((ended) => {
      const options = { cwd: this.path, env: { ...process.env, LC_ALL: "C", ...env }, maxBuffer: 1e8 };
      const child = execFile(program, args, options, (error, out, err) => {
        ended({ code: error ? (typeof error.code === "number" ? error.code : -1) : 0, out, err });
      });
      child.stdin!.end(input);
    });
  }

  begin(args: string[], stdin: "ignore" | "pipe" = "ignore"): ChildProcess {
    return spawn(process.execPath, [DGM, ...args], { cwd: this.path, stdio: [stdin, "ignore", "ignore"] });
  }
}
