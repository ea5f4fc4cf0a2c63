/** Which class each row of the reader's own is of. */
import type { OwnColumns } from "../engine/types.ts";

/** Rows of which none is said are a class of their own. */
const UNSAID = "—";

/**
 * The classes that rows are of, in the order of their names; `names` are those of `of`, or else its numbers counted from 1. Those that no row has are
 * left out, and one class is none. Whether they can be learned is for the core to say.
 */
export function classesOf(of: ArrayLike<number>, names: readonly string[]): OwnColumns["classes"] {
  const met = new Set(Array.from(of));
  const kept = [...met].filter((label) => label >= 0).sort((a, b) => a - b);
  if (met.has(-1)) kept.push(-1);
  if (kept.length < 2) return undefined;
  const places = new Map(kept.map((label, place) => [label, place]));
  const nameOf = (label: number) => (label < 0 ? UNSAID : (names[label] ?? String(label + 1)));
  return { names: kept.map(nameOf), labels: Uint8Array.from(of, (label) => places.get(label)!) };
}
