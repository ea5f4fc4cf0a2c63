/**
 * Models side by side, in one line: "nce; vae beta=4 latent=1; gan". Each part is a model (or a family, which stands for its first
 * model) and what is not as usual in it; "families" is one of each.
 */
import { LabError } from "../engine/errors.ts";
import type { Catalogue, Config } from "../engine/types.ts";
import { findModel, type Raw, saidConfig } from "./config.ts";
import { said } from "./setting.ts";

export const PANELS = "panels";
/** More would be too small to be read. */
export const MOST_PANELS = 6;
/** The word for one model a family. */
export const FAMILIES = "families";

/** What each panel is asked to be, and what cannot be read or is one too many. */
export function readPanels(text: string, { families }: Catalogue): { panels: Raw[]; dropped: string[] } {
  const parts = text
    .split(";")
    .map((part) => part.trim())
    .flatMap((part) => (part === FAMILIES ? families.map(({ id }) => id) : [part]))
    .filter((part) => part !== "");
  const dropped = parts.slice(MOST_PANELS);
  const panels = parts.slice(0, MOST_PANELS).map((part) => {
    const [model = "", ...settings] = part.split(/[\s,]+/);
    const pairs = settings.map((setting) => setting.split("="));
    for (const [i, pair] of pairs.entries()) if (pair.length !== 2 || pair.includes("")) dropped.push(settings[i]!);
    // A panel is a model with its settings: what all share is said once, beside them.
    const own = pairs.filter((pair) => pair.length === 2 && !pair.includes("") && !SHARED.includes(pair[0]!));
    return { ...Object.fromEntries(own), model };
  });
  return { panels, dropped };
}

/** The same, where a program says it: a word that means nothing is refused. */
export function strictPanels(text: unknown, catalogue: Catalogue): string {
  const { panels, dropped } = readPanels(String(text), catalogue);
  const known = [...catalogue.families, ...catalogue.models].map(({ id }) => id);
  for (const { model = "" } of panels) if (!known.includes(model)) dropped.push(model);
  if (dropped.length === 0) return String(text);
  throw new LabError(
    "unknown_id",
    `panels must be up to ${MOST_PANELS} models, as in "nce; vae beta=4", without ${dropped.join(", ")}.`,
    {
      what: PANELS,
      id: dropped.join(", "),
      known: known.join(", "),
    },
  );
}

const SHARED = ["data", "seed", "mixture", "preset", "backend", "lang", "controls", "theme", PANELS];

/** Settings of the data are those of all panels. */
export function sharedIds(catalogue: Catalogue, model: string): string[] {
  return (findModel(catalogue, model)?.params ?? []).filter(({ group }) => group === "data").map(({ id }) => id);
}

/** The same line, as short as it can be. */
export function writePanels(configs: Config[], catalogue: Catalogue): string {
  return configs.map((config) => [config.model, ...changed(config, catalogue)].join(" ")).join("; ");
}

function changed(config: Config, catalogue: Catalogue): string[] {
  const saidNow = saidConfig(config, catalogue);
  const specs = findModel(catalogue, config.model)!.params.filter(({ group }) => group !== "data");
  return specs
    .filter((spec) => saidNow[spec.id] !== said(spec, spec.default))
    .map((spec) => {
      const value = saidNow[spec.id]!;
      return `${spec.id}=${typeof value === "number" ? Number(value.toPrecision(6)) : value}`;
    });
}
