/**
 * The workers of a page: a few, shared by all of its sessions. Each has one compiled module's instance and an engine for every
 * session that has a seat in it. A worker starts with the first who needs it and ends with the last who leaves.
 */
import { Client } from "./client.ts";
import {
  type Adapter,
  type Args,
  ASIDE,
  type EngineCall,
  type Opened,
  type Result,
  type Source,
  type SumArgs,
  type SumCall,
  type SumResult,
  type Timed,
} from "./contract.ts";
import { type Guest, Line } from "./line.ts";
import type { Artefact, Catalogue, DataPicture } from "./types.ts";

export interface Place {
  artefact: Artefact;
  backend: "cpu" | "webgpu";
}

interface Room {
  client: Client;
  line: Line;
  seats: Set<Seat>;
}

export class EnginePool {
  readonly #size: number;
  readonly #start: () => Worker;
  readonly #source: (artefact: Artefact) => Promise<Source>;
  #rooms: Room[] = [];
  #ids = 0;
  #catalogue: Catalogue | undefined;

  /** At most `size` workers from `start`, each fed with what `source` gives. */
  constructor(size: number, start: () => Worker, source: (artefact: Artefact) => Promise<Source>) {
    this.#size = size;
    this.#start = start;
    this.#source = source;
  }

  /** A place for one engine. Throws where the page may not start a worker. */
  seat(guest: Guest): Seat {
    this.#rooms = this.#rooms.filter(({ client }) => !client.gone);
    const room = this.#rooms.length < this.#size ? this.#open() : this.#emptiest();
    const seat = new Seat(room, ++this.#ids, guest, this.#source);
    room.seats.add(seat);
    return seat;
  }

  /** All that can be chosen. It is long and the same for all sessions: whoever opens first asks for it. */
  async catalogue(seat: Seat): Promise<Catalogue> {
    this.#catalogue ??= await seat.catalogue();
    return this.#catalogue;
  }

  #open(): Room {
    const room = { client: new Client(this.#start()), line: new Line(), seats: new Set<Seat>() };
    this.#rooms.push(room);
    return room;
  }

  /** Where the fewest are at work; who rests costs only memory. */
  #emptiest(): Room {
    const seen = ({ seats }: Room) => [...seats].filter(({ guest }) => guest.distance === 0).length;
    const before = (a: Room, b: Room) => seen(a) - seen(b) || a.seats.size - b.seats.size;
    return this.#rooms.reduce((best, room) => (before(room, best) < 0 ? room : best));
  }
}

/** One session's place in a worker. */
export class Seat {
  readonly guest: Guest;
  readonly #room: Room;
  readonly #id: number;
  readonly #source: (artefact: Artefact) => Promise<Source>;

  constructor(room: Room, id: number, guest: Guest, source: (artefact: Artefact) => Promise<Source>) {
    this.#room = room;
    this.#id = id;
    this.guest = guest;
    this.#source = source;
  }

  probe(allowSoftware: boolean): Promise<Adapter> {
    return this.#turn((client) => client.call("probe", allowSoftware));
  }

  async open({ artefact, backend }: Place): Promise<Opened> {
    const source = await this.#source(artefact);
    return this.#turn((client) => client.call("open", this.#id, source, backend));
  }

  catalogue(): Promise<Catalogue> {
    return this.#turn((client) => client.call("catalogue", this.#id));
  }

  preview(ids: string[], n: number, seed: number): Promise<DataPicture[]> {
    return this.#turn((client) => client.call("preview", this.#id, ids, n, seed));
  }

  ask<K extends EngineCall>(call: K, ...args: Args<K>): Promise<Timed<Result<K>>> {
    const { client, line } = this.#room;
    const job = () => client.call("ask", this.#id, call, args) as Promise<Timed<Result<K>>>;
    return call === ASIDE ? job() : line.run(this.guest, job);
  }

  /** Needs no engine, and so leaves none in the place. */
  async sum<K extends SumCall>(call: K, ...args: SumArgs<K>): Promise<SumResult<K>> {
    const source = await this.#source("cpu");
    return this.#turn((client) => client.call("sum", source, call, args) as Promise<Timed<SumResult<K>>>);
  }

  /** Gives the place back, with the engine in it. */
  leave(): void {
    const { client, seats } = this.#room;
    if (!seats.delete(this)) return;
    if (seats.size === 0) client.close();
    // What a worker that is lost held is gone anyway.
    else this.#turn((client) => client.call("close", this.#id)).catch(() => undefined);
  }

  async #turn<T>(call: (client: Client) => Promise<Timed<T>>): Promise<T> {
    const { client, line } = this.#room;
    return (await line.run(this.guest, () => call(client))).value;
  }
}
