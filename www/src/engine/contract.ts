/**
 * Every call, once. Worker, client and session are typed and listed from the calls to an engine and to its worker; the
 * public element and its frame from those to a figure.
 */
import type { Failure } from "./errors.ts";
import type { Artefact, Catalogue, DataPicture, Engine, Sums } from "./types.ts";

/** Calls to the engine of one session: methods of the core's class, with the core's arguments and results. */
export const ENGINE_CALLS = [
  "configure",
  "setOwnData",
  "setMixture",
  "ownData",
  "data",
  "step",
  "frame",
  "evaluate",
  "diagnose",
  "sample",
  "logProb",
  "path",
  "probe",
  "heldOut",
  "slice",
  "fill",
  "classify",
  "weights",
  "history",
  "reset",
  "snapshot",
  "restore",
  "timeline",
  "go",
  "configAt",
  "past",
  "recall",
  "halfStep",
  "slow",
] as const satisfies (keyof Engine)[];

export type EngineCall = (typeof ENGINE_CALLS)[number];
export type Args<K extends EngineCall> = Parameters<Engine[K]>;
export type Result<K extends EngineCall> = Awaited<ReturnType<Engine[K]>>;

/** The call that runs beside others: it holds its engine no longer than it takes to begin. */
export const ASIDE: EngineCall = "evaluate";

/** Sums that need no session: functions of the core, with its arguments and results. */
export const SUM_CALLS = [
  "explainBars",
  "explainBumps",
  "explainCurve",
  "explainGrid",
] as const satisfies (keyof Sums)[];

export type SumCall = (typeof SUM_CALLS)[number];
export type SumArgs<K extends SumCall> = Parameters<Sums[K]>;
export type SumResult<K extends SumCall> = ReturnType<Sums[K]>;

/** Calls to a worker, which holds one engine for each session that has a place in it. */
export interface WorkerCalls {
  probe(allowSoftware: boolean): Adapter;
  open(session: number, source: Source, backend: "cpu" | "webgpu"): Opened;
  ask<K extends EngineCall>(session: number, call: K, args: Args<K>): Result<K>;
  catalogue(session: number): Catalogue;
  preview(session: number, ids: string[], n: number, seed: number): DataPicture[];
  sum<K extends SumCall>(source: Source, call: K, args: SumArgs<K>): SumResult<K>;
  close(session: number): void;
}

/** Calls to a figure: methods of the element, and messages to its frame. */
export const LAB_CALLS = [
  "configure",
  "play",
  "pause",
  "reset",
  "step",
  "evaluate",
  "sample",
  "logProb",
  "path",
  "probe",
  "heldOut",
  "slice",
  "fill",
  "classify",
  "setData",
  "sweep",
  "snapshot",
  "restore",
  "export",
  "timeline",
  "go",
  "branch",
  "halfStep",
  "slow",
] as const;
export const LAB_READS = ["ready", "catalogue", "config", "history", "panels"] as const;
export type LabCalls = Record<(typeof LAB_CALLS)[number], (...args: never[]) => unknown> &
  Record<(typeof LAB_READS)[number], unknown>;

/** Where an engine comes from: its code, compiled once for all workers of a page, and the folder of everything beside it. */
export interface Source {
  artefact: Artefact;
  module: WebAssembly.Module;
  /** The address of what comes later, or that code itself; "" where nothing does. */
  rest: string | WebAssembly.Module;
  site: string;
  /** The script around the engine's code, where it is not part of the bundle. */
  glue: string;
}

export interface Opened {
  backend: string;
  adapter: string;
}

export interface Adapter {
  usable: boolean;
  software: boolean;
  name: string;
  /** Why it cannot be used; a key of the page's texts. */
  reason: "no_webgpu" | "no_adapter" | "software_adapter" | "no_timestamp_query" | "";
}

/** What a call gave, and how long the engine took over it. */
export interface Timed<T> {
  value: T;
  ms: number;
}

/** Comlink keeps only an error's message, so failures travel as values and keep their code. */
export type Reply<T> = ({ ok: true } & Timed<T>) | { ok: false; failure: Failure };

/** The calls as the worker exposes them. */
export type WorkerApi = {
  [K in keyof WorkerCalls]: (...args: Parameters<WorkerCalls[K]>) => Promise<Reply<ReturnType<WorkerCalls[K]>>>;
};
