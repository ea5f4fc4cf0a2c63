/** The one configuration: the element's attributes, the page's hash and `lab.config` all have these keys. */
import { LabError } from "../engine/errors.ts";
import type { Backend, Catalogue, Config, Ellipse, ModelSpec, Patch } from "../engine/types.ts";
import { fitClasses } from "./classes.ts";
import { MIXTURE, readMixture, writeMixture } from "./mixture.ts";
import { findPreset, presetIds, presetSaid } from "./presets.ts";
import { knownOptions, nearestValue, type Range, type Said, said, strictValue } from "./setting.ts";

export type Lang = "en" | "zh";
export type Controls = "none" | "basic" | "all";
export type Theme = "auto" | "light" | "dark";

/** Keys about the page rather than the model, with what each may be; the first is the default. */
export const PAGE_KEYS = {
  backend: ["auto", "cpu", "webgpu"],
  lang: ["en", "zh"],
  controls: ["all", "basic", "none"],
  theme: ["auto", "light", "dark"],
} as const satisfies { backend: Backend[]; lang: Lang[]; controls: Controls[]; theme: Theme[] };

export type PageKey = keyof typeof PAGE_KEYS;
export type Raw = Readonly<Record<string, string>>;

export const FIRST_DATA = "8gaussians";
const FIRST_FAMILY = "energy";
const FIRST_SEED = 1;
const SEED: Range = { id: "seed", min: 0, max: 2 ** 32 - 1, kind: "int" };
/** Keys that are neither a setting's id nor about the page. */
const CHOSEN = ["data", "model", "seed", "mixture", "preset", "panels"];

/** What an address asks for: a mixture only where it names one. */
export type Asked = Omit<Config, "mixture"> & { mixture?: Ellipse[] };

/** Something in an address that could not be used as it stood, what was taken instead, and what it may be. */
export interface Dropped {
  key: string;
  value: string;
  used: string;
  known: string;
}

export function findModel(catalogue: Catalogue, id: string): ModelSpec | undefined {
  return catalogue.models.find((model) => model.id === id);
}

/** The model whose name an unknown one goes on from: what was a row of its own may live on in another, as "nsf-ar" does in "nsf". */
function kinOf(catalogue: Catalogue, id: string): ModelSpec | undefined {
  return catalogue.models.find((model) => id.startsWith(`${model.id}-`));
}

export function dimOf(catalogue: Catalogue, data: string, customDim: number): number {
  return data === "custom" ? customDim : (catalogue.data.find((spec) => spec.id === data)?.dim ?? 2);
}

/** The model of a family that suits data of this dimension: the first registered, as the core chooses too. */
export function modelFor(catalogue: Catalogue, family: string, dim: number): ModelSpec {
  const fitting = catalogue.models.filter((model) => model.dims.includes(dim));
  return fitting.find((model) => model.family === family) ?? fitting[0]!;
}

/** The core's configuration with every option said by its id. */
export function saidConfig({ data, mixture, model, seed, params }: Config, catalogue: Catalogue): Record<string, Said> {
  const specs = findModel(catalogue, model)?.params ?? [];
  const settings = specs.map((spec) => [spec.id, said(spec, params[spec.id] ?? spec.default)] as const);
  const own: Record<string, Said> = data === MIXTURE ? { mixture: writeMixture(mixture) } : {};
  return { data, model, seed, ...own, ...Object.fromEntries(settings) };
}

/** Reads keys that may be anything: always a valid configuration, with a list of what had to be left out. */
export function nearest(catalogue: Catalogue, asked: Raw) {
  const dropped: Dropped[] = [];
  const take = (key: string, used: string, known = "") => dropped.push({ key, value: asked[key]!, used, known });

  const preset = findPreset(catalogue, asked.preset);
  if (asked.preset !== undefined && !preset) take("preset", "", presetIds(catalogue).join(", "));
  const raw: Raw = { ...(preset && texts(presetSaid(catalogue, preset))), ...asked };

  const firstData = catalogue.data.find((data) => data.id === FIRST_DATA) ?? catalogue.data[0]!;
  const data = catalogue.data.find((spec) => spec.id === raw.data) ?? firstData;
  if (raw.data !== undefined && raw.data !== data.id) take("data", data.id);

  const named = findModel(catalogue, raw.model ?? "") ?? kinOf(catalogue, raw.model ?? "");
  const model = named?.dims.includes(data.dim)
    ? named
    : modelFor(catalogue, named?.family ?? raw.model ?? FIRST_FAMILY, data.dim);
  // The name of a family is a fair way to ask for its default model.
  const family = catalogue.families.some((spec) => spec.id === raw.model);
  if (raw.model !== undefined && raw.model !== model.id && !family) take("model", model.id);

  let seed = FIRST_SEED;
  if (raw.seed !== undefined) {
    seed = nearestValue(raw.seed, SEED, FIRST_SEED).value;
    if (String(seed) !== raw.seed.trim()) take("seed", String(seed));
  }

  const params: Record<string, number> = {};
  for (const [key, text] of Object.entries(raw)) {
    if (CHOSEN.includes(key)) continue;
    if (isPageKey(key)) {
      const known: readonly string[] = PAGE_KEYS[key];
      if (!known.includes(text)) take(key, known[0]!, known.join(", "));
      continue;
    }
    const spec = model.params.find((param) => param.id === key);
    if (!spec) {
      // A setting of another model is no mistake: it waits for that model.
      if (!knownParam(catalogue, key)) take(key, "");
      continue;
    }
    const { value, exact } = nearestValue(text, spec, spec.default);
    params[key] = value;
    if (!exact) take(key, String(said(spec, value)), knownOptions(spec));
  }
  const mixture = raw.mixture === undefined ? undefined : readMixture(raw.mixture);
  if (raw.mixture !== undefined && !mixture) take("mixture", "");
  const classes = data.id === MIXTURE && mixture ? mixture.length : data.classes;
  fitClasses(params, classes, (key, used) => {
    const spec = model.params.find((param) => param.id === key)!;
    take(key, String(said(spec, used)));
  });
  const config: Asked = { data: data.id, model: model.id, seed, params, ...(mixture && { mixture }) };
  return { config, dropped, preset: preset?.id };
}

/** Reads keys a program gave: anything wrong is refused by name and range, and nothing changes. */
export function strictPatch(catalogue: Catalogue, current: Config, customDim: number, asked: Record<string, unknown>) {
  const given: Record<string, unknown> = { ...asked, ...(asked.params as Record<string, unknown> | undefined) };
  delete given.params;
  const named = given.preset === undefined ? undefined : member(given.preset, "preset", presetIds(catalogue));
  const preset = findPreset(catalogue, named);
  const flat: Record<string, unknown> = { ...(preset && presetSaid(catalogue, preset)), ...given };
  const patch: Patch = {};
  const page: Partial<Record<PageKey, string>> = {};

  if (flat.data !== undefined)
    patch.data = member(flat.data, "data", [...catalogue.data.map((d) => d.id), current.data]);
  const dim = dimOf(catalogue, patch.data ?? current.data, customDim);
  const now = findModel(catalogue, current.model)!;
  let model = now.dims.includes(dim) ? now : modelFor(catalogue, now.family, dim);
  if (flat.model !== undefined) {
    const fitting = catalogue.models.filter((spec) => spec.dims.includes(dim)).map((spec) => spec.id);
    model = findModel(catalogue, member(flat.model, "model", fitting))!;
  }
  if (model.id !== current.model) patch.model = model.id;
  if (flat.seed !== undefined) patch.seed = strictValue(flat.seed, SEED);

  if (flat.mixture !== undefined) {
    const mixture = typeof flat.mixture === "string" ? readMixture(flat.mixture) : (flat.mixture as Ellipse[]);
    if (!mixture) {
      const form = "weight_x_y_sigma1_sigma2_angle, joined by *";
      throw new LabError("bad_mixture", `mixture must be Gaussians of the form ${form}.`);
    }
    // The text is rounded: what reads the same as before is no change.
    if (writeMixture(mixture) !== writeMixture(current.mixture)) patch.mixture = mixture;
  }

  const params: Record<string, number> = {};
  for (const [key, value] of Object.entries(flat)) {
    if (CHOSEN.includes(key)) continue;
    if (isPageKey(key)) page[key] = member(value, key, [...PAGE_KEYS[key]]);
    else {
      const spec = model.params.find((param) => param.id === key);
      if (spec) params[key] = strictValue(value, spec);
      else if (!knownParam(catalogue, key)) {
        const known = model.params.map((param) => param.id).join(", ");
        throw new LabError("unknown_id", `There is no setting named "${key}"; known: ${known}.`, {
          what: "setting",
          id: key,
          known,
        });
      }
    }
  }
  if (Object.keys(params).length > 0) patch.params = params;
  return { patch, page, preset: preset?.id };
}

/** What every object has, such as "constructor", is no key of ours. */
function isPageKey(key: string): key is PageKey {
  return Object.hasOwn(PAGE_KEYS, key);
}

function texts(config: Record<string, Said>): Raw {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, String(value)]));
}

function knownParam(catalogue: Catalogue, id: string): boolean {
  return catalogue.models.some((model) => model.params.some((param) => param.id === id));
}

function member(value: unknown, key: string, allowed: string[]): string {
  if (typeof value === "string" && allowed.includes(value)) return value;
  const known = [...new Set(allowed)].join(", ");
  const id = String(value);
  throw new LabError("unknown_id", `${key} must be one of ${known}, not "${id}".`, { what: key, id, known });
}
