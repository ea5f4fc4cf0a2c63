/** Who writes to a table has it alone: two that append to one file would tear each other's lines. */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { Ending, EXIT } from "./exit.ts";
import type { Words } from "./words.ts";

/** Longer than it takes to write a line, whatever else the machine does. */
const WRITING_MS = 10_000;

const lockOf = (path: string) => `${path}.lock`;

export function lock(path: string, words: Words): void {
  const file = lockOf(path);
  const mine = JSON.stringify({ host: hostname(), pid: process.pid });
  if (!created(file, mine) && !takenOver(file, mine)) throw new Ending(EXIT.table, words.locked(path, file));
  process.once("exit", () => unlock(path));
}

export function unlock(path: string): void {
  rmSync(lockOf(path), { force: true });
}

/** Who was killed holds nothing any more. Of several that see it, one at a time looks and takes, so that one takes it. */
function takenOver(file: string, mine: string): boolean {
  const guard = `${file}.take`;
  if (ageOf(guard) > WRITING_MS) rmSync(guard, { force: true });
  if (!created(guard, "")) return false;
  try {
    if (held(file)) return false;
    writeFileSync(file, mine);
    return true;
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

function held(file: string): boolean {
  try {
    const { host, pid } = JSON.parse(readFileSync(file, "utf8"));
    // Of another machine nobody here knows whether it still runs.
    if (host !== hostname()) return true;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One that is not written yet is held by who writes it.
    if (error instanceof SyntaxError) return ageOf(file) < WRITING_MS;
    return (error as NodeJS.ErrnoException).code === "EPERM";
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
