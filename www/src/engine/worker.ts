/**
 * The worker's side: holds an engine for each session, and turns every failure into a value. An engine must not be entered
 * while a call on it is pending, but for the one that runs beside the others.
 */
import { expose, transfer } from "comlink";
import {
  type Args,
  ASIDE,
  ENGINE_CALLS,
  type EngineCall,
  type Opened,
  type Reply,
  type Result,
  type Source,
  SUM_CALLS,
  type SumArgs,
  type SumCall,
  type SumResult,
  type WorkerApi,
} from "./contract.ts";
import { probe } from "./device.ts";
import { endOfEngine } from "./ending.ts";
import { failureFrom, LabError } from "./errors.ts";
import { fetchFile } from "./fetch-file.ts";
import { Once } from "./once.ts";
import { SerialQueue } from "./queue.ts";
import { Rest } from "./rest.ts";
import type { Artefact, Engine } from "./types.ts";

type Module = typeof import("./generated/cpu/dgm.js");

interface Held {
  module: Module;
  engine: Engine;
  site: string;
  /** Calls that must not overlap. */
  queue: SerialQueue;
}

/** One instance of each artefact carries the engines of all sessions here. */
const modules = new Once<Artefact, Module>();
const rests = new Map<Module, Rest>();
const held = new Map<number, Held>();

const ending = endOfEngine();

/** What the calls that are served have taken so far, in ms. */
let served = 0;

async function answer<T>(job: () => Promise<T> | T, aside = false): Promise<Reply<T>> {
  // Beside others a call takes the time that they leave it.
  const clock = () => performance.now() - (aside ? served : 0);
  try {
    const started = clock();
    const value = await ending.before(job());
    const ms = clock() - started;
    if (!aside) served += ms;
    return transfer<Reply<T>>({ ok: true, value, ms }, buffersOf(value));
  } catch (error) {
    return { ok: false, failure: failureFrom(error) };
  }
}

/** Every typed array's memory, so that it moves to the page instead of being copied. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    // A view of part of a buffer may be a window on the wasm memory, which cannot be given away.
    if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength) found.add(value.buffer);
  } else if (typeof value === "object" && value !== null) {
    for (const child of Object.values(value)) buffersOf(child, found);
  }
  return [...found];
}

function load(source: Source): Promise<Module> {
  return modules.get(source.artefact, () => instantiate(source));
}

async function instantiate({ module, rest, glue }: Source): Promise<Module> {
  const loaded: Module = await (glue ? import(/* @vite-ignore */ glue) : import("./generated/cpu/dgm.js"));
  if (!rest) {
    await loaded.default({ module_or_path: module });
    return loaded;
  }
  const later = new Rest(rest);
  loaded.rest.bring = later.now;
  later.joins((await loaded.default({ module_or_path: module })) as unknown as WebAssembly.Exports);
  rests.set(loaded, later);
  return loaded;
}

async function open(session: number, source: Source, backend: "cpu" | "webgpu"): Promise<Opened> {
  const module = await load(source);
  const engine = await module.Engine.open(backend);
  close(session);
  held.set(session, { module, engine, site: source.site, queue: new SerialQueue() });
  const adapter = backend === "webgpu" ? (await probe(true)).name : "";
  return { backend: engine.backend, adapter };
}

function close(session: number): void {
  held.get(session)?.engine.free();
  held.delete(session);
}

function opened(session: number): Held {
  const found = held.get(session);
  if (!found) throw new LabError("not_open", "The engine is not open yet.");
  return found;
}

async function ask<K extends EngineCall>(session: number, call: K, args: Args<K>): Promise<Result<K>> {
  if (!ENGINE_CALLS.includes(call)) throw new LabError("unknown_id", `An engine has no call named "${call}".`);
  const { engine, module, site, queue } = opened(session);
  const method = engine[call] as (...args: Args<K>) => Promise<Result<K>>;
  const job = () => method.apply(engine, args);
  if (call === ASIDE) {
    const begun = await queue.run(async () => {
      // Scores are worked out by the second part; no step comes before, since they are of the model as it is now.
      await rests.get(module)?.here();
      return { result: job() };
    });
    return begun.result;
  }
  return queue.run(async () => {
    try {
      const result = await job();
      if (call === "step") rests.get(module)?.soon();
      return result;
    } catch (error) {
      // Some data are files beside the page: the engine names the one it lacks, and the call begins again with it.
      const { code, details } = failureFrom(error);
      if (code !== "data_not_loaded") throw error;
      const file = String(details.file);
      const content = await fetchFile(new URL(`data/${file}`, site));
      module.provideFile(file, await content.text());
      return job();
    }
  });
}

async function sum<K extends SumCall>(source: Source, call: K, args: SumArgs<K>): Promise<SumResult<K>> {
  if (!SUM_CALLS.includes(call)) throw new LabError("unknown_id", `There is no sum named "${call}".`);
  const method = (await load(source))[call] as unknown as (...args: SumArgs<K>) => SumResult<K>;
  return method(...args);
}

const api: WorkerApi = {
  probe: (allowSoftware) => answer(() => probe(allowSoftware)),
  open: (session, source, backend) => answer(() => open(session, source, backend)),
  ask: (session, call, args) => answer(() => ask(session, call, args), call === ASIDE),
  catalogue: (session) => answer(() => opened(session).module.catalogue()),
  preview: (session, ids, n, seed) => answer(() => ids.map((id) => opened(session).module.dataPreview(id, n, seed))),
  sum: (source, call, args) => answer(() => sum(source, call, args)),
  close: (session) => answer(() => close(session)),
};

expose(api);
