/**
 * A run as a file: its settings in words, and the engine's snapshot with weights, optimiser, random streams, history and the reader's own data.
 * One line of JSON above the bytes, so that a person who opens it sees what it is.
 */
import { LabError } from "../engine/errors.ts";
import type { About } from "./run.ts";

export const ENDING = ".dgm";
const FORMAT = "dgm-session";
const VERSION = 1;

interface Head extends About {
  format: string;
  formatVersion: number;
  bytes: number;
  /** Of everything else in the file. */
  crc32: string;
}

/** Why a file cannot be opened: a key of the words. */
export type BadSession = "session_other" | "session_newer" | "session_cut" | "session_changed";

export function writeSession(about: About, snapshot: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = { format: FORMAT, formatVersion: VERSION, ...about, bytes: snapshot.length };
  const sealed: Head = { ...head, crc32: seal(head, snapshot) };
  const line = new TextEncoder().encode(`${JSON.stringify(sealed)}\n`);
  const bytes = new Uint8Array(line.length + snapshot.length);
  bytes.set(line);
  bytes.set(snapshot, line.length);
  return bytes;
}

/** The snapshot in it. Refused with what is wrong where the file was cut or changed, or is of another kind or version. */
export function readSession(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const end = bytes.indexOf(10);
  const head = parsed(new TextDecoder().decode(bytes.subarray(0, end < 0 ? bytes.length : end)));
  if (head?.format !== FORMAT) throw bad(looksLike(bytes) ? "session_cut" : "session_other");
  if (head.formatVersion !== VERSION) throw bad("session_newer");
  const snapshot = bytes.slice(end + 1);
  if (snapshot.length < head.bytes) throw bad("session_cut");
  const { crc32, ...rest } = head;
  if (crc32 !== seal(rest, snapshot)) throw bad("session_changed");
  return snapshot;
}

/** Whether it begins as such a file does, whatever became of the rest. */
function looksLike(bytes: Uint8Array): boolean {
  const begins = `{"format":"${FORMAT}"`;
  const start = new TextDecoder().decode(bytes.subarray(0, begins.length));
  return start.length > 0 && begins.startsWith(start);
}

function bad(code: BadSession): LabError {
  const why = {
    session_other: "this is no session file of the playground",
    session_newer: "it is of another version",
    session_cut: "its end is missing",
    session_changed: "it was changed after it was saved",
  };
  return new LabError(code, `The session cannot be opened: ${why[code]}.`);
}

function parsed(text: string): Head | undefined {
  try {
    const head = JSON.parse(text);
    return typeof head === "object" && head !== null ? head : undefined;
  } catch {
    return undefined;
  }
}

function seal(head: object, snapshot: Uint8Array): string {
  const before = crc(new TextEncoder().encode(JSON.stringify(head)), -1);
  return ((crc(snapshot, before) ^ -1) >>> 0).toString(16).padStart(8, "0");
}

/** CRC-32 as zip and PNG have it; `crypto.subtle` is not there on a page without https. */
export function crc(bytes: Uint8Array, start: number): number {
  let sum = start;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return sum;
}
