/** A worker thread of Node that looks as a browser's worker does to who talks to it. */
import { Worker as Thread, type Transferable } from "node:worker_threads";

export interface ThreadData {
  /** The file of Dawn, Chrome's WebGPU, where the engine is to run on the GPU. */
  dawn: string | undefined;
}

type Listener = (event: object) => void;

export function threadWorker(dawn?: string): Worker {
  const thread = new Thread(new URL("./thread.js", import.meta.url), { workerData: { dawn } satisfies ThreadData });
  // A thread that fails is told to many at once.
  thread.setMaxListeners(0);
  const listeners = new Map<Listener, (value: unknown) => void>();
  return {
    postMessage: (message: unknown, transfer?: Transferable[]) => thread.postMessage(message, transfer),
    addEventListener(type: string, listener: Listener) {
      if (type === "message") {
        const hear = (data: unknown) => listener({ data });
        listeners.set(listener, hear);
        thread.on("message", hear);
      } else if (type === "error") {
        thread.on("error", ({ message }) => listener({ message, preventDefault: () => undefined }));
      }
    },
    removeEventListener(_: string, listener: Listener) {
      const hear = listeners.get(listener);
      if (hear) thread.off("message", hear);
      listeners.delete(listener);
    },
    terminate: () => void thread.terminate(),
  } as unknown as Worker;
}
