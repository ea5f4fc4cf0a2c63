/** The page: one lab, its configuration mirrored in the address. */

import { AddressBar } from "./address-bar.ts";
import { DgmLab } from "./elements/dgm-lab.ts";
import type { Catalogue } from "./engine/types.ts";
import { strings } from "./i18n/index.ts";
import { findModel, type Lang, PAGE_KEYS } from "./state/config.ts";
import { readHash, writeHash } from "./state/hash.ts";
import { LESSON_KEYS } from "./state/lesson.ts";
import { FAMILIES, sharedIds } from "./state/panels.ts";

const lab = new DgmLab();
const opened = readHash(location.hash);
// Who comes without an address sees one model of each family.
lab.opening = Object.keys(opened).length > 0 ? opened : { panels: FAMILIES };
const address = new AddressBar(mirror);
/** The last settings with the own data that belong to them. */
let mirrored = { hash: "", whole: "" };
let asked = "";

/** Page keys that were asked for stay in the address; those at their defaults stay out. */
function mirror(): void {
  const { catalogue, config } = lab;
  const model = catalogue && findModel(catalogue, String(config.model));
  if (!model) return;
  const page: Record<string, string> = {};
  for (const key of Object.keys(PAGE_KEYS) as (keyof typeof PAGE_KEYS)[]) {
    const value = String(config[key]);
    if (value !== PAGE_KEYS[key][0] || key in opened) page[key] = value;
  }
  for (const key of LESSON_KEYS) if (opened[key] !== undefined) page[key] = opened[key];
  // What is looked at, and how fast, may be another by now; an address that says what is shown says how much is around it.
  for (const key of ["show", "speed"]) delete page[key];
  Object.assign(page, lab.view);
  if (page.show) page.controls = String(config.controls);
  if (config.panels !== undefined) page.panels = String(config.panels);
  const hash = writeHash(config.panels === undefined ? config : sharedOf(config, catalogue), model, page);
  address.set(hash === mirrored.hash ? mirrored.whole : hash);
  asked = hash;
  // Own data are packed first, and what is asked for may have changed again by then.
  if (config.data !== "custom") return;
  void lab.roomy(hash).then(
    (whole) => {
      if (hash !== asked) return;
      mirrored = { hash, whole };
      address.set(whole);
    },
    // Where the site is out of reach the settings are there without them.
    () => undefined,
  );
}

/** Of models side by side only what all of them have; the rest stands in their own line. */
function sharedOf(config: DgmLab["config"], catalogue: Catalogue): DgmLab["config"] {
  const keys = ["data", "seed", "mixture", ...sharedIds(catalogue, String(config.model))];
  return Object.fromEntries(Object.entries(config).filter(([key]) => keys.includes(key)));
}

function dress(): void {
  const { lang, theme } = lab.config;
  document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
  document.documentElement.dataset.theme = String(theme);
  document.title = strings(lang as Lang).title;
}

for (const name of ["lab-ready", "lab-config", "lab-page"]) {
  lab.addEventListener(name, () => {
    dress();
    if (name !== "lab-config" || address.used) mirror();
  });
}
lab.addEventListener("lab-ready", mirror);
// The first seconds belong to what the reader looks at.
const OFFLINE_MS = 3000;
const keep = async () => (await import("./offline.ts")).keepForOffline(new URL("./", document.baseURI).href);
lab.addEventListener("lab-ready", () => setTimeout(keep, OFFLINE_MS), { once: true });

// Another address in the same tab, by a link or by hand, opens what it says.
window.addEventListener("hashchange", () => {
  if (!address.says(location.hash)) location.reload();
});

// What the keys do is fetched after the first seconds, or with the first of them.
let keys: typeof import("./keys/index.ts") | undefined;
const fetchKeys = async () => {
  keys ??= await import("./keys/index.ts");
  return keys;
};
lab.keys = () => void import("./keys/list.ts").then(({ openKeys }) => openKeys(lab));
lab.addEventListener("lab-step", () => setTimeout(fetchKeys, OFFLINE_MS), { once: true });
window.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return;
  const path = event.composedPath();
  if (keys) return keys.pressed(event, path, lab);
  // The browser would scroll before the answer is there.
  if (event.key === " " && path[0] === document.body) event.preventDefault();
  void fetchKeys().then(
    ({ pressed }) => pressed(event, path, lab),
    // Where the site is out of reach the keys are the browser's.
    () => undefined,
  );
});

// What is dropped beside the lab or pasted on the page is meant for it; the browser would open a dropped file instead.
for (const name of ["dragover", "drop", "paste"] as const) {
  document.addEventListener(name, (event) => {
    if (event.composedPath().includes(lab)) return;
    lab.offer(event);
    if (name === "drop") event.preventDefault();
  });
}

document.querySelector("main")?.replaceChildren(lab);
dress();
