/** What a lab can be asked about its model and its run: the calls of the public element that go straight to these. */
import { LabError } from "../engine/errors.ts";
import type { DataPicture, Fill, Path, Probe, Shaped, Slice, Slow } from "../engine/types.ts";
import { wholeNumber } from "../engine/whole.ts";
import type { Branch } from "../lab/branch.ts";
import { classesOf } from "../lab/condition.ts";
import type { GivenData } from "../lab/given.ts";
import type { Store } from "../lab/store.ts";
import { Drawn } from "./drawn.ts";

/** What one call may draw. */
const MOST_SAMPLES = 100_000;

export abstract class Asking extends Drawn {
  /** Does what is asked of the lab; a refusal is told to the caller and shown on the page. */
  protected abstract asked<T>(work: (store: Store) => Promise<T>): Promise<T>;

  /** Of P(x), or of the classes asked for. */
  sample(n: number, { condition }: { condition?: unknown } = {}): Promise<Shaped> {
    return this.asked(async ({ session }) => session.ask("sample", wholeNumber(n, MOST_SAMPLES), classesOf(condition)));
  }

  /** log P(x), or that of the classes asked for. */
  logProb(points: ArrayLike<number>, { condition }: { condition?: unknown } = {}) {
    return this.asked(async ({ session }) => session.ask("logProb", numbersOf(points), classesOf(condition)));
  }

  /** log P(y|x) for every class, by Bayes' rule. */
  classify(points: ArrayLike<number>) {
    return this.asked(({ session }) => session.ask("classify", numbersOf(points)));
  }

  /** Where points, row by row, stand on their way through the model: data on the way to their latents, or latents on the way to data. */
  path(points: ArrayLike<number>, toward: "latent" | "data" = "latent"): Promise<Path> {
    return this.asked(({ session }) => session.ask("path", numbersOf(points), toward));
  }

  /** All that the model says of points, given row by row. Looking changes nothing. */
  probe(points: ArrayLike<number>): Promise<Probe> {
    return this.asked(({ session }) => session.ask("probe", numbersOf(points)));
  }

  /** At most `n` points that were kept back from learning. */
  heldOut(n: number): Promise<DataPicture> {
    return this.asked(async ({ session }) => session.ask("heldOut", wholeNumber(n, MOST_SAMPLES)));
  }

  /** The density of one coordinate of the plane where the other, `given` (0 or 1), is `at`. */
  slice(at: number, given = 0): Promise<Slice> {
    return this.asked(({ session }) => session.ask("slice", at, given));
  }

  /** Draws of the coordinates of `point` that are not `known` (1, 0), given those that are. */
  fill(point: ArrayLike<number>, known: ArrayLike<number | boolean>, n = 6, seed = 1): Promise<Fill> {
    const mask = Uint8Array.from(known, Number);
    return this.asked(({ session }) => session.ask("fill", numbersOf(point), mask, n, seed));
  }

  setData(given: GivenData): Promise<void> {
    return this.asked(async (store) => (await import("../lab/bring.ts")).learnGiven(store, given));
  }

  snapshot(): Promise<Uint8Array> {
    return this.asked(({ session }) => session.snapshot().then((bytes) => bytes.slice()));
  }

  restore(bytes: Uint8Array | ArrayBuffer): Promise<void> {
    return this.asked((store) => store.restore(bytesOf(bytes)));
  }

  /** Steps that can be gone to, rising; the present is one of them. */
  timeline(): Promise<number[]> {
    return this.asked(({ session }) => session.ask("timeline"));
  }

  /** The half of a step that is next, a discriminator's or a generator's; nothing to tell before the step is over. */
  halfStep(): Promise<{ step: number; losses: number[] } | undefined> {
    return this.asked((store) => store.halfStep());
  }

  /** What the next step, or the half of one that is left, is going to do, deed by deed. Looking changes nothing. */
  slow(): Promise<Slow> {
    return this.asked(({ session }) => session.ask("slow"));
  }

  /** What another figure needs to go on from `step`: the settings of then, and a state for `restore`. This one stays where it is. */
  branch(step: number): Promise<Branch> {
    return this.asked(async (store) => {
      const at = stepOf(step);
      return (await import("../lab/branch.ts")).branchAt(store, at);
    });
  }
}

/** Points row by row, as one list of numbers. */
function numbersOf(points: ArrayLike<number>): Float64Array {
  const numbers = Array.isArray(points) && points.every((value) => typeof value === "number");
  if (numbers || ArrayBuffer.isView(points)) return Float64Array.from(points);
  throw new LabError("bad_request", "Points are one list of numbers, row by row: [x1, x2, x1, x2, …].");
}

function bytesOf(bytes: Uint8Array | ArrayBuffer): Uint8Array {
  if (bytes instanceof Uint8Array) return bytes;
  if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes);
  throw new LabError("bad_snapshot", "A snapshot is what lab.snapshot() gave: its bytes, as a Uint8Array.");
}

/** A step that can be asked for. */
export function stepOf(step: number): number {
  if (Number.isInteger(step) && step >= 0) return step;
  const max = Number.POSITIVE_INFINITY;
  const message = `step must be a whole number from 0, not ${step}.`;
  throw new LabError("out_of_range", message, { id: "step", value: step, min: 0, max });
}
