/** The page's side of one worker: typed calls that always settle, even when the worker does not answer. */
import { wrap } from "comlink";
import type { Reply, Timed, WorkerCalls } from "./contract.ts";
import { ENGINE_LOST, LabError, NO_WORKER } from "./errors.ts";

/** Longest a call may take: a GPU engine compiles its kernels for some ten seconds on a slow adapter. */
const SILENCE_MS = 90_000;

/** Calls by their names, as a worker carries them out. */
type Named<C> = { [K in keyof C]: (...args: never[]) => unknown };
/** The same from this side. */
type Remote<C> = Record<keyof C, (...args: unknown[]) => Promise<Reply<unknown>>>;

export class Client<C extends Named<C> = WorkerCalls> {
  readonly #worker: Worker;
  readonly #remote: Remote<C>;
  readonly #lost: Promise<never>;
  #lose: (error: LabError) => void = () => undefined;
  #answered = false;
  #error: LabError | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#remote = wrap(worker) as unknown as Remote<C>;
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

  async call<K extends keyof C>(name: K, ...args: Parameters<C[K]>): Promise<Timed<ReturnType<C[K]>>> {
    if (this.#error) throw afterwards(this.#error);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new LabError(ENGINE_LOST, `No answer to ${String(name)}.`)), SILENCE_MS);
    });
    try {
      const answer = this.#remote[name](...args) as Promise<Reply<ReturnType<C[K]>>>;
      const reply = await Promise.race([answer, this.#lost, silence]);
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
