/**
 * The second part of an engine's code, which its first steps do without: it comes a moment after the first step, out of the way of the first
 * picture, or with the first call that needs it.
 */
import { LabError, PART_MISSING } from "./errors.ts";

const MOMENT_MS = 600;

export class Rest {
  readonly #rest: string | WebAssembly.Module;
  #first: WebAssembly.Exports | undefined;
  #asked = false;
  #coming: Promise<void> | undefined;
  #there = false;

  /** Its address, or the code itself where that is at hand. */
  constructor(rest: string | WebAssembly.Module) {
    this.#rest = rest;
  }

  /** The part that is there, once it is. */
  joins(first: WebAssembly.Exports): void {
    this.#first = first;
    if (typeof this.#rest !== "string") this.#join(this.#rest);
  }

  soon(): void {
    if (this.#asked || this.#there) return;
    this.#asked = true;
    // Where it fails, the call that needs it tries again, and says so.
    setTimeout(() => void this.#come().catch(() => undefined), MOMENT_MS);
  }

  /** For a call that goes on with it: nothing else runs here until it is there. */
  readonly now = (): void => {
    const request = new XMLHttpRequest();
    try {
      request.open("GET", String(this.#rest), false);
      request.responseType = "arraybuffer";
      request.send();
      if (request.status !== 200) throw new Error(`${request.status} ${request.statusText}`.trim());
      this.#join(new WebAssembly.Module(request.response as ArrayBuffer));
    } catch (error) {
      // In the middle of a call it is as good as a trap.
      const reason = error instanceof Error ? error.message : String(error);
      throw new WebAssembly.RuntimeError(`A part of the engine cannot be loaded: ${reason}`);
    }
  };

  /** For a call that can wait for it, and be refused without harm. */
  async here(): Promise<void> {
    this.#asked = true;
    if (!this.#there) await this.#come().catch(() => undefined);
    if (!this.#there) throw new LabError(PART_MISSING, "A part of the engine cannot be loaded.");
  }

  async #come(): Promise<void> {
    if (this.#there) return;
    this.#coming ??= this.#fetch().finally(() => {
      this.#coming = undefined;
    });
    await this.#coming;
  }

  async #fetch(): Promise<void> {
    const answer = await fetch(String(this.#rest));
    if (answer.ok) this.#join(await WebAssembly.compile(await answer.arrayBuffer()));
  }

  /** Puts its functions where the first part looks for them. */
  #join(module: WebAssembly.Module): void {
    if (this.#there) return;
    new WebAssembly.Instance(module, { first: this.#first! });
    this.#there = true;
  }
}
