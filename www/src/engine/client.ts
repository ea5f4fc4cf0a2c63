/** The page's side of one worker: typed calls that always settle, even when the worker does not answer. */
import { type Remote, wrap } from "comlink";
import { ENGINE_LOST, LabError } from "./errors.ts";
import type { Reply, WorkerApi } from "./protocol.ts";

type Value<K extends keyof WorkerApi> = Awaited<ReturnType<WorkerApi[K]>> extends Reply<infer T> ? T : never;

/** Longest a call may take: a GPU engine compiles its kernels for some ten seconds on a slow adapter. */
const SILENCE_MS = 90_000;

export class Client {
  readonly #worker: Worker;
  readonly #remote: Remote<WorkerApi>;
  readonly #lost: Promise<never>;
  #lose: (error: LabError) => void = () => undefined;

  constructor() {
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    this.#remote = wrap<WorkerApi>(this.#worker);
    this.#lost = new Promise((_, reject) => {
      this.#lose = reject;
    });
    this.#lost.catch(() => undefined);
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#lose(new LabError(ENGINE_LOST, event.message || "The worker could not be started."));
    });
  }

  async call<K extends keyof WorkerApi>(name: K, ...args: Parameters<WorkerApi[K]>): Promise<Value<K>> {
    let timer = 0;
    const silence = new Promise<never>((_, reject) => {
      timer = window.setTimeout(() => reject(new LabError(ENGINE_LOST, `No answer to ${name}.`)), SILENCE_MS);
    });
    try {
      const method = this.#remote[name] as unknown as (...args: unknown[]) => Promise<Reply<Value<K>>>;
      const reply = await Promise.race([method(...args), this.#lost, silence]);
      if (reply.ok) return reply.value;
      throw new LabError(reply.failure.code, reply.failure.message, reply.failure.details);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#lose(new LabError(ENGINE_LOST, "The worker was closed."));
    this.#worker.terminate();
  }
}
