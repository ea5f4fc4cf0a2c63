/** The engine that a lab runs on, and why. */
import type { Session } from "../engine/session.ts";
import type { Trainer } from "../engine/trainer.ts";
import type { Backend } from "../engine/types.ts";
import { EngineMemory } from "./engine-memory.ts";
import { chooseEngine, openEngine, type Why } from "./open-engine.ts";

export class EngineChoice {
  why: Why = { code: "starting" };
  readonly #session: Session;
  readonly #trainer: Trainer;
  readonly #memory = new EngineMemory();
  /** The model that it was chosen for. */
  #model: string | undefined;

  constructor(session: Session, trainer: Trainer) {
    this.#session = session;
    this.#trainer = trainer;
  }

  async open(backend: Backend): Promise<void> {
    this.why = await openEngine(this.#session, backend);
  }

  /** Each model learns on the engine that is faster for it. Says whether anything was found out. */
  async suit(model: string): Promise<boolean> {
    if (model === this.#model) return false;
    this.#model = model;
    const before = this.#session.backend;
    const why = await chooseEngine(this.#session, this.#trainer, this.#memory);
    if (!why) this.#model = undefined;
    else this.why = why;
    // What steps and pictures cost is another matter there.
    if (this.#session.backend !== before) this.#trainer.governor.restart();
    return true;
  }
}
