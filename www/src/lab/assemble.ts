/** A lab put together from its parts. All labs of a page share the workers of one pool. */
import { EnginePool } from "../engine/pool.ts";
import { Session } from "../engine/session.ts";
import { sourceOf } from "../engine/source.ts";
import { startWorker } from "../engine/start-worker.ts";
import { Trainer } from "../engine/trainer.ts";
import workerUrl from "../engine/worker.ts?worker&url";
import { Store, type StoreHost } from "./store.ts";

/** More workers than cores only wait for one another, and each costs memory. */
const MOST_WORKERS = 4;

const pool = new EnginePool(
  Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1),
  () => startWorker(workerUrl, "engine"),
  sourceOf,
);

export function assemble(host: StoreHost): Store {
  const session = new Session(pool);
  return new Store(session, (host) => new Trainer(session, host), host);
}
