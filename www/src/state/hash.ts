/** The configuration in the address, so that a link opens what its sender saw. */
import type { ModelSpec } from "../engine/types.ts";
import type { Raw } from "./config.ts";
import { type Said, said } from "./setting.ts";

export function readHash(hash: string): Raw {
  // Not by assignment, which would lose a key like "__proto__" instead of naming it.
  return Object.fromEntries([...new URLSearchParams(hash.replace(/^#/, ""))].filter(([key]) => key));
}

/** Only what differs from the defaults is written: a short address can be read and edited by hand. */
export function writeHash(config: Readonly<Record<string, Said>>, model: ModelSpec, page: Raw): string {
  const parts = new URLSearchParams();
  for (const key of ["preset", "data", "model", "seed", "mixture", "prompt"])
    if (key in config) parts.set(key, String(config[key]));
  for (const spec of model.params) {
    const value = config[spec.id];
    if (value === undefined || value === said(spec, spec.default)) continue;
    parts.set(spec.id, String(value));
  }
  for (const [key, value] of Object.entries(page)) parts.set(key, value);
  return `#${parts}`;
}
