/** Settings about classes that fit the data and one another, where what was asked for does not. */

import type { Config } from "../engine/types.ts";

/** All classes, as a value of `condition`. */
export const ALL = -1;

/** What says which classes are looked at. */
const LOOKED_AT = ["condition", "compose", "other"];

/** Holds `params` to data of so many classes, and tells what became of what did not fit. */
export function fitClasses(params: Record<string, number>, classes: number, told: (key: string, used: number) => void) {
  const settle = (key: string, used: number) => {
    params[key] = used;
    told(key, used);
  };
  if (params.conditional && classes === 0) settle("conditional", 0);
  const { conditional, condition = ALL } = params;
  if (condition !== ALL && (!conditional || condition >= classes)) settle("condition", ALL);
  if (condition !== ALL && params.compose && (params.other ?? 1) >= classes) settle("compose", 0);
}

/** What becomes of classes with a change: a model begins to be told them, or is asked for another. */
export function toldApart(before: Config | undefined, now: Config): "begun" | "moved" | undefined {
  if (!now.params.conditional) return undefined;
  if (!before?.params.conditional) return "begun";
  return LOOKED_AT.every((id) => before.params[id] === now.params[id]) ? undefined : "moved";
}

/** Whether a model is asked for another class, or more strongly: whoever asks waits for the samples. */
export function asksAnew(before: Config | undefined, { params }: Config): boolean {
  return [...LOOKED_AT, "guidance"].some((id) => before && before.params[id] !== params[id]);
}

/** Every class but those that are spoken of; none where all are. */
export function othersThan(config: Config | undefined, classes: number): ReadonlySet<number> {
  const { conditional, condition = ALL, compose, other = 1 } = config?.params ?? {};
  const all = Array.from({ length: classes }, (_, label) => label);
  const spoken = compose ? [condition, other] : [condition];
  return new Set(conditional && condition !== ALL ? all.filter((label) => !spoken.includes(label)) : []);
}
