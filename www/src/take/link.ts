/** An address that holds everything: settings, the mixture, and the reader's own data where there is room. */
import { errorFrom, LabError } from "../engine/errors.ts";
import { LONGEST, writeOwn } from "../lab/own-key.ts";
import type { Store } from "../lab/store.ts";

export const TOO_LONG = "link_too_long";
/** So many numbers have no room, however alike they are. */
const MANY = 40_000;
/** Packed once, however often the settings change. */
const packed = new WeakMap<object, Promise<string>>();

/** The own data of a lab as the key of an address; of no own data nothing. */
export async function ownKey({ config, own }: Store): Promise<string | undefined> {
  const { learned } = own;
  if (config?.data !== "custom" || !learned) return undefined;
  const { columns, treatment, classes } = learned;
  const count = columns.reduce((sum, { values }) => sum + values.length, 0);
  if (count > MANY) throw tooLong(count);
  // Whatever is changed about own data makes them another object.
  const known = packed.get(learned) ?? writeOwn({ columns, ...treatment, ...(classes && { classes }) });
  packed.set(learned, known);
  return known;
}

/** `hash` with the own data in it. Refused where it would be longer than programs pass on. */
export async function whole(store: Store, hash: string): Promise<string> {
  const own = await ownKey(store);
  const all = own === undefined ? hash : `${hash}&own=${own}`;
  if (all.length > LONGEST) throw tooLong(all.length);
  return all;
}

/** At least `length` letters. */
function tooLong(length: number): LabError {
  const message = `The address would have ${length} letters or more; ${LONGEST} are what programs pass on.`;
  return new LabError(TOO_LONG, message, { length, most: LONGEST });
}

/** The same, or the hash alone where there is no room. */
export function roomy(store: Store, hash: string): Promise<string> {
  return whole(store, hash).catch((error) => {
    if (errorFrom(error).code === TOO_LONG) return hash;
    throw error;
  });
}
