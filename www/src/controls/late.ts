/** A part of the page whose code is fetched when it is first wanted. */
import { nothing } from "lit";
import { errorFrom } from "../engine/errors.ts";
import type { Store } from "../lab/store.ts";

const asked = new Set<string>();

/** `part`, which holds an element named `tag`, as soon as `fetch` has brought what defines it, and until then what is `before` it. */
export function late(
  store: Store,
  tag: string,
  fetch: () => Promise<unknown>,
  part: () => unknown,
  before: unknown = nothing,
): unknown {
  if (customElements.get(tag)) return part();
  if (!asked.has(tag)) {
    asked.add(tag);
    fetch().catch((error) => {
      asked.delete(tag);
      store.fail(errorFrom(error));
    });
  }
  void customElements.whenDefined(tag).then(() => store.changed());
  return before;
}
