/** A formula. KaTeX is fetched after training has begun; until then the formula's own source stands in its place. */
import katexCss from "katex/dist/katex.min.css?url";
import { css, html, LitElement, nothing } from "lit";

export class Formula extends LitElement {
  static override properties = { source: { type: String }, ready: { type: Boolean } };
  declare source: string;
  /** Whether fetching may begin. */
  declare ready: boolean;

  static override styles = css`
    :host {
      display: block;
      overflow-x: auto;
      overflow-y: hidden;
      padding: 2px 0;
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
    const { default: katex } = await import("katex");
    const place = this.renderRoot.querySelector("span");
    if (place) katex.render(this.source, place, { throwOnError: false, displayMode: false });
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
