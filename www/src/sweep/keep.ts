/** Rows of an experiment in the browser's own store, each as soon as it is there: after a reload only what is missing is run. */
import { createStore, delMany, entries, set } from "idb-keyval";
import type { Row } from "./run.ts";

const store = () => createStore("dgm-experiments", "rows");

/** Rows of earlier times by their keys; none where the browser keeps nothing. */
export async function kept(keys: ReadonlySet<string>): Promise<Row[]> {
  const all = await entries<string, Row>(store()).catch(() => []);
  return all.filter(([key]) => keys.has(key)).map(([, row]) => row);
}

/** A browser that keeps nothing costs the resuming alone. */
export async function keep(version: string, row: Row): Promise<void> {
  await set(keyOf(version, row.key), row, store()).catch(() => undefined);
}

export async function forget(keys: string[]): Promise<void> {
  await delMany(keys, store()).catch(() => undefined);
}

/** Rows of another engine are others. */
export const keyOf = (version: string, key: string): string => `${version} ${key}`;
