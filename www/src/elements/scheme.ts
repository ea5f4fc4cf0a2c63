/** Whether what an element stands on is dark: by its `color-scheme`, which it has from the page, from any part of it, or from its own theme. */

/** What the style sheet gives this property where it is dark. It is drawn nowhere. */
const DARK = "rgb(0, 0, 0)";

export class Scheme {
  dark = false;
  readonly #host: HTMLElement;
  readonly #changed: () => void;

  constructor(host: HTMLElement, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
  }

  connect(): void {
    this.#host.addEventListener("transitionend", this.#heard);
  }

  disconnect(): void {
    this.#host.removeEventListener("transitionend", this.#heard);
  }

  /** To be called at the beginning and when it comes into sight: of what is not shown the browser tells nothing. */
  look(): void {
    const dark = getComputedStyle(this.#host).columnRuleColor === DARK;
    if (dark === this.dark) return;
    this.dark = dark;
    this.#changed();
  }

  /** The browser itself tells of every change, whatever its cause, by the end of a transition too short to be seen. */
  readonly #heard = ({ propertyName }: TransitionEvent): void => {
    if (propertyName === "column-rule-color") this.look();
  };
}
