/** What is seen of a step over pictures: the batch on the upper sheet, and on the lower one, picture by picture, what is made of it. */
import type { Act, Slow } from "../engine/types.ts";
import type { Palette } from "../views/palette.ts";
import type { Pen } from "../views/pen.ts";
import { sheets } from "../views/picture-stage.ts";
import { printSheet, type Sheet } from "../views/prints.ts";
import { alike, long } from "./draw.ts";

/** How many standard deviations of a latent have all their ink. */
const LATENT = 2.5;

export interface Stage {
  width: number;
  height: number;
  /** The value of full ink, in the reader's units. */
  most: number;
}

type Print = (sheet: Sheet) => void;

/** Draws deed number `at`, whose pictures have come `share` of their way. */
export function drawSheets(pen: Pen, slow: Slow, at: number, share: number, stage: Stage, colours: Palette): void {
  const { acts, dim } = slow;
  const [upper, lower] = sheets(stage.width, stage.height, { data: true, samples: true });
  const ink =
    (values: Float32Array, colour: string): Print =>
    (sheet) =>
      printSheet(pen, inUnits(slow, values), dim, stage.most, sheet, () => colour);
  // More than nothing in one ink, less in the other.
  const signed =
    (values: Float32Array, most: number): Print =>
    (sheet) => {
      printSheet(pen, values, dim, most, sheet, () => colours.data);
      printSheet(
        pen,
        values.map((value) => -value),
        dim,
        most,
        sheet,
        () => colours.samples,
      );
    };
  const slope = (act: Act) => signed(act.arrows!, longest(slow, act));

  const batch = acts.find(({ deed }) => deed === "batch");
  // Losses are told over what they are of.
  const act = acts.slice(0, at + 1).findLast(({ points }) => points)!;
  const come = act === acts[at] ? share : 1;
  const right = act.deed === "answer" ? acts.find((other) => other !== act && alike(other.deed, act.deed)) : undefined;

  if (right) slope(right)(upper);
  else if (act.deed === "update") ink(act.from!, colours.samples)(upper);
  else if (batch) ink(batch.points!, colours.data)(upper);

  if (act === batch) return;
  if (act.arrows) slope(act)(lower);
  else if (act.deed === "latents")
    signed(
      act.points!.map((value) => come * value),
      LATENT,
    )(lower);
  else ink(between(act, come), act.deed === "noise" ? colours.walkers : colours.samples)(lower);
}

/** Where pictures are that have come `share` of their way. */
function between({ points, from }: Act, share: number): Float32Array {
  if (!from) return points!;
  return from.map((start, i) => start + share * (points![i]! - start));
}

function inUnits({ dim, shift, scale }: Slow, values: Float32Array): Float32Array {
  return values.map((value, i) => shift[i % dim]! + scale[i % dim]! * value);
}

/** Full ink of slopes that are drawn alike: what nine in ten of their pixels do not pass. */
function longest({ acts }: Slow, act: Act): number {
  const slopes = acts.filter(({ deed, arrows }) => arrows && (deed === act.deed || alike(deed, act.deed)));
  return Math.max(...slopes.map(({ arrows }) => long(arrows!, 1))) || 1;
}
