/** The page's side of one worker: typed calls that always settle, even when the worker does not answer. */
import { wrap } from "comlink";
import type { Reply, Timed, WorkerCalls } from "./contract.ts";
import { Ending } from "./ending.ts";
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
  readonly #ending = new Ending();
  #answered = false;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#remote = wrap(worker) as unknown as Remote<C>;
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      const code = this.#answered ? ENGINE_LOST : NO_WORKER;
      this.#end(new LabError(code, event.message || "The worker could not be started."));
    });
  }

  /** Whether the worker is of no use any more. */
  get gone(): boolean {
    return this.#ending.error !== undefined;
  }

  async call<K extends keyof C>(name: K, ...args: Parameters<C[K]>): Promise<Timed<ReturnType<C[K]>>> {
    if (this.#ending.error) throw afterwards(this.#ending.error);
    const silent = () => this.#end(new LabError(ENGINE_LOST, `No answer to ${String(name)}.`));
    const timer = setTimeout(silent, SILENCE_MS);
    try {
      const answer = this.#remote[name](...args) as Promise<Reply<ReturnType<C[K]>>>;
      const reply = await this.#ending.before(answer);
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
    this.#ending.come(error);
    this.#worker.terminate();
  }
}

/** What is said to those who come after: the end was not of their making. */
function afterwards(error: LabError): LabError {
  return error.code === ENGINE_LOST ? new LabError(ENGINE_LOST, error.message, { bystander: true }) : error;
}
