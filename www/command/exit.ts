/** How the command ends: a number for programs and a sentence for people. */

export const EXIT = {
  done: 0,
  /** The run went wrong, or the command did. */
  failed: 1,
  /** What was asked for cannot be: arguments, settings, a file that cannot be read. */
  asked: 2,
  /** Something is missing on this machine. */
  missing: 3,
  /** The table belongs to something else. */
  table: 4,
  /** What was made has no place to go: a full disk, a closed pipe. */
  output: 5,
  /** Stopped from outside, with everything kept that was done. */
  stopped: 130,
} as const;

/** Ends the command. */
export class Ending extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const NO_PLACE = ["ENOSPC", "EDQUOT", "EIO", "EROFS", "EPIPE", "EFBIG"];

/** What the system says of a file that cannot be written. */
export function isOutput(error: unknown): boolean {
  return NO_PLACE.includes(String((error as { code?: unknown }).code));
}
