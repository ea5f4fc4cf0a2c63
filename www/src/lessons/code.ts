/** A figure as code for another page: a tag with its script, or a frame. Both show it with the settings that it has now. */
import type { Catalogue } from "../engine/types.ts";
import { findModel, PAGE_KEYS, type PageKey } from "../state/config.ts";
import { readHash, writeHash } from "../state/hash.ts";
import { LESSON_KEYS } from "../state/lesson.ts";
import { findPreset, presetSaid } from "../state/presets.ts";

/** Scripts that define the elements; every other figure is in the second. */
const SCRIPTS = { lab: "embed.js", other: "figures.js" };

/** What of a lab's element is asked for. */
export interface LabElement extends Element {
  readonly catalogue: Catalogue | undefined;
  readonly config: Record<string, string | number>;
}

export const isLab = (figure: Element): figure is LabElement => figure.localName === "dgm-lab";

/** Where the copy is to find everything, and whether the figure is still as it was opened. */
export interface Origin {
  /** The folder of the site, by its whole address. */
  site: string;
  untouched: boolean;
}

/** The script and the tag. */
export function tagOf(figure: Element, from: Origin): string {
  const { site } = from;
  const script = new URL(isLab(figure) ? SCRIPTS.lab : SCRIPTS.other, site).href;
  const said = isLab(figure) ? settingsOf(figure, from) : attributesOf(figure);
  const name = figure.localName;
  return `<script type="module" src="${script}"></script>\n<${name} ${attributeList(said)}></${name}>`;
}

export const attributeList = (said: Record<string, string>) =>
  Object.entries(said)
    .map(([key, value]) => `${key}="${escaped(value)}"`)
    .join(" ");

/** A frame as large as the figure is here. */
export function frameOf(lab: LabElement, from: Origin, title: string): string {
  const src = new URL(`embed.html#${new URLSearchParams(settingsOf(lab, from))}`, from.site).href;
  const { clientWidth, clientHeight } = lab;
  return `<iframe src="${escaped(src)}" width="${clientWidth}" height="${clientHeight}" title="${escaped(title)}"></iframe>`;
}

/** What differs from the defaults, in the order in which a teacher would write it. */
export function settingsOf(lab: LabElement, { untouched }: Origin): Record<string, string> {
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
    if (value !== null) page[key] = value;
  }
  const start = page["start-at"];
  if (start && !/^\d+$/.test(start)) {
    // A snapshot brings its own settings, which are not those that the reader chose.
    if (untouched) page["start-at"] = new URL(start, location.href).href;
    else delete page["start-at"];
  }
  const said: Record<string, string> = { ...readHash(writeHash(config, model, page)) };
  const preset = findPreset(catalogue, said.preset);
  // What a preset says need not be said again.
  if (preset)
    for (const [key, value] of Object.entries(presetSaid(catalogue, preset)))
      if (said[key] === String(value)) delete said[key];
  return said;
}

/** As they were written, or as the figure stands now where it tells: it has values by the names of its attributes. */
function attributesOf(figure: Element): Record<string, string> {
  const said = Object.fromEntries([...figure.attributes].map(({ name, value }) => [name, value]));
  const { values = {} } = figure as { values?: Record<string, unknown> };
  const { observedAttributes = [] } = figure.constructor as { observedAttributes?: string[] };
  for (const name of observedAttributes) {
    const value = values[name];
    if (typeof value === "string") said[name] = value;
    else if (typeof value === "number") said[name] = brief(value);
    else if (Array.isArray(value)) said[name] = value.map(brief).join(" ");
  }
  return said;
}

const brief = (value: number) => String(Number(value.toPrecision(6)));

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
