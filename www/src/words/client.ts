/** The page's side of the engine of texts: typed calls that always settle, and a worker that is replaced when it dies. */
import { type Remote, wrap } from "comlink";
import type { Reply, Timed } from "../engine/contract.ts";
import { ENGINE_LOST, LabError, NO_WORKER } from "../engine/errors.ts";
import { SITE } from "../engine/source.ts";
import { startWorker } from "../engine/start-worker.ts";
import type { WordsArgs, WordsCall, WordsCatalogue, WordsResult, WordsWorkerApi } from "./contract.ts";
import workerUrl from "./worker.ts?worker&url";

interface Live {
  worker: Worker;
  remote: Remote<WordsWorkerApi>;
  lost: Promise<never>;
}

export class WordsClient {
  #live: Live | undefined;
  #snapshot: Uint8Array | undefined;

  async open(): Promise<WordsCatalogue> {
    return (await this.#settled(({ remote }) => remote.open(SITE))).value;
  }

  /** After a death the next call begins with the last snapshot; the one under way rejects with `engine_lost`. */
  async ask<K extends WordsCall>(call: K, ...args: WordsArgs<K>): Promise<Timed<WordsResult<K>>> {
    if (!this.#live) {
      await this.open();
      if (this.#snapshot) await this.#call("restore", [this.#snapshot.slice()]);
    }
    const timed = await this.#call(call, args);
    if (call === "snapshot") this.#snapshot = (timed.value as Uint8Array).slice();
    return timed;
  }

  close(): void {
    this.#live?.worker.terminate();
    this.#live = undefined;
  }

  #call<K extends WordsCall>(call: K, args: WordsArgs<K>): Promise<Timed<WordsResult<K>>> {
    return this.#settled(({ remote }) => remote.ask(call, args) as Promise<Reply<WordsResult<K>>>);
  }

  async #settled<T>(call: (live: Live) => Promise<Reply<T>>): Promise<Timed<T>> {
    this.#live ??= this.#start();
    const live = this.#live;
    try {
      const reply = await Promise.race([call(live), live.lost]);
      if (reply.ok) return reply;
      throw new LabError(reply.failure.code, reply.failure.message, reply.failure.details);
    } catch (error) {
      if (error instanceof LabError && error.code === ENGINE_LOST && this.#live === live) this.close();
      throw error;
    }
  }

  #start(): Live {
    const worker = startWorker(workerUrl, "words");
    const lost = new Promise<never>((_, reject) => {
      let answered = false;
      worker.addEventListener("message", () => {
        answered = true;
      });
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        const code = answered ? ENGINE_LOST : NO_WORKER;
        reject(new LabError(code, event.message || "The worker could not be started."));
      });
    });
    lost.catch(() => undefined);
    return { worker, remote: wrap<WordsWorkerApi>(worker), lost };
  }
}
