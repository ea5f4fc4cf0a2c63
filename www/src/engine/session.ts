/**
 * One model being trained, whichever worker carries it: remembers what is needed to bring it back after the engine died
 * (configuration, the reader's own points, the last good snapshot), and moves it between the CPU and the GPU.
 */

import type { Adapter, Args, EngineCall, Opened, Result, Timed } from "./contract.ts";
import { ENGINE_LOST, errorFrom, LabError } from "./errors.ts";
import type { Guest } from "./line.ts";
import type { EnginePool, Place, Seat } from "./pool.ts";
import type {
  Applied,
  Catalogue,
  Config,
  DataPicture,
  OwnColumns,
  OwnData,
  Patch,
  StepReport,
  Taken,
} from "./types.ts";

/** Engines that die this often in this time are not restarted again: the cause is in the state, not in bad luck. */
const MAX_DEATHS = 3;
const DEATH_WINDOW_MS = 30_000;
/** Nobody holds the others up for longer. */
const HURRY_MS = 500;

export const CPU: Place = { artefact: "cpu", backend: "cpu" };
export const GPU: Place = { artefact: "gpu", backend: "webgpu" };

/** What was asked for is of a run that is over. */
export const OVERTAKEN = "overtaken";

export class Session implements Guest {
  readonly #pool: EnginePool;
  /** None before the first call and while the session rests. */
  #seat: Seat | undefined;
  /** Calls that are not answered yet. */
  readonly #calls = new Set<Promise<unknown>>();
  #where = CPU;
  #config: Config | undefined;
  /** The reader's own columns. */
  #own: OwnColumns | undefined;
  #snapshot: Uint8Array | undefined;
  /** All states of the run that can be gone to, while it rests. */
  #past: Uint8Array | undefined;
  #deaths: number[] = [];
  #reviving: Promise<void> | undefined;
  catalogue!: Catalogue;
  backend = "";
  adapter = "";
  /** Dimension of the reader's own points. */
  ownDim = 2;
  /** The step that the engine stands at. */
  at = 0;
  /** How many runs have begun here; one that goes to another of its steps begins anew. */
  run = 0;
  /** How often it was brought back. */
  revivals = 0;
  /** How far its picture is out of view, in pixels: what is near is served first. */
  distance = 0;
  /** Until when its reader waits to see what was changed. */
  #hurriedUntil = 0;

  constructor(pool: EnginePool) {
    this.#pool = pool;
  }

  get config(): Config {
    return this.#config!;
  }

  get hurried(): boolean {
    return performance.now() < this.#hurriedUntil;
  }

  /** Its calls go before those of whoever shares its worker, for a moment or until it has been seen. */
  hurry(): void {
    this.#hurriedUntil = performance.now() + HURRY_MS;
  }

  seen(): void {
    this.#hurriedUntil = 0;
  }

  probe(allowSoftware: boolean): Promise<Adapter> {
    return this.#counted(async () => this.#place().probe(allowSoftware));
  }

  async open(place: Place): Promise<void> {
    await this.#counted(async () => {
      const seat = this.#place();
      this.#became(place, await seat.open(place));
      this.catalogue = await this.#pool.catalogue(seat);
    });
  }

  preview(ids: string[], n: number, seed: number): Promise<DataPicture[]> {
    return this.#run((seat) => seat.preview(ids, n, seed));
  }

  /** A call that leaves the session where it is. */
  async ask<K extends EngineCall>(call: K, ...args: Args<K>): Promise<Result<K>> {
    return (await this.timed(call, ...args)).value;
  }

  timed<K extends EngineCall>(call: K, ...args: Args<K>): Promise<Timed<Result<K>>> {
    return this.#run((seat) => seat.ask(call, ...args));
  }

  async configure(patch: Patch): Promise<Applied> {
    return this.#applied(await this.ask("configure", patch));
  }

  async setData(own: OwnData): Promise<Taken> {
    if ("mixture" in own) return { applied: this.#applied(await this.ask("setMixture", own.mixture)), notes: [] };
    const taken = await this.ask("setOwnData", own);
    this.#own = own;
    this.ownDim = taken.dim;
    this.#applied(taken.applied);
    return taken;
  }

  async reset(): Promise<Applied> {
    return this.#applied(await this.ask("reset"));
  }

  async step(n: number): Promise<Timed<StepReport>> {
    const stepped = await this.timed("step", n);
    this.at = stepped.value.step;
    return stepped;
  }

  /** The half of a step that is next; nothing to tell before the step is over. */
  async halfStep(): Promise<StepReport | undefined> {
    const report = await this.ask("halfStep");
    if (report) this.at = report.step;
    return report;
  }

  /** Stands where the run stood at `step`, or at the last step before it that is kept. */
  async go(step: number): Promise<Applied> {
    const applied = this.#applied(await this.ask("go", step));
    this.run++;
    return applied;
  }

  async data(n: number): Promise<DataPicture> {
    const picture = await this.ask("data", n);
    if (this.config.data === "custom") this.ownDim = picture.dim;
    return picture;
  }

  /** Takes the state out; the session keeps a copy to come back to. */
  async snapshot(): Promise<Uint8Array> {
    this.#snapshot = await this.ask("snapshot");
    return this.#snapshot;
  }

  async restore(bytes: Uint8Array): Promise<Applied> {
    const applied = this.#applied(await this.ask("restore", bytes));
    this.#snapshot = bytes.slice();
    return applied;
  }

  /**
   * Tries the model at another place, in a second seat, and stays there only if `better` says so of what a step costs there,
   * in ms. Returns that cost. Rejects with `overtaken` where another run has begun meanwhile.
   */
  move(
    place: Place,
    better: (stepMs: number) => boolean,
    paused: <T>(job: () => Promise<T>) => Promise<T>,
  ): Promise<number> {
    return this.#counted(() => this.#move(place, better, paused));
  }

  async #move(
    place: Place,
    better: (stepMs: number) => boolean,
    paused: <T>(job: () => Promise<T>) => Promise<T>,
  ): Promise<number> {
    const { run } = this;
    const here = () => {
      if (run !== this.run) throw new LabError(OVERTAKEN, "Another run has begun meanwhile.");
    };
    const other = this.#pool.seat(this);
    try {
      const opened = await other.open(place);
      await this.#rebuild(other, await this.snapshot());
      // The first steps compile kernels; only what comes after them is the price of a step.
      await other.ask("step", 4);
      const steps = 8;
      const stepMs = (await other.ask("step", steps)).ms / steps;
      here();
      if (!better(stepMs)) {
        other.leave();
        return stepMs;
      }
      await paused(async () => {
        here();
        const [snapshot, past] = [await this.snapshot(), await this.ask("past")];
        await this.#rebuild(other, snapshot, past);
        this.leave();
        this.#seat = other;
        this.#became(place, opened);
      });
      return stepMs;
    } catch (error) {
      other.leave();
      throw error;
    }
  }

  /** Gives its seat up; the state in it is lost unless there is a snapshot. */
  leave(): void {
    this.#seat?.leave();
    this.#seat = undefined;
  }

  /** Gives its seat up and keeps its state, unless `wanted` says meanwhile that it is needed. The next call brings it back. */
  async rest(wanted: () => boolean): Promise<void> {
    while (this.#seat && !wanted()) {
      // Who still waits for an answer gets it, and may ask for more.
      await Promise.allSettled([...this.#calls]);
      // Where the state cannot be had any more, the last one serves.
      if (this.#config && !wanted()) await this.#remember().catch(() => undefined);
      if (this.#calls.size === 0 && !wanted()) this.leave();
    }
  }

  async #remember(): Promise<void> {
    this.#past = undefined;
    await this.snapshot();
    this.#past = await this.ask("past");
  }

  #place(): Seat {
    this.#seat ??= this.#pool.seat(this);
    return this.#seat;
  }

  #counted<T>(job: () => Promise<T>): Promise<T> {
    const call = job();
    this.#calls.add(call);
    const done = () => this.#calls.delete(call);
    call.then(done, done);
    return call;
  }

  #became(place: Place, opened: Opened): void {
    this.#where = place;
    this.backend = opened.backend;
    this.adapter = opened.adapter;
  }

  #applied(applied: Applied): Applied {
    this.#config = applied.config;
    this.at = applied.step;
    // A snapshot of other weights would not fit any more.
    if (applied.restarted) {
      this.#snapshot = undefined;
      this.run++;
    }
    return applied;
  }

  #run<T>(call: (seat: Seat) => Promise<T>): Promise<T> {
    return this.#counted(() => this.#ask(call));
  }

  async #ask<T>(call: (seat: Seat) => Promise<T>): Promise<T> {
    if (!this.#seat && this.#config) this.#reviving ??= this.#begin(() => this.#wake());
    await this.#reviving;
    const seat = this.#place();
    try {
      return await call(seat);
    } catch (error) {
      const failure = errorFrom(error);
      if (failure.code !== ENGINE_LOST) throw failure;
      if (seat === this.#seat) {
        this.#reviving ??= this.#begin(() => this.#revive(failure.details.bystander === true));
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

  /** A dead worker answers nothing: another one takes its place. What died of another session's call is not held against this one. */
  async #revive(bystander: boolean): Promise<void> {
    const now = Date.now();
    const died = bystander ? [] : [now];
    this.revivals++;
    this.#deaths = [...this.#deaths.filter((at) => now - at < DEATH_WINDOW_MS), ...died];
    if (this.#deaths.length > MAX_DEATHS) throw new LabError("engine_gone", "The engine died again and again.");
    this.leave();
    // A GPU that fails twice is given up: the CPU engine can restore the same snapshot.
    await this.#raise(this.#deaths.length > 1 ? CPU : this.#where).catch((error) => {
      const failure = errorFrom(error);
      if (failure.code !== ENGINE_LOST) throw failure;
      // The worker that it came to may die as well, of this session's calls or of another's.
      return this.#revive(failure.details.bystander === true);
    });
  }

  /** After a rest. The adapter may be gone by now. */
  async #wake(): Promise<void> {
    try {
      await this.#raise(this.#where);
    } catch (error) {
      this.leave();
      if (this.#where.backend === "cpu") throw error;
      await this.#raise(CPU);
    }
  }

  async #raise(place: Place): Promise<void> {
    await this.open(place);
    const past = this.#past;
    this.#past = undefined;
    if (this.#config) this.at = (await this.#rebuild(this.#place(), this.#snapshot, past)).step;
  }

  async #rebuild(seat: Seat, snapshot: Uint8Array | undefined, past?: Uint8Array): Promise<Applied> {
    const config = this.#config!;
    if (snapshot) {
      // The snapshot brings data and model; a setting may have been changed since it was taken.
      await seat.ask("restore", snapshot);
      if (past) await seat.ask("recall", past);
    } else if (config.data === "custom" && this.#own) {
      const start = this.catalogue.data.find((data) => data.dim === this.ownDim)!;
      await seat.ask("configure", { ...config, data: start.id });
      await seat.ask("setOwnData", this.#own);
    }
    return (await seat.ask("configure", config)).value;
  }
}
