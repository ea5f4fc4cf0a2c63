/** embed.html: one lab in a frame, driven by its hash and by messages from the one origin its `parent` parameter names. */

import { naturalHeight } from "../elements/box.ts";
import { DgmLab } from "../elements/dgm-lab.ts";
import { LAB_CALLS, LAB_READS } from "../engine/contract.ts";
import { errorFrom, LabError } from "../engine/errors.ts";
import { readHash } from "../state/hash.ts";

interface Call {
  dgm: 1;
  id: number | string;
  call: string;
  args?: unknown[];
}

const EVENTS = ["lab-ready", "lab-warning", "lab-error", "lab-backend", "lab-state", "lab-goal"] as const;

const { parent: origin = "", ...raw } = readHash(location.hash);
const lab = new DgmLab();
lab.opening = { controls: "basic", ...raw };

async function answer({ call, args = [] }: Call): Promise<unknown> {
  if (!Array.isArray(args)) throw new LabError("bad_request", "args must be a list of the call's arguments.");
  await lab.ready;
  const read = LAB_READS.find((name) => name === call);
  if (read) return lab[read];
  const name = LAB_CALLS.find((known) => known === call);
  if (!name) throw new LabError("unknown_id", `There is no call named "${call.slice(0, 40)}".`);
  return (lab[name] as (...args: unknown[]) => unknown).apply(lab, args);
}

function tell(message: Record<string, unknown>): void {
  if (origin && window.parent !== window) window.parent.postMessage({ dgm: 1, ...message }, origin);
}

window.addEventListener("message", async ({ data, origin: from, source }: MessageEvent<Call>) => {
  // Nobody else may drive the lab, not even by guessing the format.
  if (!origin || from !== origin || source !== window.parent || data?.dgm !== 1 || typeof data.call !== "string")
    return;
  try {
    tell({ id: data.id, result: await answer(data) });
  } catch (error) {
    const { code, message } = errorFrom(error);
    tell({ id: data.id, error: { code, message } });
  }
});

for (const name of EVENTS) {
  lab.addEventListener(name, (event) => tell({ event: name, detail: (event as CustomEvent).detail }));
}

/** What the frame would have to be high for everything in it to show. */
function tellHeight(): void {
  const whole = lab.config.controls === "all";
  tell({ event: "height", height: whole ? document.documentElement.scrollHeight : naturalHeight(innerWidth) });
}

/** The page around a figure is as light or dark as the figure is told to be. */
function dress(): void {
  const { lang, theme } = lab.config;
  document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
  document.documentElement.dataset.theme = String(theme);
}
for (const name of ["lab-ready", "lab-page"]) lab.addEventListener(name, dress);

// A link or the page around may name another figure.
window.addEventListener("hashchange", () => location.reload());

document.querySelector("main")!.append(lab);
new ResizeObserver(tellHeight).observe(lab);
