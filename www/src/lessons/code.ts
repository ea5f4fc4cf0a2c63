/** A figure as code for another page: a tag with its script, or a frame. Both show it with the settings that it has now. */
import type { DgmLab } from "../elements/dgm-lab.ts";
import { findModel, PAGE_KEYS, type PageKey } from "../state/config.ts";
import { readHash, writeHash } from "../state/hash.ts";
import { LESSON_KEYS } from "../state/lesson.ts";
import { findPreset, presetSaid } from "../state/presets.ts";

/** Scripts that define the elements; every other figure is in the second. */
const SCRIPTS = { lab: "embed.js", other: "figures.js" };

export const isLab = (figure: Element): figure is DgmLab => figure.localName === "dgm-lab";

/** The script and the tag. `site` is the folder of the site, by its whole address. */
export function tagOf(figure: Element, site: string): string {
  const script = new URL(isLab(figure) ? SCRIPTS.lab : SCRIPTS.other, site).href;
  const said = isLab(figure) ? settingsOf(figure, site) : attributesOf(figure);
  const attributes = Object.entries(said).map(([key, value]) => `${key}="${escaped(value)}"`);
  const name = figure.localName;
  return `<script type="module" src="${script}"></script>\n<${[name, ...attributes].join(" ")}></${name}>`;
}

/** A frame as large as the figure is here. */
export function frameOf(lab: DgmLab, site: string, title: string): string {
  const src = new URL(`embed.html#${new URLSearchParams(settingsOf(lab, site))}`, site).href;
  const { clientWidth, clientHeight } = lab;
  return `<iframe src="${escaped(src)}" width="${clientWidth}" height="${clientHeight}" title="${escaped(title)}"></iframe>`;
}

/** What differs from the defaults, in the order in which a teacher would write it. */
function settingsOf(lab: DgmLab, site: string): Record<string, string> {
  const { catalogue, config } = lab;
  const model = catalogue && findModel(catalogue, String(config.model));
  if (!model) return attributesOf(lab);
  const page: Record<string, string> = {};
  for (const key of Object.keys(PAGE_KEYS) as PageKey[]) {
    const value = String(config[key]);
    if (value !== PAGE_KEYS[key][0] || lab.hasAttribute(key)) page[key] = value;
  }
  for (const key of LESSON_KEYS) {
    const value = lab.getAttribute(key);
    if (value !== null) page[key] = key === "start-at" ? whole(value, site) : value;
  }
  const said: Record<string, string> = { ...readHash(writeHash(config, model, page)) };
  const preset = findPreset(catalogue, said.preset);
  // What a preset says need not be said again.
  if (preset)
    for (const [key, value] of Object.entries(presetSaid(catalogue, preset)))
      if (said[key] === String(value)) delete said[key];
  return said;
}

/** A number of steps, or where a snapshot lies as seen from anywhere. */
function whole(start: string, site: string): string {
  return /^\d+$/.test(start.trim()) ? start : new URL(start, new URL("lessons/en/", site)).href;
}

function attributesOf(figure: Element): Record<string, string> {
  return Object.fromEntries([...figure.attributes].map(({ name, value }) => [name, value]));
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
