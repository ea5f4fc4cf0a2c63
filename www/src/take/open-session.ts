/** Goes on from a saved run. What cannot be opened changes nothing, and is said. */
import { errorFrom } from "../engine/errors.ts";
import type { Store } from "../lab/store.ts";
import { type BadSession, readSession } from "./session-file.ts";
import { takeWords } from "./words.ts";

export async function openSession(store: Store, file: Blob): Promise<void> {
  try {
    await store.restore(readSession(new Uint8Array(await file.arrayBuffer())));
    const step = store.step.toLocaleString("en");
    store.say(({ code }) => takeWords[code].opened(step));
  } catch (cause) {
    const error = errorFrom(cause);
    store.fail(error);
    // The engine's own snapshots have versions too.
    const code = error.code === "bad_snapshot" ? "session_newer" : error.code;
    const known = Object.hasOwn(takeWords.en.bad, code) ? (code as BadSession) : undefined;
    if (known) store.say((text) => takeWords[text.code].bad[known]);
  }
}
