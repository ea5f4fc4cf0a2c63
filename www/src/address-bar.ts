/** Keeps the address up to date, never faster than browsers allow: Safari throws past 100 changes in 30 s. */

const LEAST_MS = 400;
/** After a refusal the next try waits longer. */
const RETRY_MS = 1000;

export class AddressBar {
  #wanted = "";
  #written = "";
  #timer = 0;
  #next = 0;

  constructor() {
    // Whoever leaves within the wait takes the last address along.
    window.addEventListener("pagehide", () => this.#write());
  }

  /** Whether anything was ever written. */
  get used(): boolean {
    return this.#wanted !== "";
  }

  /** Whether the address says what was last asked for, or a change to it is on its way. */
  says(hash: string): boolean {
    return hash === this.#written || hash === this.#wanted;
  }

  set(hash: string): void {
    this.#wanted = hash;
    if (hash !== this.#written) this.#timer ||= window.setTimeout(() => this.#write(), this.#next - performance.now());
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#wanted === this.#written) return;
    try {
      history.replaceState(null, "", this.#wanted);
      this.#written = this.#wanted;
      this.#next = performance.now() + LEAST_MS;
    } catch {
      this.#next = performance.now() + RETRY_MS;
      this.set(this.#wanted);
    }
  }
}
