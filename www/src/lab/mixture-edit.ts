/** The mixture as it lies under the reader's hand; what the engine learns follows when the hand lets go. */
import { Newest } from "../engine/queue.ts";
import type { Ellipse } from "../engine/types.ts";

export class MixtureEdit {
  parts: readonly Ellipse[] = [];
  /** The component that the sliders speak of. */
  picked = 0;
  open = false;
  #dirty = false;
  readonly #turns = new Newest();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  pick(at: number): void {
    this.picked = at;
    this.#changed();
  }

  edit(parts: readonly Ellipse[]): void {
    this.#dirty = true;
    this.#hold(parts);
  }

  /** Learns what lies there. While the engine is busy with an older mixture, only the newest waits. */
  async release(learn: (parts: Ellipse[]) => Promise<void>): Promise<void> {
    this.#dirty = false;
    await this.#turns.run(() => learn([...this.parts]));
  }

  /** What the engine has. A hand that has moved on meanwhile is not called back. */
  took(parts: readonly Ellipse[]): void {
    if (!this.#dirty && !this.#turns.waiting) this.#hold(parts);
  }

  /** Back to what the engine has. */
  forget(parts: readonly Ellipse[]): void {
    this.#dirty = false;
    this.#hold(parts);
  }

  show(open: boolean): void {
    this.open = open;
    this.#changed();
  }

  #hold(parts: readonly Ellipse[]): void {
    this.parts = parts;
    this.picked = Math.min(this.picked, parts.length - 1);
    this.#changed();
  }
}
