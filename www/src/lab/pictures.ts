/** What to ask of the engine for the pictures on the page, and which of them a family opens with. */
import type { Detail, Governor } from "../engine/governor.ts";
import type { Bounds, Frame, FrameRequest, ModelSpec } from "../engine/types.ts";
import { EVERY_LAYER, type Shown } from "../views/plane-stage.ts";
import { PRINTS } from "../views/prints.ts";
import type { Look } from "../views/shade.ts";

/** Points of a curve on the line; cheap, as they grow with the side and not with its square. */
const LINE_SIDE = 200;

/** Lines of a warped grid. */
const GRID = { line: 41, plane: 19 };

/** In outline: cells along each side of a field, lines of a grid, the share of the samples, and a row of prints. */
const OUTLINE = { side: 16, grid: { line: 21, plane: 10 }, share: 0.5, prints: 10 };

/** The picture a family is best known by, or the one that is `asked` for where it has it. */
export function firstLook(model: ModelSpec, asked?: Look): Look {
  if (asked && model.views.fields.includes("energy")) return asked;
  const first = model.views.fields[0];
  return first === "energy" || first === "discriminator" ? first : "density";
}

/** What can be paid for: cells along each side of a field, and the share of the samples wanted. */
type Afforded = Pick<Governor, "side" | "draws">;

/** The parts of a picture that are due; none where this model has nothing of the kind. */
export function frameRequest(
  { views }: ModelSpec,
  dim: number,
  detail: Exclude<Detail, "none">,
  { side, draws }: Afforded,
  walkers: boolean,
  box?: Bounds,
): FrameRequest | undefined {
  const walk = views.walkers && walkers;
  if (detail === "walkers" && !walk) return undefined;
  const line = dim === 1;
  const outline = detail === "outline";
  const all = detail === "all" || outline;
  const field = detail === "field" || all;
  const samples = detail === "samples" || all;
  const wanted = dim > 2 ? (outline ? OUTLINE.prints : PRINTS) : line ? 2000 : 1000;
  // A sheet of prints is of one size, and so is a picture to keep. What an energy's samples cost is its sum over a lattice, however few they are.
  const share = detail === "all" || dim > 2 || views.walkers ? 1 : outline ? OUTLINE.share : draws;
  const grid = outline ? OUTLINE.grid : GRID;
  // One field serves both pictures of an energy model: the density is the energy, turned round and normalised. An autoencoder has none.
  const kind = views.fields.includes("log_density") ? "log_density" : views.fields[0];
  return {
    samples: samples ? Math.ceil(wanted * share) : 0,
    side: line ? LINE_SIDE : outline ? Math.min(OUTLINE.side, side) : side,
    grid: field && views.grid ? (line ? grid.line : grid.plane) : 0,
    latent: field && views.latent ? 400 : 0,
    walkers: walk ? 48 : 0,
    walk_steps: 2,
    ...(field && kind && { field: kind }),
    ...(box && { bounds: box }),
  };
}

/** The layers that are asked for; all of them where none is said. */
export function layersOf(asked: readonly string[] | undefined): Shown {
  if (!asked) return EVERY_LAYER;
  const names = Object.keys(EVERY_LAYER) as (keyof Shown)[];
  return Object.fromEntries(names.map((name) => [name, asked.includes(name)])) as unknown as Shown;
}

/** A picture comes in parts: what the newest leaves out still holds. */
export function merged(old: Frame | undefined, fresh: Frame): Frame {
  const samples = fresh.samples.length > 0 || !old ? fresh.samples : old.samples;
  return { ...old, ...fresh, samples };
}
