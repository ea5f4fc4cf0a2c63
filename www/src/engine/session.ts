/**
 * One model being trained, whichever worker carries it: remembers what is needed to bring it back after the engine died
 * (configuration, the reader's own points, the last good snapshot), and moves it between the CPU and the GPU.
 */

import { Client } from "./client.ts";
import { ENGINE_LOST, errorFrom, LabError } from "./errors.ts";
import type { Adapter, Opened, Timed } from "./protocol.ts";
import type {
  Applied,
  Artefact,
  Catalogue,
  Config,
  DataPicture,
  Diagnosis,
  Frame,
  FrameRequest,
  HistoryRow,
  Metric,
  OwnColumns,
  OwnData,
  OwnKept,
  Patch,
  StepReport,
  Taken,
} from "./types.ts";

/** Engines that die this often in this time are not restarted again: the cause is in the state, not in bad luck. */
const MAX_DEATHS = 3;
const DEATH_WINDOW_MS = 30_000;

interface Place {
  artefact: Artefact;
  backend: "cpu" | "webgpu";
}

const CPU: Place = { artefact: "cpu", backend: "cpu" };

export class Session {
  /** None before the first call and while the session rests. */
  #client: Client | undefined;
  /** Calls that are not answered yet. */
  readonly #calls = new Set<Promise<unknown>>();
  #place = CPU;
  #config: Config | undefined;
  /** The reader's own columns. */
  #own: OwnColumns | undefined;
  #snapshot: Uint8Array | undefined;
  #deaths: number[] = [];
  #reviving: Promise<void> | undefined;
  catalogue!: Catalogue;
  backend = "";
  adapter = "";
  /** Dimension of the reader's own points. */
  ownDim = 2;
  /** The step that the engine stands at. */
  at = 0;

  get config(): Config {
    return this.#config!;
  }

  probe(allowSoftware: boolean): Promise<Adapter> {
    return this.#counted(this.#worker.call("probe", allowSoftware));
  }

  async open(place: Place): Promise<void> {
    this.#became(place, await this.#counted(this.#worker.call("open", place.artefact, place.backend)));
  }

  preview(ids: string[], n: number, seed: number): Promise<DataPicture[]> {
    return this.#run((client) => client.call("preview", ids, n, seed));
  }

  async configure(patch: Patch): Promise<Applied> {
    return this.#applied(await this.#run((client) => client.call("configure", patch)));
  }

  async setData(own: OwnData): Promise<Taken> {
    const taken = await this.#run((client) => client.call("setData", own));
    if ("columns" in own) this.#own = own;
    if (taken.dim) this.ownDim = taken.dim;
    this.#applied(taken.applied);
    return taken;
  }

  async reset(): Promise<Applied> {
    return this.#applied(await this.#run((client) => client.call("reset")));
  }

  async step(n: number): Promise<Timed<StepReport>> {
    const stepped = await this.#run((client) => client.call("step", n));
    this.at = stepped.value.step;
    return stepped;
  }

  frame(request: FrameRequest): Promise<Timed<Frame>> {
    return this.#run((client) => client.call("frame", request));
  }

  async data(n: number): Promise<DataPicture> {
    const picture = await this.#run((client) => client.call("data", n));
    if (this.config.data === "custom") this.ownDim = picture.dim;
    return picture;
  }

  diagnose(): Promise<Diagnosis[]> {
    return this.#run((client) => client.call("diagnose"));
  }

  evaluate(points: number): Promise<Timed<Metric[]>> {
    return this.#run((client) => client.call("evaluate", points));
  }

  sample(n: number) {
    return this.#run((client) => client.call("sample", n));
  }

  /** What the engine has logged, which outlives the page's own record. */
  history(): Promise<HistoryRow[]> {
    return this.#run((client) => client.call("history"));
  }

  logProb(points: Float64Array) {
    return this.#run((client) => client.call("logProb", points));
  }

  /** The reader's own columns as the engine has them, also those of a restored snapshot. */
  ownData(): Promise<OwnKept | undefined> {
    return this.#run((client) => client.call("ownData"));
  }

  /** Takes the state out; the session keeps a copy to come back to. */
  async snapshot(): Promise<Uint8Array> {
    this.#snapshot = await this.#run((client) => client.call("snapshot"));
    return this.#snapshot;
  }

  async restore(bytes: Uint8Array): Promise<Applied> {
    const applied = this.#applied(await this.#run((client) => client.call("restore", bytes)));
    this.#snapshot = bytes.slice();
    return applied;
  }

  /**
   * Tries the model on the GPU in a second worker, and stays there only if a step is faster than here.
   * Returns what a step costs there, in ms. `cpuStepMs` is what it costs here.
   */
  moveToGpu(cpuStepMs: () => number, paused: <T>(job: () => Promise<T>) => Promise<T>): Promise<number> {
    return this.#counted(this.#moveToGpu(cpuStepMs, paused));
  }

  async #moveToGpu(cpuStepMs: () => number, paused: <T>(job: () => Promise<T>) => Promise<T>): Promise<number> {
    const place: Place = { artefact: "gpu", backend: "webgpu" };
    const other = new Client();
    try {
      const opened = await other.call("open", place.artefact, place.backend);
      await this.#rebuild(other, await this.snapshot());
      // The first steps compile kernels; only what comes after them is the price of a step.
      await other.call("step", 4);
      const steps = 8;
      const gpuStepMs = (await other.call("step", steps)).ms / steps;
      if (gpuStepMs >= cpuStepMs()) {
        other.close();
        return gpuStepMs;
      }
      await paused(async () => {
        await this.#rebuild(other, await this.snapshot());
        this.#client?.close();
        this.#client = other;
        this.#became(place, opened);
      });
      return gpuStepMs;
    } catch (error) {
      other.close();
      throw error;
    }
  }

  /** A dead worker answers nothing: another one takes its place, empty. */
  replaceWorker(): void {
    this.#client?.close();
    this.#client = undefined;
  }

  /** Lets the worker go and keeps its state, unless `wanted` says meanwhile that it is needed. The next call brings it back. */
  async rest(wanted: () => boolean): Promise<void> {
    while (this.#client && !wanted()) {
      // Who still waits for an answer gets it, and may ask for more.
      await Promise.allSettled([...this.#calls]);
      // Where the state cannot be had any more, the last one serves.
      if (this.#config && !wanted()) await this.snapshot().catch(() => undefined);
      if (this.#calls.size === 0 && !wanted()) this.replaceWorker();
    }
  }

  get #worker(): Client {
    this.#client ??= new Client();
    return this.#client;
  }

  #counted<T>(call: Promise<T>): Promise<T> {
    this.#calls.add(call);
    const done = () => this.#calls.delete(call);
    call.then(done, done);
    return call;
  }

  #became(place: Place, opened: Opened): void {
    this.#place = place;
    this.catalogue = opened.catalogue;
    this.backend = opened.backend;
    this.adapter = opened.adapter;
  }

  #applied(applied: Applied): Applied {
    this.#config = applied.config;
    this.at = applied.step;
    // A snapshot of other weights would not fit any more.
    if (applied.restarted) this.#snapshot = undefined;
    return applied;
  }

  #run<T>(call: (client: Client) => Promise<T>): Promise<T> {
    return this.#counted(this.#ask(call));
  }

  async #ask<T>(call: (client: Client) => Promise<T>): Promise<T> {
    if (!this.#client && this.#config) this.#reviving ??= this.#begin(() => this.#wake());
    await this.#reviving;
    const client = this.#worker;
    try {
      return await call(client);
    } catch (error) {
      const failure = errorFrom(error);
      if (failure.code !== ENGINE_LOST) throw failure;
      if (client === this.#client) {
        this.#reviving ??= this.#begin(() => this.#revive());
        await this.#reviving;
      }
      throw new LabError(ENGINE_LOST, failure.message, { revived: true });
    }
  }

  #begin(revival: () => Promise<void>): Promise<void> {
    return revival().finally(() => {
      this.#reviving = undefined;
    });
  }

  async #revive(): Promise<void> {
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < DEATH_WINDOW_MS), now];
    if (this.#deaths.length > MAX_DEATHS) throw new LabError("engine_gone", "The engine died again and again.");
    this.replaceWorker();
    // A GPU that fails twice is given up: the CPU engine can restore the same snapshot.
    await this.#raise(this.#deaths.length > 1 ? CPU : this.#place);
  }

  /** After a rest. The adapter may be gone by now. */
  async #wake(): Promise<void> {
    try {
      await this.#raise(this.#place);
    } catch (error) {
      this.replaceWorker();
      if (this.#place.backend === "cpu") throw error;
      await this.#raise(CPU);
    }
  }

  async #raise(place: Place): Promise<void> {
    await this.open(place);
    if (this.#config) this.at = (await this.#rebuild(this.#worker, this.#snapshot)).step;
  }

  async #rebuild(client: Client, snapshot: Uint8Array | undefined): Promise<Applied> {
    const config = this.#config!;
    if (snapshot) {
      // The snapshot brings data and model; a setting may have been changed since it was taken.
      await client.call("restore", snapshot);
    } else if (config.data === "custom" && this.#own) {
      const start = this.catalogue.data.find((data) => data.dim === this.ownDim)!;
      await client.call("configure", { ...config, data: start.id });
      await client.call("setData", this.#own);
    }
    return client.call("configure", config);
  }
}
