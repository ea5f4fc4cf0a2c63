/** What is wrong according to the numbers, without flicker: a finding stays until it was absent twice in a row. */
import type { Diagnosis } from "../engine/types.ts";

const PATIENCE = 2;

export class Findings {
  #absent = new Map<string, number>();
  list: Diagnosis[] = [];

  /** Takes the newest diagnosis in; returns what was not there before. */
  saw(found: Diagnosis[]): Diagnosis[] {
    const now = new Map(found.map((each) => [each.code, each]));
    const known = new Set(this.list.map(({ code }) => code));
    // The newest words replace the old ones: their numbers may have moved.
    const kept = this.list
      .map((old) => now.get(old.code) ?? old)
      .filter(({ code }) => this.#stays(code, now.has(code)));
    const fresh = found.filter(({ code }) => !known.has(code));
    this.list = [...kept, ...fresh];
    return fresh;
  }

  clear(): void {
    this.#absent.clear();
    this.list = [];
  }

  #stays(code: string, present: boolean): boolean {
    const absent = present ? 0 : (this.#absent.get(code) ?? 0) + 1;
    if (absent === 0 || absent >= PATIENCE) this.#absent.delete(code);
    else this.#absent.set(code, absent);
    return absent < PATIENCE;
  }
}
