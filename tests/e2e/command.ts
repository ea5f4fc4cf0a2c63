/** The command in a folder of its own, as somebody without a browser calls it. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const DGM = resolve(__dirname, "../../www/dist/command/dgm.js");
export const RAY = resolve(__dirname, "../../www/dist/python/dgm_ray.py");

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
  run(args: string[], { input = "", shell = "" } = {}): Promise<Ended> {
    const [program, all] = shell ? ["bash", ["-c", shell, process.execPath, DGM, ...args]] : [process.execPath, [DGM, ...args]];
    return this.execute(program, all as string[], input);
  }

  execute(program: string, args: string[], input = ""): Promise<Ended> {
    return new Promise((ended) => {
      const options = { cwd: this.path, env: { ...process.env, LC_ALL: "C" }, maxBuffer: 1e8 };
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
