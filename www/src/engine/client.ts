/** The page's side of one worker: typed calls that always settle, even when the worker does not answer. */
import { type Remote, wrap } from "comlink";
import type { Reply, Timed, WorkerApi, WorkerCalls } from "./contract.ts";
import { ENGINE_LOST, LabError, NO_WORKER } from "./errors.ts";

/** Longest a call may take: a GPU engine compiles its kernels for some ten seconds on a slow adapter. */
const SILENCE_MS = 90_000;

export class Client {
  readonly #worker: Worker;
  readonly #remote: Remote<WorkerApi>;
  readonly #lost: Promise<never>;
  #lose: (error: LabError) => void = () => undefined;
  #answered = false;
  #error: LabError | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#remote = wrap<WorkerApi>(worker);
    this.#lost = new Promise((_, reject) => {
      this.#lose = reject;
    });
    this.#lost.catch(() => undefined);
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      const code = this.#answered ? ENGINE_LOST : NO_WORKER;
      this.#end(new LabError(code, event.message || "The worker could not be started."));
    });
  }

  /** Whether the worker is of no use any more. */
  get gone(): boolean {
    return this.#error !== undefined;
  }

  async call<K extends keyof WorkerCalls>(
    name: K,
    ...args: Parameters<WorkerCalls[K]>
  ): Promise<Timed<ReturnType<WorkerCalls[K]>>> {
    if (this.#error) throw afterwards(this.#error);
    let timer = 0;
    const silence = new Promise<never>((_, reject) => {
      timer = window.setTimeout(() => reject(new LabError(ENGINE_LOST, `No answer to ${name}.`)), SILENCE_MS);
    });
    try {
      const method = this.#remote[name] as unknown as (
        ...args: unknown[]
      ) => Promise<Reply<ReturnType<WorkerCalls[K]>>>;
      const reply = await Promise.race([method(...args), this.#lost, silence]);
      this.#answered = true;
      if (reply.ok) return reply;
      throw new LabError(reply.failure.code, reply.failure.message, reply.failure.details);
    } catch (error) {
      // One instance carries all engines of the worker: what is lost is lost for all of them.
      if (error instanceof LabError && error.code === ENGINE_LOST) this.#end(error);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#end(new LabError(ENGINE_LOST, "The worker was closed."));
  }

  #end(error: LabError): void {
    this.#error ??= error;
    this.#lose(error);
    this.#worker.terminate();
  }
}

/** What is said to those who come after: the end was not of their making. */
function afterwards(error: LabError): LabError {
  return error.code === ENGINE_LOST ? new LabError(ENGINE_LOST, error.message, { bystander: true }) : error;
}
