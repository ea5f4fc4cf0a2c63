/** What attributes, an address or a script ask of a figure of texts, in the terms of the engine and back. */
import { LabError } from "../engine/errors.ts";
import { type Dropped, PAGE_KEYS, type PageKey, type Raw } from "../state/config.ts";
import { knownOptions, nearestValue, type Range, type Said, said, strictValue } from "../state/setting.ts";
import type { LanguageSpec, WordsCatalogue, WordsConfig } from "./contract.ts";

export const OWN = "own-text";
const SEED: Range = { id: "seed", min: 0, max: 2 ** 32 - 1, kind: "int" };
const FIRST_SEED = 1;
/** Keys that are neither a setting's id nor about the page. */
const CHOSEN = ["data", "model", "seed", "prompt", "preset"];

type Patch = Partial<WordsConfig>;

export interface Asked {
  patch: Patch;
  page: Partial<Record<PageKey, string>>;
  prompt?: string;
}

const isPage = (key: string): key is PageKey => Object.hasOwn(PAGE_KEYS, key);
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
const modelOf = ({ models }: WordsCatalogue, id: string | undefined) => models.find((spec) => spec.id === id);

/** Whether any model of texts has a setting of that name: it waits for that model. */
const waits = ({ models }: WordsCatalogue, key: string) => models.some(({ params }) => ids(params).includes(key));

/** Reads keys that may be anything: always something that can be opened, with a list of what had to be left out. */
export function nearestWords(catalogue: WordsCatalogue, raw: Raw, lang: "en" | "zh"): Asked & { dropped: Dropped[] } {
  const dropped: Dropped[] = [];
  const take = (key: string, used: string, known = "") => dropped.push({ key, value: raw[key]!, used, known });
  const texts = ids(catalogue.passages);
  // Each reader begins with a text of their own language; there is no text of their own before they give one.
  const text = texts.find((id) => id === raw.data) ?? texts[lang === "zh" ? 1 : 0]!;
  if (raw.data !== undefined && raw.data !== text && raw.data !== OWN) take("data", text, texts.join(", "));
  const model = modelOf(catalogue, raw.model) ?? catalogue.models[0]!;
  if (raw.model !== undefined && raw.model !== model.id) take("model", model.id, ids(catalogue.models).join(", "));
  const patch: Patch = { text, model: model.id, params: {} };
  for (const [key, value] of Object.entries(raw)) {
    const spec = model.params.find(({ id }) => id === key);
    if (spec) {
      const { value: near, exact } = nearestValue(value, spec, spec.default);
      patch.params![key] = near;
      if (!exact) take(key, String(said(spec, near)), knownOptions(spec));
    } else if (key === "seed") {
      const { value: near, exact } = nearestValue(value, SEED, FIRST_SEED);
      patch.seed = near;
      if (!exact) take(key, String(near));
    } else if (isPage(key)) {
      const known: readonly string[] = PAGE_KEYS[key];
      if (!known.includes(value)) take(key, known[0]!, known.join(", "));
    } else if (key === "preset" || !(CHOSEN.includes(key) || waits(catalogue, key))) take(key, "");
  }
  return { patch, page: {}, dropped, ...(raw.prompt !== undefined && { prompt: raw.prompt }) };
}

/** Reads keys that a program gave: anything wrong is refused by name and range, and nothing changes. */
export function strictWords(catalogue: WordsCatalogue, current: WordsConfig, given: Record<string, unknown>): Asked {
  const { params: nested, ...rest } = given;
  const asked: Record<string, unknown> = { ...rest, ...(nested as Record<string, unknown> | undefined) };
  const { data, model: named, seed, prompt } = asked;
  const patch: Patch = {};
  if (data !== undefined) patch.text = member(data, "data", [...ids(catalogue.passages), current.text]);
  if (named !== undefined) patch.model = member(named, "model", ids(catalogue.models));
  if (seed !== undefined) patch.seed = strictValue(seed, SEED);
  const model = modelOf(catalogue, patch.model ?? current.model)!;
  const page: Asked["page"] = {};
  const params: Record<string, number> = {};
  for (const [key, value] of Object.entries(asked)) {
    const spec = model.params.find(({ id }) => id === key);
    if (spec) params[key] = strictValue(value, spec);
    else if (isPage(key)) page[key] = member(value, key, [...PAGE_KEYS[key]]);
    else if (key === "preset" || !(CHOSEN.includes(key) || waits(catalogue, key)))
      throw unknown("setting", key, ids(model.params));
  }
  if (Object.keys(params).length > 0) patch.params = params;
  return { patch, page, ...(prompt !== undefined && { prompt: String(prompt) }) };
}

/** The engine's configuration with the keys of the attributes, and every option by its id. */
export function saidWords({ text, model, seed, params }: WordsConfig, spec: LanguageSpec): Record<string, Said> {
  const settings = spec.params.map((row) => [row.id, said(row, params[row.id] ?? row.default)] as const);
  return { data: text, model, seed, ...Object.fromEntries(settings) };
}

export function unknown(what: string, id: string, known: readonly string[]): LabError {
  const list = known.join(", ");
  return new LabError("unknown_id", `There is no ${what} named "${id}"; known: ${list}.`, { what, id, known: list });
}

function member(value: unknown, key: string, allowed: string[]): string {
  if (typeof value === "string" && allowed.includes(value)) return value;
  throw unknown(key, String(value), [...new Set(allowed)]);
}
