/** A part of the page whose code is fetched when it is first wanted. */
import { nothing } from "lit";
import { errorFrom } from "../engine/errors.ts";
import type { Store } from "../lab/store.ts";

/** What was asked for, by the element that it defines. What did not come is not asked for again: who is offline is told once. */
const coming = new Map<string, Promise<unknown>>();
/** Who is to be drawn again when a part is there. */
const waiting = new WeakMap<Store, Set<string>>();

/** `part`, which holds an element named `tag`, as soon as `fetch` has brought what defines it, and until then what is `before` it. */
export function late(
  store: Store,
  tag: string,
  fetch: () => Promise<unknown>,
  part: () => unknown,
  before: unknown = nothing,
): unknown {
  if (customElements.get(tag)) return part();
  if (!coming.has(tag)) {
    coming.set(tag, fetch());
    coming.get(tag)!.catch((error) => store.fail(errorFrom(error)));
  }
  const tags = waiting.get(store) ?? new Set();
  waiting.set(store, tags);
  if (!tags.has(tag)) {
    tags.add(tag);
    coming.get(tag)!.then(
      () => store.changed(),
      () => undefined,
    );
  }
  return before;
}

/** Settles when all that is on its way is there, or will not come. */
export async function arrived(): Promise<void> {
  await Promise.allSettled(coming.values());
}
