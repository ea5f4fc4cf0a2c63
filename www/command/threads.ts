/** Threads for engines, and which engine they carry. */
import { availableParallelism } from "node:os";
import { EnginePool, type Place } from "../src/engine/pool.ts";
import { CPU, GPU, Session } from "../src/engine/session.ts";
import type { Catalogue } from "../src/engine/types.ts";
import { Ending, EXIT } from "./exit.ts";
import { findPackage } from "./optional.ts";
import { sourceOf, VERSION } from "./source.ts";
import { threadWorker } from "./thread-worker.ts";
import type { Words } from "./words.ts";

export const ENGINES = ["cpu", "webgpu"] as const;
export type EngineName = (typeof ENGINES)[number];

export const CORES = availableParallelism();

export const placeOf = (engine: EngineName): Place => (engine === "webgpu" ? GPU : CPU);

/** Which engine numbers are of: those of the GPU are others. */
export const engineOf = (engine: EngineName): string => (engine === "cpu" ? VERSION : `${engine} ${VERSION}`);

export function threads(size: number, engine: EngineName, words: Words): EnginePool {
  const dawn = engine === "webgpu" ? findPackage("webgpu") : undefined;
  if (engine === "webgpu" && !dawn) throw new Ending(EXIT.missing, words.no_dawn);
  return new EnginePool(size, () => threadWorker(dawn), sourceOf);
}

/** All that there is to choose from, where there is what it is to run on. The thread that told it is free again. */
export async function catalogueOf(pool: EnginePool, words: Words, place = CPU): Promise<Catalogue> {
  const session = new Session(pool);
  try {
    if (place === GPU) {
      // Asked for by name, a software adapter will do.
      const { usable, reason } = await session.probe(true);
      if (!usable) throw new Ending(EXIT.missing, words.no_adapter(reason));
    }
    await session.open(place);
    return session.catalogue;
  } finally {
    session.leave();
  }
}
