/** Who writes to a table has it alone: two that append to one file would tear each other's lines. */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { Ending, EXIT } from "./exit.ts";
import type { Words } from "./words.ts";

/** Longer than it takes to write a line, whatever else the machine does. */
const WRITING_MS = 10_000;
/** Between two looks at a file that somebody may be writing, or was killed over. */
const PAUSE_MS = 50;

/** Of a file that stands in the way: whether somebody has it, nobody any more, or it cannot be told yet. */
type Found = "held" | "free" | "unclear";

const lockOf = (path: string) => `${path}.lock`;

export function lock(path: string, words: Words): void {
  const file = lockOf(path);
  const mine = JSON.stringify({ host: hostname(), pid: process.pid });
  const patience = Date.now() + 2 * WRITING_MS;
  while (!created(file, mine)) {
    const found = taken(file, mine);
    if (found === "free") break;
    if (found === "held" || Date.now() > patience) throw new Ending(EXIT.table, words.locked(path, file));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
  process.once("exit", () => unlock(path));
}

export function unlock(path: string): void {
  rmSync(lockOf(path), { force: true });
}

/** Who was killed holds nothing any more: what was free is taken. Of several that see it, one at a time looks and takes, so that one takes it. */
function taken(file: string, mine: string): Found {
  const guard = `${file}.take`;
  if (ageOf(guard) > WRITING_MS) rmSync(guard, { force: true });
  if (!created(guard, "")) return "unclear";
  try {
    const found = look(file);
    if (found === "free") writeFileSync(file, mine);
    return found;
  } finally {
    rmSync(guard, { force: true });
  }
}

function created(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function look(file: string): Found {
  try {
    const { host, pid } = JSON.parse(readFileSync(file, "utf8"));
    // Of another machine nobody here knows whether it still runs.
    if (host !== hostname()) return "held";
    process.kill(pid, 0);
    return "held";
  } catch (error) {
    // Either it is being written, or who began to was killed.
    if (error instanceof SyntaxError) return ageOf(file) < WRITING_MS ? "unclear" : "free";
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EPERM") return "held";
    // Given back meanwhile: whoever is first to write it anew has it.
    return code === "ENOENT" ? "unclear" : "free";
  }
}

/** Milliseconds since it was written; none where it is not there. */
function ageOf(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}
