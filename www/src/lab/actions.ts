/** What the controls do: each choice is tried, and a refusal is said on the page instead of thrown. */
import { errorFrom } from "../engine/errors.ts";
import type { OwnData, Patch } from "../engine/types.ts";
import { dimOf, modelFor, strictPatch } from "../state/config.ts";
import { MIXTURE } from "../state/mixture.ts";
import type { Store } from "./store.ts";

export class Actions {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  chooseData(id: string): void {
    this.#attempt(this.#store.configure(this.#onto(id)));
  }

  /** Another data set, with a model of the same family that can learn it. */
  #onto(data: string): Patch {
    const { session, model } = this.#store;
    const { catalogue, ownDim } = session;
    const dim = dimOf(catalogue, data, ownDim);
    return model!.dims.includes(dim) ? { data } : { data, model: modelFor(catalogue, model!.family, dim).id };
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
    this.#attempt(this.#useOwn({ points, dim: 2 }));
  }

  useText(text: string): void {
    this.#attempt(this.#useOwn({ text }));
  }

  /** Learns the mixture and lays its handles over the stage. */
  openMixture(): void {
    this.#store.drawing = false;
    this.#store.mixture.show(true);
    if (this.#store.config?.data !== MIXTURE) this.#attempt(this.#store.configure(this.#onto(MIXTURE)));
  }

  useMixture(): void {
    this.#attempt(this.#store.mixture.release((mixture) => this.#store.setData({ mixture })));
  }

  /** A named failure, as it was found: the model's defaults and what the preset changes. */
  choosePreset(id: string): void {
    const { catalogue, config, session, trainer } = this.#store;
    const { patch } = strictPatch(catalogue!, config!, session.ownDim, { preset: id });
    const work = async () => {
      await this.#store.configure(patch, id);
      await this.#store.reset();
      trainer.play();
    };
    this.#attempt(work());
  }

  stepOnce(): void {
    this.#attempt(
      (async () => {
        await this.#store.trainer.pause();
        await this.#store.trainer.step(1);
        this.#store.say(undefined);
      })(),
    );
  }

  reset(): void {
    this.#attempt(this.#store.reset());
  }

  async #useOwn(own: OwnData): Promise<void> {
    await this.#store.setData(own);
    this.#store.drawing = false;
    this.#store.trainer.play();
  }

  #attempt(work: Promise<unknown>): void {
    work.then(undefined, (error) => this.#store.fail(errorFrom(error)));
  }
}
