/** The way from one pinned point to another: straight among the data, and straight among the latents. */
import type { Path } from "../engine/types.ts";
import type { Store } from "../lab/store.ts";
import { latentOf, placeOf } from "./ways.ts";

/** Places on the way, both ends with them. */
const PLACES = 61;

/** Both ways, place by place; of a model that has no latents of data only the one among the data. */
export interface Between {
  /** Straight among the data, in the reader's units. */
  data: number[][];
  /** Where that leads among the latents. */
  dataLatents: number[][];
  /** Straight among the latents. */
  latents: number[][];
  /** Where that leads among the data. */
  latentsData: number[][];
}

/** `pinned` are the ways of the pins. */
export async function between(store: Store, pins: readonly (readonly number[])[], pinned: Path): Promise<Between> {
  const data = straight(pins[0]!, pins[1]!);
  const ends = [0, 1].map((i) => latentOf(pinned, i));
  if (!ends[0] || !ends[1]) return { data, dataLatents: [], latents: [], latentsData: [] };
  const latents = straight(ends[0], ends[1]);
  const back = await store.session.ask("path", Float64Array.from(latents.flat()), "data");
  const there = await store.session.ask("path", Float64Array.from(data.flat()), "latent");
  const places = [...Array(PLACES).keys()];
  const last = back.stops.length - 1;
  return {
    data,
    latents,
    dataLatents: places.map((i) => Array.from(latentOf(there, i)!)),
    latentsData: last < 0 ? [] : places.map((i) => placeOf(back, last, i)),
  };
}

function straight(from: ArrayLike<number>, to: ArrayLike<number>): number[][] {
  const at = (share: number) => Array.from(from, (value, axis) => value + share * (to[axis]! - value));
  return Array.from({ length: PLACES }, (_, i) => at(i / (PLACES - 1)));
}
