/** Every key of the page, once: the page obeys this table, and the list on `?` is made from it. */

import type { Zoom } from "../controls/zoom.ts";
import type { SlowBar } from "../slow/bar.ts";
import type { Share } from "../views/box.ts";

/** What a key may ask of a lab. */
export interface KeyedLab extends HTMLElement {
  readonly renderRoot: ParentNode & Node;
  readonly playing: boolean;
  readonly config: Record<string, string | number>;
  readonly history: readonly { step: number }[];
  timeline(): Promise<number[]>;
  go(step: number): Promise<unknown>;
}

export const KEY_IDS = [
  "play",
  "step",
  "slow",
  "deed",
  "back",
  "slower",
  "faster",
  "probe",
  "beside",
  "all",
  "one",
  "experiment",
  "take",
  "film",
  "closer",
  "farther",
  "whole",
  "move",
  "full",
  "theme",
  "list",
] as const;
export type KeyId = (typeof KEY_IDS)[number];

export const GROUPS = ["learn", "look", "page"] as const;

export interface Key {
  id: KeyId;
  /** As `KeyboardEvent.key` has them. */
  keys: readonly string[];
  group: (typeof GROUPS)[number];
  /** Whether it does anything as the page is now. */
  here(lab: KeyedLab): boolean;
  act(lab: KeyedLab, key: string): void;
}

/** The share of a picture that one press moves it by. */
const STRIDE = 0.2;
const WAYS: Record<string, Share> = {
  "Shift+ArrowLeft": [-STRIDE, 0],
  "Shift+ArrowRight": [STRIDE, 0],
  "Shift+ArrowUp": [0, STRIDE],
  "Shift+ArrowDown": [0, -STRIDE],
};

/** The list itself is opened by who reads the table. */
export const KEYS: readonly Key[] = [
  {
    id: "play",
    keys: [" "],
    group: "learn",
    here: (lab) => has("play")(lab) || has("pause")(lab),
    act: (lab) => {
      const slow = slowBar(lab);
      if (slow) slow.toggle();
      else press(lab, lab.playing ? "pause" : "play");
    },
  },
  { id: "step", keys: ["."], group: "learn", ...control("step") },
  { id: "slow", keys: ["m"], group: "learn", ...control("slow") },
  {
    id: "deed",
    keys: ["ArrowLeft", "ArrowRight"],
    group: "learn",
    here: (lab) => slowBar(lab) !== null,
    act: (lab, key) => slowBar(lab)?.go(key === "ArrowLeft" ? -1 : 1),
  },
  {
    id: "back",
    keys: [","],
    group: "learn",
    here: ({ renderRoot }) => renderRoot.querySelector("dgm-timeline") !== null,
    act: back,
  },
  { id: "slower", keys: ["<", "["], group: "learn", here: has("speed"), act: (lab) => slide(lab, "speed", -1) },
  { id: "faster", keys: [">", "]"], group: "learn", here: has("speed"), act: (lab) => slide(lab, "speed", 1) },
  { id: "probe", keys: ["p"], group: "look", ...control("probing") },
  { id: "closer", keys: ["+", "="], group: "look", ...zoomer((zoom) => zoom.press(1)) },
  { id: "farther", keys: ["-"], group: "look", ...zoomer((zoom) => zoom.press(-1)) },
  { id: "whole", keys: ["0"], group: "look", ...zoomer((zoom) => zoom.whole()) },
  { id: "move", keys: Object.keys(WAYS), group: "look", ...zoomer((zoom, key) => zoom.pan(WAYS[key]!)) },
  { id: "full", keys: ["f"], group: "look", ...zoomer((zoom) => void zoom.full()) },
  { id: "beside", keys: ["b"], group: "page", ...control("beside", "add-panel") },
  { id: "all", keys: ["a"], group: "page", ...control("all") },
  { id: "one", keys: ["o"], group: "page", ...control("one-model") },
  { id: "experiment", keys: ["x"], group: "page", ...control("experiment") },
  { id: "take", keys: ["s"], group: "page", ...control("take") },
  {
    id: "film",
    keys: ["r"],
    group: "page",
    here: (lab) => filming(lab) !== undefined,
    act: (lab) => filming(lab)?.click(),
  },
  { id: "theme", keys: ["d"], group: "page", ...control("theme") },
  { id: "list", keys: ["?"], group: "page", ...control("keys") },
];

/** A key that presses the first of these controls that is there and can be pressed. */
function control(...ids: string[]): Pick<Key, "here" | "act"> {
  return {
    here: (lab) => ids.some((id) => find(lab, id) !== undefined),
    act: (lab) =>
      ids
        .map((id) => find(lab, id))
        .find((found) => found !== undefined)
        ?.click(),
  };
}

function has(id: string): Key["here"] {
  return (lab) => find(lab, id) !== undefined;
}

function press(lab: KeyedLab, id: string): void {
  find(lab, id)?.click();
}

/** The button that records. */
function filming({ renderRoot }: KeyedLab): HTMLElement | undefined {
  return renderRoot.querySelector("dgm-film")?.shadowRoot?.querySelector("button") ?? undefined;
}

function slide(lab: KeyedLab, id: string, by: number): void {
  const input = find(lab, id) as HTMLInputElement | undefined;
  if (!input) return;
  input.valueAsNumber += by;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

const slowBar = ({ renderRoot }: KeyedLab) => renderRoot.querySelector<SlowBar>("dgm-slow:defined");

function zoomer(act: (zoom: Zoom, key: string) => void): Pick<Key, "here" | "act"> {
  const zoom = ({ renderRoot }: KeyedLab) => renderRoot.querySelector<Zoom>("dgm-zoom:defined");
  return {
    here: (lab) => zoom(lab) !== null,
    act: (lab, key) => {
      const found = zoom(lab);
      if (found) act(found, key);
    },
  };
}

/** To the state before this one that the run keeps. */
async function back(lab: KeyedLab): Promise<void> {
  const at = lab.history.at(-1)?.step ?? 0;
  const before = (await lab.timeline()).findLast((step) => step < at);
  // What cannot be done is on the page.
  if (before !== undefined) await lab.go(before).catch(() => undefined);
}

/** A control by the name that tests know it by too; none where it cannot be used. What learns a text has its controls in a view of its own. */
function find({ renderRoot }: KeyedLab, id: string): HTMLElement | undefined {
  const roots = [renderRoot, renderRoot.querySelector("dgm-words")?.shadowRoot];
  const found = roots.map((root) => root?.querySelector<HTMLElement>(`[data-testid="${id}"]:not(:disabled)`));
  return found.find((control) => control) ?? undefined;
}
