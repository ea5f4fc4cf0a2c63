/** From one model to several side by side, and back: what that needs is fetched when it is asked for. */
import { html, type LitElement } from "lit";
import type { PanelState, Panels } from "../compare/panels.ts";
import type { Ways } from "../controls/ways.ts";
import { errorFrom } from "../engine/errors.ts";
import { SerialQueue } from "../engine/queue.ts";
import type { StoreHost } from "../lab/host.ts";
import type { Store } from "../lab/store.ts";
import type { Raw } from "../state/config.ts";
import type { Layout } from "./layout.ts";

export interface SeveralHost {
  /** What the element was asked for. */
  raw(): Raw;
  /** Whether it is seen. */
  awake(): boolean;
  emit: StoreHost["emit"];
}

export class Several {
  panels: Panels | undefined;
  /** One change after another: what a second press asks for begins when the first has been done. */
  readonly #jobs = new SerialQueue();
  #code: Promise<typeof import("../compare/index.ts")> | undefined;
  readonly #store: Store;
  readonly #layout: Layout;
  readonly #element: LitElement;
  readonly #host: SeveralHost;

  constructor(store: Store, layout: Layout, element: LitElement, host: SeveralHost) {
    this.#store = store;
    this.#layout = layout;
    this.#element = element;
    this.#host = host;
    const attempt = (work: Promise<void>) => void work.catch((error) => store.fail(errorFrom(error)));
    Object.assign(layout.ways, {
      compare: (line) => attempt(line === "" ? this.#jobs.run(() => this.#besides()) : this.become(line)),
      experiment: () => attempt(this.experiment()),
    } satisfies Ways);
  }

  get states(): PanelState[] {
    const stores = this.panels?.stores ?? [this.#store];
    return stores.map(({ said, step, metrics, history }) => ({ config: said, step, metrics, history: history.past }));
  }

  /** Shows the models that a line names, or one where it is empty. */
  become(line: string): Promise<void> {
    return this.#jobs.run(() => (line.trim() === "" ? this.#alone() : this.#become(line)));
  }

  async #become(line: string): Promise<void> {
    this.panels ??= await this.#open();
    const dropped = await this.panels.become(line);
    if (dropped.length === 0) return;
    this.#store.warn("dropped", (words) => words.message.panels_dropped(dropped.join(", ")));
  }

  /** Opens the page of an experiment, with a table or none; what learns here rests while its runs go. */
  async experiment(table?: Blob): Promise<void> {
    const { catalogue, config, lang, theme, trainer } = this.#store;
    const { openExperiment } = await import("../sweep/panel.ts");
    const setup = {
      catalogue: catalogue!,
      lang,
      theme,
      dark: this.#layout.dark,
      model: config!.model,
      data: config!.data,
      names: new Map(
        [this.#store, ...(this.panels?.stores ?? [])].flatMap(({ metrics }) =>
          metrics.map(({ id, label }) => [id, label] as const),
        ),
      ),
    };
    openExperiment(setup, async () => (this.panels ?? trainer).pause(), table);
  }

  /** What stands there, with all that it has learned, and another model beside it. */
  async #besides(): Promise<void> {
    this.panels ??= await this.#open();
    this.#element.requestUpdate();
    await this.panels.add();
  }

  /** Several are asked for from the start: their code comes while the engine starts. */
  hurry(): void {
    // Until then one model must not flash up.
    this.#layout.board ??= ({ head }) => html`<div class="lab all">${head}</div>`;
    this.#code ??= import("../compare/index.ts");
    this.#code.catch(() => {
      this.#code = this.#layout.board = undefined;
      this.#element.requestUpdate();
    });
  }

  async #open(): Promise<Panels> {
    const store = this.#store;
    this.hurry();
    const { sideBySide } = await this.#code!;
    const { panels, render } = sideBySide(store, this.#element, this.#host.raw(), {
      emit: this.#host.emit,
      alone: (key) => void this.#jobs.run(() => this.#alone(key)).catch((error) => store.fail(errorFrom(error))),
    });
    this.#layout.board = render;
    if (store.engine.why.code === "starting") store.engine.why = { code: "compared" };
    if (this.#host.awake()) panels.wake();
    return panels;
  }

  /** One model again: the leading one, or that of a panel with all that it has learned. */
  async #alone(key?: number): Promise<void> {
    const { panels } = this;
    if (!panels) return;
    const { playing } = panels;
    const rest = panels.pause();
    const { pauses } = panels;
    await rest;
    await panels.leave(key);
    this.panels = this.#layout.board = undefined;
    const { engine } = this.#store;
    if (engine.why.code === "compared") engine.why = { code: "starting" };
    this.#host.emit("config", this.#store.said);
    this.#element.requestUpdate();
    // Unless somebody has paused it meanwhile.
    if (playing && panels.pauses === pauses) this.#store.trainer.play();
  }
}
