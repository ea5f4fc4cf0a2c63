/** Which parts a lesson's figure has, as in "controls: transport beta; layers: data samples; charts: side losses; scores: kl". */
import type { Catalogue } from "../engine/types.ts";
import type { Dropped } from "./config.ts";

/** Controls that are no settings. */
export const SHOW_PARTS: readonly string[] = [
  "transport",
  "slow",
  "speed",
  "data",
  "model",
  "engine",
  "diagnosis",
  "status",
];
const SHOW_LAYERS = ["field", "contours", "data", "samples", "walkers", "truth", "axes", "classes"] as const;
const SHOW_CHARTS = ["side", "losses", "score", "part"] as const;
/** Of a model with an energy: which of the two its field shows. */
const LOOKS = ["energy", "density"] as const;

/** The word for a landscape. */
const SOLID = "solid";

/** A group that is not named is as the figure's set of controls has it; a word is in none but its own group. */
export interface Show {
  /** Parts of the page, and settings by their ids. */
  controls?: string[];
  layers?: (typeof SHOW_LAYERS)[number][];
  look?: (typeof LOOKS)[number];
  /** Whether the field stands as a landscape. */
  solid?: boolean;
  /** How far from latents, 0, to data, 1, the way through the model is shown. */
  along?: number;
  /** How many times the picture is magnified, and the place in its middle in the reader's units: x, and y on the plane. */
  zoom?: readonly [times: number, x: number, y?: number | undefined];
  charts?: (typeof SHOW_CHARTS)[number][];
  /** Metrics by their ids. */
  scores?: string[];
}

export const SHOW_FORM = "controls: transport …; layers: data …; charts: side …; scores: kl …";

/** Nothing where a group or a word of it is not known. Settings and scores are the core's, which is not there yet: any will do. */
export function showOf(text: string): Show | undefined {
  const show: Show = {};
  for (const part of text.split(";")) {
    if (part.trim() === "") continue;
    const [, group, list] = /^\s*(\w+)\s*:([\w\s,.-]*)$/.exec(part) ?? [];
    const words = (list ?? "").split(/[\s,]+/).filter((word) => word !== "" && word !== "none");
    if (group === "controls" || group === "scores") show[group] = words;
    else if (group === "along") {
      const share = Number(list);
      if (!(share >= 0 && share <= 1)) return undefined;
      show.along = share;
    } else if (group === "zoom") {
      const [times = 0, x = Number.NaN, y] = words.map(Number);
      if (!(times > 0) || ![times, x, y ?? 0].every(Number.isFinite) || words.length > 3) return undefined;
      show.zoom = [times, x, y];
    } else if (group === "charts") {
      if (!words.every((word) => known(SHOW_CHARTS, word))) return undefined;
      show.charts = words as typeof show.charts & object;
    } else if (group === "layers") {
      const look = LOOKS.find((look) => words.includes(look));
      if (look) show.look = look;
      if (words.includes(SOLID)) show.solid = true;
      const layers = words.filter((word) => word !== SOLID).map((word) => (known(LOOKS, word) ? "field" : word));
      if (!layers.every((word) => known(SHOW_LAYERS, word))) return undefined;
      show.layers = layers as typeof show.layers & object;
    } else return undefined;
  }
  return show;
}

/** The same as text; nothing where it asks for nothing. */
export function writeShow({ controls, layers, look, solid, along, zoom, charts, scores }: Show): string {
  const named = look && layers ? layers.map((layer) => (layer === "field" ? look : layer)) : layers;
  const words = named && [...named, ...(solid ? [SOLID] : [])];
  const [seenAlong, seenZoom] = [along === undefined ? undefined : [along], zoom?.filter((n) => n !== undefined)];
  const groups = { controls, layers: words, along: seenAlong, zoom: seenZoom, charts, scores };
  return Object.entries(groups)
    .flatMap(([group, list]) => (list ? `${group}: ${list.join(" ") || "none"}` : []))
    .join("; ");
}

const known = (list: readonly string[], word: string) => list.includes(word);

/** Controls that are asked for and are neither a part nor a setting of any model. */
export function unknownControls({ controls = [] }: Show, { models }: Catalogue): Dropped[] {
  const settings = new Set(models.flatMap(({ params }) => params.map(({ id }) => id)));
  const unknown = controls.filter((id) => !SHOW_PARTS.includes(id) && !settings.has(id));
  return unknown.map((id) => ({ key: "show", value: id, used: "", known: SHOW_PARTS.join(", ") }));
}
