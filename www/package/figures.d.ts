/** Five small figures that explain one thing each. */
export interface DgmFigure extends HTMLElement {
  lang: string;
  theme: "auto" | "light" | "dark";
  caption: string;
  /** Settles when the first numbers are on the page. */
  readonly ready: Promise<void>;
  /** Everything that the picture shows, as numbers, by the names of the attributes and more. */
  readonly values: object;
}

declare global {
  interface HTMLElementTagNameMap {
    "dgm-bars": DgmFigure;
    "dgm-bumps": DgmFigure;
    "dgm-curve": DgmFigure;
    "dgm-grid": DgmFigure;
    "dgm-unusual": DgmFigure;
  }
}
