/** The configuration in the address, so that a link opens what its sender saw. */
import type { ModelSpec } from "../engine/types.ts";
import type { Asked, Raw } from "./config.ts";
import { writeMixture } from "./mixture.ts";

export function readHash(hash: string): Raw {
  const raw: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(hash.replace(/^#/, ""))) if (key) raw[key] = value;
  return raw;
}

/** Only what differs from the defaults is written: a short address can be read and edited by hand. */
export function writeHash(config: Asked, model: ModelSpec, page: Raw): string {
  const parts = new URLSearchParams({ data: config.data, model: config.model, seed: String(config.seed) });
  for (const spec of model.params) {
    const value = config.params[spec.id];
    if (value !== undefined && value !== spec.default) parts.set(spec.id, String(Number(value.toPrecision(6))));
  }
  if (config.data === "mixture" && config.mixture) parts.set("mixture", writeMixture(config.mixture));
  for (const [key, value] of Object.entries(page)) parts.set(key, value);
  return `#${parts}`;
}
