/** The page: one lab, its configuration mirrored in the address. */

import { DgmLab } from "./elements/dgm-lab.ts";
import { strings } from "./i18n/index.ts";
import { findModel, type Lang, PAGE_KEYS } from "./state/config.ts";
import { readHash, writeHash } from "./state/hash.ts";

const lab = new DgmLab();
const opened = readHash(location.hash);
for (const [key, value] of Object.entries(opened)) {
  // What cannot be an attribute is still worth naming as dropped: it goes in under a name that can.
  lab.setAttribute(/^[a-z_][\w-]*$/i.test(key) ? key : "unknown", value);
}

/** Page keys that were asked for stay in the address; those at their defaults stay out. */
let written = "";
function mirror(): void {
  const { catalogue, config } = lab;
  const model = catalogue && findModel(catalogue, String(config.model));
  if (!model) return;
  const page: Record<string, string> = {};
  for (const key of Object.keys(PAGE_KEYS) as (keyof typeof PAGE_KEYS)[]) {
    const value = String(config[key]);
    if (value !== PAGE_KEYS[key][0] || key in opened) page[key] = value;
  }
  const hash = writeHash(config, model, page);
  if (hash === written) return;
  written = hash;
  history.replaceState(null, "", hash);
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
    if (name !== "lab-config" || written) mirror();
  });
}
lab.addEventListener("lab-ready", mirror);

// Another address in the same tab, by a link or by hand, opens what it says.
window.addEventListener("hashchange", () => {
  if (location.hash !== written) location.reload();
});

window.addEventListener("keydown", (event) => {
  const target = event.composedPath()[0];
  const taken =
    target instanceof Element && target.closest("input, textarea, select, button, summary, a, [role=button]");
  if (event.key !== " " || taken) return;
  event.preventDefault();
  // Held down it is one press.
  if (event.repeat) return;
  if (lab.playing) void lab.pause();
  else lab.play();
});

document.querySelector("main")?.replaceChildren(lab);
dress();
