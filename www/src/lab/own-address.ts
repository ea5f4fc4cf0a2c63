/** Own data that came with an address: a set of the same dimension stands in for them until the engine has them. */
import type { Catalogue, OwnColumns } from "../engine/types.ts";
import { type Dropped, dimOf, type Raw } from "../state/config.ts";

interface Asked {
  /** The keys that are left to be read. */
  asked: Raw;
  own?: OwnColumns;
  dropped: Dropped[];
}

/** As much of a key that cannot be read as is worth showing. */
const SHOWN = 12;

export function droppedOwn(value: string): Dropped {
  return { key: "own", value: value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value, used: "", known: "" };
}

export async function withOwn(raw: Raw, catalogue: Catalogue): Promise<Asked> {
  if (raw.own === undefined) return { asked: raw, dropped: [] };
  const { own: packed, ...asked } = raw;
  const { readOwn } = await import("./own-key.ts");
  const own = raw.data === "custom" ? await readOwn(packed!) : undefined;
  // Without the numbers the rest is as good as it was.
  if (!own) return { asked, dropped: [droppedOwn(packed!)] };
  const standing = catalogue.data.find(({ id }) => dimOf(catalogue, id, 0) === own.columns.length)!;
  return { asked: { ...asked, data: standing.id }, own, dropped: [] };
}
