/** The worker's side: one engine of texts, which must not be entered while a call on it is pending. Failures travel as values. */
import { expose } from "comlink";
import type { Reply } from "../engine/contract.ts";
import { endOfEngine } from "../engine/ending.ts";
import { failureFrom, LabError, NO_ENGINE } from "../engine/errors.ts";
import { fetchFile } from "../engine/fetch-file.ts";
import { SerialQueue } from "../engine/queue.ts";
import {
  WORDS_ASIDE,
  WORDS_CALLS,
  type WordsArgs,
  type WordsCall,
  type WordsCatalogue,
  type WordsEngine,
  type WordsResult,
  type WordsWorkerApi,
} from "./contract.ts";

/** What the artefact exports; it lies beside the page and may be built later, so its types cannot come from it. */
interface Module {
  default(from: { module_or_path: URL }): Promise<unknown>;
  catalogue(): WordsCatalogue;
  Words: { open(backend: "cpu"): Promise<WordsEngine> };
}

interface Held {
  engine: WordsEngine;
  catalogue: WordsCatalogue;
  site: string;
}

let held: Held | undefined;
const queue = new SerialQueue();

const ending = endOfEngine();

async function answer<T>(job: () => Promise<T>): Promise<Reply<T>> {
  try {
    const started = performance.now();
    const value = await ending.before(job());
    return { ok: true, value, ms: performance.now() - started };
  } catch (error) {
    return { ok: false, failure: failureFrom(error) };
  }
}

async function open(site: string): Promise<WordsCatalogue> {
  if (!held) {
    const folder = import.meta.env.DEV ? new URL("/src/engine/generated/words/", site) : new URL("engine/words/", site);
    try {
      const module: Module = await import(/* @vite-ignore */ new URL("dgm.js", folder).href);
      await module.default({ module_or_path: new URL("dgm_bg.wasm", folder) });
      held = { engine: await module.Words.open("cpu"), catalogue: module.catalogue(), site };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new LabError(NO_ENGINE, `The engine cannot be loaded: ${reason}`, { reason });
    }
  }
  return held.catalogue;
}

async function ask<K extends WordsCall>(call: K, args: WordsArgs<K>): Promise<WordsResult<K>> {
  if (!WORDS_CALLS.includes(call)) throw new LabError("unknown_id", `An engine has no call named "${call}".`);
  if (!held) throw new LabError("not_open", "The engine is not open yet.");
  const { engine, catalogue, site } = held;
  const method = engine[call] as (...args: WordsArgs<K>) => Promise<WordsResult<K>>;
  const job = async () => method.apply(engine, args);
  if (WORDS_ASIDE.includes(call)) return (await queue.run(async () => ({ result: job() }))).result;
  return queue.run(async () => {
    try {
      return await job();
    } catch (error) {
      // A passage is a file beside the page: the engine names the one that it lacks, and the call begins again with it.
      const { code, details } = failureFrom(error);
      const passage = catalogue.passages.find(({ file }) => file === details.file);
      if (code !== "data_not_loaded" || !passage) throw error;
      engine.provide(passage.id, await (await fetchFile(new URL(`data/${passage.file}`, site))).text());
      return job();
    }
  });
}

const api: WordsWorkerApi = {
  open: (site) => answer(() => open(site)),
  ask: (call, args) => answer(() => ask(call, args)),
};

expose(api);
