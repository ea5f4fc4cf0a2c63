/** What is to be run, as it was said: an address of the page, its hash, a file of settings, or a saved session. */
import { existsSync, readFileSync, statSync } from "node:fs";
import type { Raw } from "../src/state/config.ts";
import { readHash } from "../src/state/hash.ts";
import { readSession } from "../src/take/session-file.ts";
import { Ending, EXIT } from "./exit.ts";
import type { Words } from "./words.ts";

export interface Asked {
  /** As an address says it: what cannot be used is left out and named. */
  raw: Raw;
  /** As a program says it: what cannot be used is refused. */
  settings?: Record<string, unknown>;
  snapshot?: Uint8Array;
  steps?: number;
}

export function readAsked(what: string, words: Words): Asked {
  if (existsSync(what)) return fromFile(what, words);
  const hash = /^[a-z]+:\/\//i.test(what) ? new URL(what).hash : what.includes("=") ? what : undefined;
  if (hash === undefined) throw new Ending(EXIT.asked, words.not_asked(what));
  return { raw: readHash(hash) };
}

function fromFile(path: string, words: Words): Asked {
  if (statSync(path).isDirectory()) throw new Ending(EXIT.asked, words.is_folder(path));
  const bytes = new Uint8Array(readFileSync(path));
  const said = parsed(new TextDecoder().decode(bytes));
  if (said === undefined) return { raw: {}, snapshot: readSession(bytes) };
  if (typeof said !== "object" || said === null || Array.isArray(said))
    throw new Ending(EXIT.asked, words.not_settings(path));
  const { steps, ...rest } = said as Record<string, unknown>;
  if ("models" in rest || Array.isArray(rest.model) || Array.isArray(rest.data))
    throw new Ending(EXIT.asked, words.is_sweep(path));
  // What "Take away" writes about a run has the settings under their name.
  const settings = (
    typeof rest.settings === "object" && rest.settings !== null ? rest.settings : rest
  ) as Asked["settings"];
  return { raw: {}, settings: settings!, ...(steps !== undefined && { steps: wholeSteps(steps, words) }) };
}

export function wholeSteps(steps: unknown, words: Words): number {
  const number = typeof steps === "string" && !/^\d+$/.test(steps) ? Number.NaN : Number(steps);
  if (Number.isInteger(number) && number >= 0 && number <= 1e7) return number;
  throw new Ending(EXIT.asked, words.not_steps(String(steps)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
