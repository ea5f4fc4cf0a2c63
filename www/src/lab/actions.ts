/** What the controls do: each choice is tried, and a refusal is said on the page instead of thrown. */
import { errorFrom } from "../engine/errors.ts";
import type { Patch } from "../engine/types.ts";
import { dimOf, modelFor, strictPatch } from "../state/config.ts";
import { MIXTURE } from "../state/mixture.ts";
import type { Store } from "./store.ts";

export function chooseData(store: Store, id: string): void {
  attempt(store, store.configure(onto(store, id)));
}

export function chooseFamily(store: Store, family: string): void {
  chooseModel(store, modelFor(store.session.catalogue, family, store.dim).id);
}

export function chooseModel(store: Store, model: string): void {
  attempt(store, store.configure({ model }));
}

/** Learns the mixture and lays its handles over the stage. */
export function openMixture(store: Store): void {
  store.putAway();
  store.mixture.show(true);
  if (store.config?.data !== MIXTURE) chooseData(store, MIXTURE);
}

export function useMixture(store: Store): void {
  attempt(
    store,
    store.mixture.release(async (mixture) => void (await store.setData({ mixture }))),
  );
}

/** A named failure, as it was found: the model's defaults and what the preset changes. */
export function choosePreset(store: Store, id: string): void {
  const { catalogue, config, session, trainer } = store;
  const { patch } = strictPatch(catalogue!, config!, session.ownDim, { preset: id });
  const work = async () => {
    await store.configure(patch, id);
    await store.reset();
    trainer.play();
  };
  attempt(store, work());
}

export function stepOnce(store: Store): void {
  const work = async () => {
    await store.trainer.pause();
    await store.trainer.step(1);
    store.say(undefined);
  };
  attempt(store, work());
}

export function halfStep(store: Store): void {
  attempt(store, store.halfStep());
}

export function reset(store: Store): void {
  attempt(store, store.reset());
}

/** Another data set, with a model of the same family that can learn it. */
export function onto({ session, model }: Store, data: string): Patch {
  const { catalogue, ownDim } = session;
  const dim = dimOf(catalogue, data, ownDim);
  return model!.dims.includes(dim) ? { data } : { data, model: modelFor(catalogue, model!.family, dim).id };
}

function attempt(store: Store, work: Promise<unknown>): void {
  work.then(undefined, (error) => store.fail(errorFrom(error)));
}
