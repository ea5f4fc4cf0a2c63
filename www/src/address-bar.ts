/** Keeps the address up to date, never faster than browsers allow: Safari throws past 100 changes in 30 s. */

/** While a pointer is held down, and once it has let go. */
const HELD_MS = 1000;
const FREE_MS = 330;

export class AddressBar {
  #wanted = "";
  #written = "";
  #timer = 0;
  #tried = Number.NEGATIVE_INFINITY;
  #wait = FREE_MS;

  /** `ask` sets what the address should say by now. */
  constructor(ask: () => void) {
    // Whoever leaves or prints within the wait takes the last address along.
    for (const name of ["pagehide", "beforeprint"]) {
      window.addEventListener(name, () => {
        ask();
        this.#write();
      });
    }
    const held = (wait: number) => () => {
      this.#wait = wait;
      if (this.#timer) this.#plan();
    };
    window.addEventListener("pointerdown", held(HELD_MS), true);
    for (const name of ["pointerup", "pointercancel", "blur"]) window.addEventListener(name, held(FREE_MS), true);
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
    if (hash !== this.#written && !this.#timer) this.#plan();
  }

  #plan(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#write(), this.#tried + this.#wait - performance.now());
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#wanted === this.#written) return;
    this.#tried = performance.now();
    try {
      history.replaceState(null, "", this.#wanted);
      this.#written = this.#wanted;
    } catch {
      // Refused: again a moment later, as the browser counts its half minute.
      this.#tried += HELD_MS;
      this.#plan();
    }
  }
}
