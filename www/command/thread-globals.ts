/** What a browser's worker finds around it, as far as the engine's worker asks for it: messages, errors, files beside it, and WebGPU where it is wanted. */
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import "./fetch-files.ts";
import type { ThreadData } from "./thread-worker.ts";

type Listener = (event: object) => void;

const port = parentPort!;

function listen(type: string, listener: Listener): void {
  if (type === "message") port.on("message", (data) => listener({ data }));
  else if (type === "error") process.on("uncaughtException", ({ message }) => listener({ message }));
  else if (type === "unhandledrejection") process.on("unhandledRejection", (reason) => listener({ reason }));
}

Object.assign(globalThis, {
  self: globalThis,
  addEventListener: listen,
  removeEventListener: () => undefined,
  postMessage: (message: unknown, transfer?: []) => port.postMessage(message, transfer),
});

const { dawn } = workerData as ThreadData;
let gpu: unknown;
if (dawn) {
  const { create, globals } = await import(/* @vite-ignore */ pathToFileURL(dawn).href);
  Object.assign(globalThis, globals);
  gpu = create([]);
}
Object.defineProperty(globalThis, "navigator", {
  value: { ...(gpu !== undefined && { gpu }), userAgent: "node" },
  configurable: true,
});
// wgpu asks which kind of global it runs in.
const here = Object.defineProperty(() => undefined, Symbol.hasInstance, { value: (it: unknown) => it === globalThis });
Object.assign(globalThis, { WorkerGlobalScope: here });
