/** What the controls do: each choice is tried, and a refusal is said on the page instead of thrown. */
import { errorFrom } from "../engine/errors.ts";
import type { Patch } from "../engine/types.ts";
import { dimOf, modelFor } from "../state/config.ts";
import type { Store } from "./store.ts";

export class Actions {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  chooseData(id: string): void {
    const { session, model } = this.#store;
    const { catalogue } = session;
    const dim = dimOf(catalogue, id, session.ownData?.dim ?? 2);
    const patch: Patch = { data: id };
    if (!model!.dims.includes(dim)) patch.model = modelFor(catalogue, model!.family, dim).id;
    this.#attempt(this.#store.configure(patch));
  }

  chooseFamily(family: string): void {
    this.chooseModel(modelFor(this.#store.session.catalogue, family, this.#store.dim).id);
  }

  chooseModel(model: string): void {
    this.#attempt(this.#store.configure({ model }));
  }

  chooseSeed(seed: number): void {
    this.#attempt(this.#store.configure({ seed }));
  }

  /** Learns the points just drawn; too few are refused and the pad stays. */
  useDrawn(points: Float32Array): void {
    this.#attempt(this.#store.setData(points, 2).then(() => this.#learn()));
  }

  /** Learns the numbers in a text. What was skipped in it stays on the page. */
  useText(text: string): void {
    this.#store.setText(text).then(
      () => this.#learn(),
      (error) => this.#store.fail(errorFrom(error)),
    );
  }

  stepOnce(): void {
    this.#attempt(
      (async () => {
        await this.#store.trainer.pause();
        await this.#store.trainer.step(1);
      })(),
    );
  }

  reset(): void {
    this.#attempt(this.#store.reset());
  }

  #learn(): void {
    this.#store.drawing = false;
    this.#store.changed();
    this.#store.trainer.play();
  }

  #attempt(work: Promise<unknown>): void {
    work.then(
      () => this.#store.say(undefined),
      (error) => this.#store.fail(errorFrom(error)),
    );
  }
}
