/**
 * Up to six models that learn the same data, side by side. The first of them that was there leads: it is the element's own, what it
 * learns from and how it looks is what all do, and the element's calls speak of it.
 */

import { MOST_WORKERS } from "../engine/page-pool.ts";
import { SerialQueue } from "../engine/queue.ts";
import type { Metric } from "../engine/types.ts";
import { assemble } from "../lab/assemble.ts";
import type { StoreHost } from "../lab/host.ts";
import type { Store } from "../lab/store.ts";
import type { Raw } from "../state/config.ts";
import type { HistoryRow } from "../state/history.ts";
import { isLessonKey } from "../state/lesson.ts";
import { MOST_PANELS, readPanels, writePanels } from "../state/panels.ts";
import type { Said } from "../state/setting.ts";
import { learnAlike, sharedBy, sharedRaw, wear } from "./alike.ts";
import { Together } from "./together.ts";

export interface Panel {
  readonly key: number;
  readonly store: Store;
}

/** A panel as scripts read it. */
export interface PanelState {
  config: Record<string, Said>;
  step: number;
  metrics: Metric[];
  history: HistoryRow[];
}

export interface PanelsHost {
  changed(): void;
  /** Another panel than the leading one has something to say. */
  emit: StoreHost["emit"];
}

export class Panels extends Together {
  list: Panel[];
  /** Whose settings are on the page. */
  chosen: Panel;
  readonly #host: PanelsHost;
  /** What a lesson says, and so of every panel. */
  readonly #raw: Raw;
  #keys = 0;
  /** One change after another. */
  readonly #jobs = new SerialQueue();
  /** Whether one model has taken the place of all: what was still asked of them comes too late. */
  #over = false;
  readonly #begun = new WeakSet<Store>();
  /** What all learned from when it was last looked at. */
  #shared = "";
  #following: Promise<unknown> = Promise.resolve();

  constructor(lead: Store, raw: Raw, host: PanelsHost) {
    super(lead, host.changed);
    this.#raw = raw;
    this.#host = host;
    this.list = [{ key: ++this.#keys, store: lead }];
    this.chosen = this.list[0]!;
    this.#begun.add(lead);
    this.clock.bind(lead);
    this.#shared = sharedBy(this.lead);
  }

  override get stores(): Store[] {
    return this.list.map(({ store }) => store).filter((store) => this.#begun.has(store));
  }

  get full(): boolean {
    return this.list.length >= MOST_PANELS;
  }

  /** All panels in one line, as an address says them. */
  get said(): string {
    const { catalogue } = this.lead;
    return writePanels(
      this.stores.flatMap(({ config }) => config ?? []),
      catalogue!,
    );
  }

  /** Becomes what the line says; words of it that could not be used. */
  become(text: string): Promise<string[]> {
    return this.#jobs.run(() => this.#become(text));
  }

  async #become(text: string): Promise<string[]> {
    const { panels, dropped } = readPanels(text, this.lead.catalogue!);
    const here = this.list;
    const begun = panels.slice(here.length).map((wish) => this.#begin(this.#seat(), wish));
    for (const [place, { store }] of here.slice(0, panels.length).entries()) {
      dropped.push(...(await wear(store, this.lead, panels[place]!)));
      // Another model has begun anew, and what begins trained is as far as the others.
      const { startAt } = store.course.lesson;
      if (typeof startAt === "number" && store.step === 0) await store.trainer.step(startAt);
    }
    await Promise.all(begun);
    for (const { key } of here.slice(Math.max(1, panels.length))) await this.#remove(key);
    this.#told();
    return dropped;
  }

  /** Another model of the same data; the first of a family that has no panel yet, where none is named. */
  add(model?: string): Promise<void> {
    return this.#jobs.run(async () => {
      if (this.#over || this.full) return;
      await this.#begin(this.#seat(), { model: model ?? this.#missing() });
      this.#told();
    });
  }

  /** The same model at the same step, to go on from there in another way. */
  clone(key: number): Promise<void> {
    return this.#jobs.run(async () => {
      const original = this.#find(key);
      if (this.#over || this.full || !original) return;
      const store = this.#seat(this.list.indexOf(original) + 1);
      await this.#begin(store, { model: original.store.config!.model });
      await store.succeed(original.store);
      this.#told();
    });
  }

  /** Ends a panel. Where it is the leading one, the next takes the lead with all that it has learned. */
  remove(key: number): Promise<void> {
    return this.#jobs.run(() => this.#remove(key));
  }

  async #remove(key: number): Promise<void> {
    let gone = this.#find(key);
    if (!gone || this.list.length < 2) return;
    if (gone.store === this.lead) {
      const heir = this.list.find(({ store }) => store !== this.lead && this.#begun.has(store));
      if (!heir) return;
      await this.lead.succeed(heir.store);
      // The lead now stands where the heir stood.
      this.list = this.list.filter((panel) => panel !== gone).map((panel) => (panel === heir ? gone! : panel));
      gone = heir;
    } else this.list = this.list.filter((panel) => panel !== gone);
    if (!this.list.includes(this.chosen)) this.chosen = this.list[0]!;
    this.#end(gone.store);
    this.#told();
  }

  move(key: number, by: -1 | 1): void {
    const from = this.list.findIndex((panel) => panel.key === key);
    const to = from + by;
    if (from < 0 || to < 0 || to >= this.list.length) return;
    const list = [...this.list];
    [list[from], list[to]] = [list[to]!, list[from]!];
    this.list = list;
    this.#told();
  }

  choose(key: number): void {
    this.chosen = this.#find(key) ?? this.chosen;
    this.#host.changed();
  }

  /** Only this one stays, as the leading one. */
  leave(key?: number): Promise<void> {
    return this.#jobs.run(() => this.#leave(key));
  }

  async #leave(key?: number): Promise<void> {
    this.#over = true;
    const kept = this.list.find((panel) => panel.key === key);
    if (kept && kept.store !== this.lead && this.#begun.has(kept.store)) await this.lead.succeed(kept.store);
    for (const { store } of this.list) if (store !== this.lead) this.#end(store);
    this.lead.trainer.governor.company = 1;
    this.list = this.list.filter(({ store }) => store === this.lead);
    this.chosen = this.list[0]!;
    this.clock.release(this.lead);
  }

  /** Gives the seats at the workers back until they are wanted again. */
  async forget(wanted: () => boolean): Promise<void> {
    await Promise.all(this.#others.map((store) => store.rest(wanted)));
  }

  /** The leading panel learns something else: so do all. */
  follow(): void {
    const shared = sharedBy(this.lead);
    if (shared === this.#shared || !this.lead.config) return;
    this.#shared = shared;
    this.#following = this.#following.then(() =>
      Promise.all(this.#others.map((store) => learnAlike(store, this.lead))),
    );
  }

  get #others(): Store[] {
    return this.stores.filter((store) => store !== this.lead);
  }

  /** Only once all learn the same. */
  override async step(n: number) {
    await this.#following;
    return super.step(n);
  }

  override async evaluate() {
    await this.#following;
    return super.evaluate();
  }

  /** Language, colours, layers and the part of the world that is seen are the same in all panels. */
  dress(): void {
    const { lang, theme, controls, backend, shown, classes, box } = this.lead;
    for (const store of this.#others) {
      const moved = store.box !== box;
      Object.assign(store, { lang, theme, controls, backend, shown, classes, box });
      if (moved) store.trainer.refresh();
    }
  }

  #find(key: number): Panel | undefined {
    return this.list.find((panel) => panel.key === key);
  }

  /** A panel at `place`, with nothing in it yet. */
  #seat(place = this.list.length): Store {
    const store = assemble({
      changed: () => this.#host.changed(),
      emit: (name, detail) => {
        if (name === "step") this.clock.tick();
        else if (name === "config") this.#told();
        else if (name === "warning" || name === "error") this.#host.emit(name, detail);
      },
    });
    store.session.distance = this.lead.session.distance;
    this.list = [...this.list.slice(0, place), { key: ++this.#keys, store }, ...this.list.slice(place)];
    this.dress();
    store.teach(this.#lesson);
    this.clock.bind(store);
    return store;
  }

  /** Starts it on what the leading one learns. */
  async #begin(store: Store, wish: Raw): Promise<void> {
    const { trainer } = store;
    trainer.governor.speed = this.speed;
    if (this.awake) trainer.wake();
    const shared = sharedBy(this.lead);
    try {
      await store.start({ ...this.#lesson, ...sharedRaw(this.lead), ...wish });
    } catch (error) {
      this.list = this.list.filter((panel) => panel.store !== store);
      this.#end(store);
      throw error;
    }
    // Meanwhile it may have been removed, or the others may learn something else.
    if (!this.list.some((panel) => panel.store === store)) return this.#end(store);
    if (this.lead.config!.data === "custom" || sharedBy(this.lead) !== shared) await learnAlike(store, this.lead);
    this.#begun.add(store);
    if (!this.awake) void trainer.rest();
    if (this.playing) trainer.play();
  }

  /** What begins trained is one model's: the others begin at the beginning. */
  get #lesson(): Raw {
    const kept = Object.entries(this.#raw).filter(([key]) => isLessonKey(key) && key !== "goal");
    return Object.fromEntries(kept.filter(([key, value]) => key !== "start-at" || /^\d+$/.test(value)));
  }

  #end(store: Store): void {
    this.clock.release(store);
    // Who still waits for an answer gets it, and may ask for more, before the seat is given back.
    void this.#following.then(() => store.trainer.rest()).then(() => store.rest(() => false));
  }

  /** A family that nobody stands for yet. */
  #missing(): string {
    const { catalogue, dim } = this.lead;
    const there = new Set(this.stores.map(({ model }) => model?.family));
    const able = catalogue!.models.filter(({ dims }) => dims.includes(dim));
    return (able.find(({ family }) => !there.has(family)) ?? able[0]!).id;
  }

  #told(): void {
    const company = Math.max(1, this.list.length / MOST_WORKERS);
    for (const { trainer } of this.stores) trainer.governor.company = company;
    this.#host.emit("config", undefined);
    this.#host.changed();
  }
}
