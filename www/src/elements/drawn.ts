/** An element that changes faster than anyone reads: what changed is put on the page together, and who works by keyboard keeps a place in it. */
import { LitElement, type PropertyValues } from "lit";
import { Focus } from "./focus.ts";
import { turn } from "./spread.ts";

/** Least time between two updates of the page: 25 a second look alive and leave the main thread its rest. */
const UPDATE_MS = 40;

export abstract class Drawn extends LitElement {
  readonly #focus = new Focus();
  #updatedAt = 0;

  protected override async scheduleUpdate(): Promise<void> {
    const wait = this.#updatedAt + UPDATE_MS - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    await turn();
    this.#updatedAt = performance.now();
    super.scheduleUpdate();
  }

  protected override update(changed: PropertyValues): void {
    this.#focus.keep(this.renderRoot as ShadowRoot, () => super.update(changed));
  }
}
