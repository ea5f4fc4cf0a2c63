/** What is said and drawn of one moment of a run: sentences and charts change more seldom than the run does. */
import type { ChartSpecs } from "../controls/charts.ts";
import { lateSpecs } from "../controls/late-specs.ts";
import { statusLine } from "../lab/status.ts";
import type { Store } from "../lab/store.ts";
import { Paced } from "./paced.ts";

/** A sentence that changes faster than this cannot be read, and one that is read out to a listener is to be rarer still. */
const STATUS_MS = 4000;
const SPOKEN_MS = 20_000;
const CHARTS_MS = 500;

export class Moments {
  readonly #store: Store;
  readonly #again: () => void;
  readonly #status = new Paced<string>(STATUS_MS);
  readonly #spoken = new Paced<string>(SPOKEN_MS);
  readonly #specs = new Paced<ChartSpecs>(CHARTS_MS);
  #said = "";

  constructor(store: Store, again: () => void) {
    this.#store = store;
    this.#again = again;
  }

  /** What can be read beside the numbers on the page, of the same moment whenever a score comes. */
  get status(): string {
    return this.#status.get([...this.#moment(), this.#store.metrics], () => statusLine(this.#store));
  }

  /** Of a pause only what stands at its end, its scores with it. */
  get spoken(): string {
    if (!this.#store.trainer.settling) this.#said = this.#spoken.get(this.#moment(), () => statusLine(this.#store));
    return this.#said;
  }

  /** Nothing until what draws them is fetched. */
  charts(dark: boolean): ChartSpecs | undefined {
    const code = this.#store.model && lateSpecs(this.#again);
    if (!code) return undefined;
    const { chartSpecs, chartView } = code;
    return this.#specs.get([...this.#moment(), dark, chartView.key], () => chartSpecs(this.#store, dark));
  }

  /** While this is the same, what was said or drawn may stand a little longer. At rest all counts; words may come late. */
  #moment(): unknown[] {
    const { lang, text, config, trainer, step, metrics, data, own } = this.#store;
    const state = trainer.playing ? ["playing", step === 0] : ["resting", step, metrics, data, own.learned];
    return [lang, text, config?.data, config?.model, ...state];
  }
}
