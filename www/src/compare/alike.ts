/** What panels share, and how one comes to learn what the leading one learns. */
import { errorFrom } from "../engine/errors.ts";
import { onto } from "../lab/actions.ts";
import type { Store } from "../lab/store.ts";
import { modelFor, nearest, type Raw, saidConfig } from "../state/config.ts";
import { MIXTURE } from "../state/mixture.ts";
import { sharedIds } from "../state/panels.ts";

/** All that panels have in common, as one text: where it is another, they learn anew. */
export function sharedBy(lead: Store): string {
  const { config, own } = lead;
  if (!config) return "";
  const { data, seed, mixture } = config;
  return JSON.stringify([data, seed, data === MIXTURE && mixture, data === "custom" && own.learned, settingsOf(lead)]);
}

/** The same as an address says it; the reader's own data, which it cannot say, come later. */
export function sharedRaw(lead: Store): Raw {
  const said = saidConfig(lead.config!, lead.catalogue!);
  const keys = ["data", "seed", "mixture", ...sharedIds(lead.catalogue!, lead.config!.model)];
  const shared = keys.flatMap((key) => (said[key] === undefined ? [] : [[key, String(said[key])]]));
  return { ...Object.fromEntries(shared), data: named(lead) };
}

/** A data set that has a name: the lead's, else one of the same dimension. */
function named({ catalogue, config, dim }: Store): string {
  const { data } = catalogue!;
  return (data.find(({ id }) => id === config!.data) ?? data.find((spec) => spec.dim === dim))!.id;
}

/** Takes data, seed and the settings of the data over from the leading panel. A model that cannot learn them gives way to one of its family. */
export async function learnAlike(store: Store, lead: Store): Promise<void> {
  try {
    if (lead.config!.data === "custom") await learnOwn(store, lead);
    else {
      const { data, seed, mixture } = lead.config!;
      const patch = onto(store, data);
      const params = shared(lead, patch.model ?? store.config!.model);
      await store.configure({ ...patch, seed, params, ...(data === MIXTURE && { mixture }) });
    }
  } catch (error) {
    store.fail(errorFrom(error));
  }
}

/** The reader's own data travel in a snapshot, and a model with it that is then put aside. */
async function learnOwn(store: Store, lead: Store): Promise<void> {
  const { model, params } = store.config!;
  const family = store.model!.family;
  const bytes = await lead.trainer.hold(() => lead.session.snapshot());
  await store.restore(bytes.slice());
  const catalogue = store.catalogue!;
  const fits = catalogue.models.some(({ id, dims }) => id === model && dims.includes(store.dim));
  await store.configure(fits ? { model, params } : { model: modelFor(catalogue, family, store.dim).id });
  await store.reset();
}

/** Puts a model on, with its usual settings but for those that are wished for; wishes that could not be read. */
export async function wear(store: Store, lead: Store, wish: Raw): Promise<string[]> {
  const catalogue = store.catalogue!;
  const { config, dropped } = nearest(catalogue, { ...wish, data: named(lead) });
  const { params: specs } = catalogue.models.find(({ id }) => id === config.model)!;
  const usual = Object.fromEntries(specs.map((spec) => [spec.id, spec.default]));
  await store.configure({ model: config.model, params: { ...usual, ...config.params, ...shared(lead, config.model) } });
  return dropped.map(({ key, value }) => (key === "model" ? value : `${key}=${value}`));
}

/** Settings of the data, as far as a model has them too. */
function shared(lead: Store, model: string): Record<string, number> {
  const ids = sharedIds(lead.catalogue!, model);
  return Object.fromEntries(settingsOf(lead).filter(([id]) => ids.includes(id)));
}

function settingsOf({ config, catalogue }: Store): [string, number][] {
  return sharedIds(catalogue!, config!.model).flatMap((id) => {
    const value = config!.params[id];
    return value === undefined ? [] : [[id, value] as [string, number]];
  });
}
