/** The one pool of a page: all figures of it share these workers, and one compiled module. */
import { EnginePool } from "./pool.ts";
import { sourceOf } from "./source.ts";
import { startWorker } from "./start-worker.ts";
import workerUrl from "./worker.ts?worker&url";

/** More workers than cores only wait for one another, and each costs memory. */
export const MOST_WORKERS = Math.min(4, navigator.hardwareConcurrency || 1);

export const newPool = () => new EnginePool(MOST_WORKERS, () => startWorker(workerUrl, "engine"), sourceOf);

export const pagePool = newPool();
