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
  OwnData,
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

export class Session {
  #client = new Client();
  #place: Place = { artefact: "cpu", backend: "cpu" };
  #config: Config | undefined;
  /** The reader's own points, also those read from a text. */
  #own: { points: Float32Array; dim: number } | undefined;
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
    return this.#client.call("probe", allowSoftware);
  }

  async open(place: Place): Promise<void> {
    this.#became(place, await this.#client.call("open", place.artefact, place.backend));
  }

  preview(ids: string[], n: number, seed: number): Promise<DataPicture[]> {
    return this.#run((client) => client.call("preview", ids, n, seed));
  }

  async configure(patch: Patch): Promise<Applied> {
    return this.#applied(await this.#run((client) => client.call("configure", patch)));
  }

  async setData(own: OwnData): Promise<Taken> {
    const taken = await this.#run((client) => client.call("setData", own));
    const { applied, points, dim } = taken;
    if (points && dim) {
      this.#own = { points, dim };
      this.ownDim = dim;
    }
    this.#applied(applied);
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

  logProb(points: Float32Array) {
    return this.#run((client) => client.call("logProb", points));
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
  async moveToGpu(cpuStepMs: () => number, paused: <T>(job: () => Promise<T>) => Promise<T>): Promise<number> {
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
        this.#client.close();
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
    this.#client.close();
    this.#client = new Client();
  }

  close(): void {
    this.#client.close();
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

  async #run<T>(call: (client: Client) => Promise<T>): Promise<T> {
    await this.#reviving;
    const client = this.#client;
    try {
      return await call(client);
    } catch (error) {
      const failure = errorFrom(error);
      if (failure.code !== ENGINE_LOST) throw failure;
      if (client === this.#client) {
        this.#reviving ??= this.#revive().finally(() => {
          this.#reviving = undefined;
        });
        await this.#reviving;
      }
      throw new LabError(ENGINE_LOST, failure.message, { revived: true });
    }
  }

  async #revive(): Promise<void> {
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < DEATH_WINDOW_MS), now];
    if (this.#deaths.length > MAX_DEATHS) throw new LabError("engine_gone", "The engine died again and again.");
    // A GPU that fails twice is given up: the CPU engine can restore the same snapshot.
    const place: Place = this.#deaths.length > 1 ? { artefact: "cpu", backend: "cpu" } : this.#place;
    this.replaceWorker();
    await this.open(place);
    if (this.#config) this.at = (await this.#rebuild(this.#client, this.#snapshot)).step;
  }

  async #rebuild(client: Client, snapshot: Uint8Array | undefined): Promise<Applied> {
    const config = this.#config!;
    if (snapshot) {
      // The snapshot brings data and model; a setting may have been changed since it was taken.
      await client.call("restore", snapshot);
    } else if (config.data === "custom" && this.#own) {
      const { dim } = this.#own;
      const start = this.catalogue.data.find((data) => data.dim === dim)!;
      await client.call("configure", { ...config, data: start.id });
      await client.call("setData", this.#own);
    }
    return client.call("configure", config);
  }
}
