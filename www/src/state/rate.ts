/** Steps a second, measured over about a second so that the number can be read. */
const WINDOW_MS = 1200;

export class Rate {
  #seen: { step: number; at: number }[] = [];
  value = 0;

  saw(step: number, at: number): void {
    // A gap (a pause, a long evaluation) is no part of the pace.
    if (at - (this.#seen.at(-1)?.at ?? at) > WINDOW_MS) this.#seen = [];
    this.#seen.push({ step, at });
    while (this.#seen.length > 2 && at - this.#seen[0]!.at > WINDOW_MS) this.#seen.shift();
    const first = this.#seen[0]!;
    if (at - first.at > WINDOW_MS / 4) this.value = (1000 * (step - first.step)) / (at - first.at);
  }

  clear(): void {
    this.#seen = [];
    this.value = 0;
  }
}
