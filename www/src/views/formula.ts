/** A formula. KaTeX is fetched only after training has begun. */
import katexCss from "katex/dist/katex.min.css?url";
import { css, html, LitElement, nothing } from "lit";
import { place, typeset } from "./typeset.ts";

export class Formula extends LitElement {
  static override properties = { source: { type: String }, ready: { type: Boolean } };
  declare source: string;
  /** Whether fetching may begin. */
  declare ready: boolean;

  static override styles = css`
    :host {
      display: block;
      min-height: 1.7em;
      overflow-x: auto;
      overflow-y: hidden;
      padding: 2px 0;
    }
    /* On a phone the longest just fit so. */
    @media (max-width: 400px) {
      :host {
        font-size: 95%;
      }
    }
  `;

  constructor() {
    super();
    this.source = "";
    this.ready = false;
  }

  protected override render() {
    return html`${this.ready ? html`<link rel="stylesheet" href=${katexCss} />` : nothing}<span role="math"></span>`;
  }

  protected override updated(): void {
    if (this.ready) void this.#typeset();
  }

  async #typeset(): Promise<void> {
    fontsIn(document);
    const { source } = this;
    const html = await typeset(source);
    const span = this.renderRoot.querySelector("span");
    // Another model may have been chosen meanwhile.
    if (span && source === this.source) place(html, span);
  }
}

/** Browsers ignore @font-face inside a shadow root: the document needs the style sheet too. */
function fontsIn(page: Document): void {
  if (page.querySelector("link[data-dgm-katex]")) return;
  const link = page.createElement("link");
  link.rel = "stylesheet";
  link.href = katexCss;
  link.dataset.dgmKatex = "";
  page.head.append(link);
}

customElements.define("dgm-formula", Formula);
