/** Long work in turns, so that the page answers meanwhile. */

/** How long the page waits at most: what is shorter than a frame is not felt. */
const TURN_MS = 12;

/** Ends where `each` says so, or when all are done; at once where that takes no longer than a turn. */
export async function inTurns<T>(all: Iterable<T>, each: (one: T) => boolean): Promise<boolean> {
  let turn = performance.now();
  for (const one of all) {
    if (!each(one)) return false;
    if (performance.now() - turn < TURN_MS) continue;
    await new Promise((done) => setTimeout(done));
    turn = performance.now();
  }
  return true;
}
