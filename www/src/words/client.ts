/** The page's side of the engine of texts: a worker that is replaced when it dies, and goes on from the last snapshot. */
import { Client } from "../engine/client.ts";
import type { Timed } from "../engine/contract.ts";
import { SITE } from "../engine/source.ts";
import { startWorker } from "../engine/start-worker.ts";
import type { WordsArgs, WordsCall, WordsCatalogue, WordsResult, WordsWorkerCalls } from "./contract.ts";
import workerUrl from "./worker.ts?worker&url";

export class WordsClient {
  #client: Client<WordsWorkerCalls> | undefined;
  #snapshot: Uint8Array | undefined;

  async open(): Promise<WordsCatalogue> {
    if (!this.#client || this.#client.gone) this.#client = new Client(startWorker(workerUrl, "words"));
    return (await this.#client.call("open", SITE)).value;
  }

  /** After a death the next call begins with the last snapshot; the one under way rejects with `engine_lost`. */
  async ask<K extends WordsCall>(call: K, ...args: WordsArgs<K>): Promise<Timed<WordsResult<K>>> {
    if (!this.#client || this.#client.gone) {
      await this.open();
      if (this.#snapshot) await this.#call("restore", [this.#snapshot.slice()]);
    }
    const timed = await this.#call(call, args);
    if (call === "snapshot") this.#snapshot = (timed.value as Uint8Array).slice();
    return timed;
  }

  close(): void {
    this.#client?.close();
    this.#client = undefined;
  }

  #call<K extends WordsCall>(call: K, args: WordsArgs<K>): Promise<Timed<WordsResult<K>>> {
    return this.#client!.call("ask", call, args) as Promise<Timed<WordsResult<K>>>;
  }
}
