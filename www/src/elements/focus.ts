/** Who works by keyboard keeps a place on the page: where the control in focus goes away, another one takes the focus. */

/** The next of its kind, what leads back, and what is always there. */
const HEIRS = ["add-panel", "beside", "play"];

export class Focus {
  #lost = false;

  /** Does what may take the control in focus off the page. */
  keep(root: ShadowRoot, update: () => void): void {
    const before = root.activeElement;
    update();
    if (before && !before.isConnected) this.#lost = true;
    // Whoever has gone elsewhere meanwhile stays there.
    if (document.activeElement !== document.body) this.#lost = false;
    if (!this.#lost) return;
    const heirs = HEIRS.map((id) => root.querySelector<HTMLElement>(`[data-testid="${id}"]:not(:disabled)`));
    const heir = heirs.find((found) => found !== null);
    if (!heir) return;
    this.#lost = false;
    heir.focus({ preventScroll: true });
  }
}
