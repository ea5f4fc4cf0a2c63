/** What to ask of the engine for the pictures on the page, and which of them a family opens with. */
import type { Detail } from "../engine/governor.ts";
import type { FrameRequest, ModelSpec } from "../engine/types.ts";
import type { Look } from "../views/shade.ts";

/** The picture a family is best known by. */
export function firstLook(model: ModelSpec): Look {
  const first = model.views.fields[0];
  return first === "energy" || first === "discriminator" ? first : "density";
}

/** A light picture has only what moves fast: samples and walkers. */
export function frameRequest(
  { views }: ModelSpec,
  dim: number,
  walkers: boolean,
  detail: Exclude<Detail, "none">,
): FrameRequest {
  const full = detail === "full";
  const line = dim === 1;
  return {
    samples: line ? 2000 : 1000,
    side: line ? 200 : 64,
    grid: full && views.grid ? (line ? 41 : 19) : 0,
    latent: full && views.latent ? 400 : 0,
    walkers: views.walkers && walkers ? 48 : 0,
    walk_steps: 2,
    // One field serves both pictures of an energy model: the density is the energy, turned round and normalised.
    ...(full && { field: views.fields.includes("log_density") ? "log_density" : views.fields[0]! }),
  };
}
