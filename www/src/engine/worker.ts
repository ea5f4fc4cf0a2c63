/** The worker's side: holds one engine, runs one call at a time, and turns every failure into a value. */
import { expose, transfer } from "comlink";
import { probe } from "./device.ts";
import { ENGINE_LOST, failureFrom, LabError } from "./errors.ts";
import type { Opened, Reply, Timed, WorkerApi } from "./protocol.ts";
import { SerialQueue } from "./queue.ts";
import type { Artefact, Engine, OwnData, Taken } from "./types.ts";

type Module = typeof import("./generated/cpu/dgm.js");

const queue = new SerialQueue();
let module: Module | undefined;
let engine: Engine | undefined;

// A panic inside an asynchronous Rust call never settles its promise: it surfaces here, as an uncaught trap.
let loseEngine: (error: LabError) => void = () => undefined;
const engineLost = new Promise<never>((_, reject) => {
  loseEngine = reject;
});
engineLost.catch(() => undefined);
self.addEventListener("error", (event) => loseEngine(new LabError(ENGINE_LOST, event.message)));
self.addEventListener("unhandledrejection", (event) => loseEngine(new LabError(ENGINE_LOST, String(event.reason))));

function answer<T>(job: () => Promise<T> | T): Promise<Reply<T>> {
  return queue.run(async () => {
    try {
      const value = await Promise.race([withFiles(job), engineLost]);
      return transfer<Reply<T>>({ ok: true, value }, buffersOf(value));
    } catch (error) {
      return { ok: false, failure: failureFrom(error) };
    }
  });
}

/** Some data are files beside the page: the engine names the one it lacks, and the job begins again with it. */
async function withFiles<T>(job: () => Promise<T> | T): Promise<T> {
  try {
    return await job();
  } catch (error) {
    const { code, details } = failureFrom(error);
    if (code !== "data_not_loaded") throw error;
    await provideFile(String(details.file));
    return job();
  }
}

async function provideFile(file: string): Promise<void> {
  const at = import.meta.env.DEV ? "/data/" : "../data/";
  const failed = (reason: string) => new LabError("bad_file", `${file} cannot be read: ${reason}`, { file, reason });
  const answer = await fetch(new URL(at + file, import.meta.url)).catch((error) => {
    throw failed(String(error));
  });
  if (!answer.ok) throw failed(`${answer.status} ${answer.statusText}`.trim());
  module!.provideFile(file, await answer.text());
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

function opened(): Engine {
  if (!engine) throw new LabError("not_open", "The engine is not open yet.");
  return engine;
}

/** The GPU artefact is a file beside the page, not part of the bundle: it may be built later, or never. */
async function gpuArtefact(): Promise<Module> {
  const [module, manifest] = import.meta.env.DEV
    ? ["./generated/gpu/dgm.js", ""]
    : ["../engine/gpu/dgm.js", "../engine/manifest.json"];
  if (manifest) {
    const answer = await fetch(new URL(manifest, import.meta.url));
    const built: { gpu?: object | null } = answer.ok ? await answer.json() : {};
    if (!built.gpu) throw new LabError("gpu_missing", "The WebGPU engine is not built yet.");
  }
  return import(/* @vite-ignore */ new URL(module!, import.meta.url).href);
}

async function load(artefact: Artefact): Promise<Module> {
  const loaded: Module = artefact === "cpu" ? await import("./generated/cpu/dgm.js") : await gpuArtefact();
  await loaded.default();
  return loaded;
}

async function open(artefact: Artefact, backend: "cpu" | "webgpu"): Promise<Opened> {
  module = await load(artefact);
  engine = await module.Engine.open(backend);
  const adapter = backend === "webgpu" ? (await probe(true)).name : "";
  return { backend: engine.backend, adapter, catalogue: module.catalogue() };
}

async function setData(engine: Engine, own: OwnData): Promise<Taken> {
  if ("mixture" in own) return { applied: await engine.setMixture(own.mixture), notes: [] };
  return engine.setOwnData(own);
}

async function timed<T>(job: () => Promise<T>): Promise<Timed<T>> {
  const started = performance.now();
  const value = await job();
  return { value, ms: performance.now() - started };
}

const api: WorkerApi = {
  probe: (allowSoftware) => answer(() => probe(allowSoftware)),
  open: (artefact, backend) => answer(() => open(artefact, backend)),
  preview: (ids, n, seed) => answer(() => ids.map((id) => module!.dataPreview(id, n, seed))),
  configure: (patch) => answer(() => opened().configure(patch)),
  setData: (own) => answer(() => setData(opened(), own)),
  ownData: () => answer(() => opened().ownData()),
  data: (n) => answer(() => opened().data(n)),
  step: (n) => answer(() => timed(() => opened().step(n))),
  frame: (request) => answer(() => timed(() => opened().frame(request))),
  evaluate: (points) => answer(() => timed(() => opened().evaluate(points))),
  diagnose: () => answer(async () => opened().diagnose()),
  sample: (n) => answer(() => opened().sample(n)),
  logProb: (points) => answer(() => opened().logProb(points)),
  history: () => answer(() => opened().history()),
  reset: () => answer(() => opened().reset()),
  snapshot: () => answer(() => opened().snapshot()),
  restore: (bytes) => answer(() => opened().restore(bytes)),
};

expose(api);
