/** The declarations say what the elements are: this compiles only while they do. */
import type { DgmLab as Real } from "../src/elements/dgm-lab.ts";
import type { LabCalls } from "../src/engine/contract.ts";
import type { Bars } from "../src/figures/bars.ts";
import type { GivenData } from "../src/lab/given.ts";
import type { WordsFigure } from "../src/words/figure.ts";
import type { DgmLab, LabData } from "./dgm-lab.d.ts";
import type { DgmFigure } from "./figures.d.ts";

type Declared = Omit<DgmLab, keyof HTMLElement>;
/** Calls that take and give something else where a text is learned. */
type Twofold = "sample" | "logProb";
type Element = Omit<Real, Twofold> & { [K in Twofold]: Real[K] & WordsFigure[K] };

/** Fails to compile where `B` cannot stand for `A`. */
export type Is<A, B extends A> = [A, B];
export type Agreed = [
  Is<Declared, Pick<Element, keyof Declared>>,
  // Every call of the contract is declared.
  Is<keyof Declared, keyof LabCalls>,
  Is<GivenData, LabData>,
  Is<Omit<DgmFigure, keyof HTMLElement>, Pick<Bars, Exclude<keyof DgmFigure, keyof HTMLElement>>>,
];
