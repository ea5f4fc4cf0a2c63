/** What is seen of a step over pictures: the batch on the upper sheet, and on the lower one, picture by picture, what is made of it. */
import type { Act, Slow } from "../engine/types.ts";
import type { Palette } from "../views/palette.ts";
import type { Pen } from "../views/pen.ts";
import { sheets } from "../views/picture-stage.ts";
import { printSheet, type Sheet } from "../views/prints.ts";
import { alike, longest } from "./draw.ts";

/** How many standard deviations of a latent have all their ink. */
const LATENT = 2.5;

export interface Stage {
  width: number;
  height: number;
  /** The value of full ink, in the reader's units. */
  most: number;
}

/** Draws deed number `at`, whose pictures have come `share` of their way. */
export function drawSheets(pen: Pen, slow: Slow, at: number, share: number, stage: Stage, colours: Palette): void {
  const { acts, dim } = slow;
  const [upper, lower] = sheets(stage.width, stage.height, { data: true, samples: true });
  const print = (sheet: Sheet, values: Float32Array, most: number, ink: string) =>
    printSheet(pen, values, dim, most, sheet, () => ink);
  const pictures = (sheet: Sheet, values: Float32Array, ink: string) =>
    print(sheet, inUnits(slow, values), stage.most, ink);
  // More than nothing in one ink, less in the other.
  const signed = (sheet: Sheet, values: Float32Array, most: number) => {
    print(sheet, values, most, colours.data);
    print(sheet, times(values, -1), most, colours.samples);
  };
  // A pixel is a slope of its own.
  const slopes = (sheet: Sheet, act: Act) => signed(sheet, act.arrows!, longest(slow, act, 1) || 1);

  const batch = acts.find(({ deed }) => deed === "batch");
  // Losses are told over what they are of.
  const act = acts.slice(0, at + 1).findLast(({ points }) => points)!;
  const come = act === acts[at] ? share : 1;
  const right = act.deed === "answer" ? acts.find((other) => other !== act && alike(other.deed, act.deed)) : undefined;

  if (right) slopes(upper, right);
  else if (act.deed === "update") pictures(upper, act.from!, colours.samples);
  else if (batch) pictures(upper, batch.points!, colours.data);

  if (act === batch) return;
  if (act.arrows) slopes(lower, act);
  else if (act.deed === "latents") signed(lower, times(act.points!, come), LATENT);
  else pictures(lower, between(act, come), act.deed === "noise" ? colours.walkers : colours.samples);
}

const times = (values: Float32Array, factor: number) => values.map((value) => factor * value);

/** Where pictures are that have come `share` of their way. */
function between({ points, from }: Act, share: number): Float32Array {
  if (!from) return points!;
  return from.map((start, i) => start + share * (points![i]! - start));
}

function inUnits({ dim, shift, scale }: Slow, values: Float32Array): Float32Array {
  return values.map((value, i) => shift[i % dim]! + scale[i % dim]! * value);
}
