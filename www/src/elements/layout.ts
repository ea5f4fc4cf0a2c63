/** How the parts of a lab lie on the page: the picture first, everything else around it. */
import { html, type LitElement, nothing } from "lit";
import { type ChartSpecs, chartSpecs, charts } from "../controls/charts.ts";
import { compactChoosers, modelChooser } from "../controls/choosers.ts";
import { dataChooser } from "../controls/data-chooser.ts";
import { diagnosisStrip } from "../controls/diagnosis.ts";
import { layerSwitches, legend } from "../controls/legend.ts";
import { mixtureEditor, mixtureTools } from "../controls/mixture-tools.ts";
import { oneSetting, settingsPanel } from "../controls/params.ts";
import { presetChooser } from "../controls/presets.ts";
import { engineBadge, klLine, scores } from "../controls/scores.ts";
import { sideView } from "../controls/side.ts";
import { languageSwitch, themeSwitch } from "../controls/switches.ts";
import { transport } from "../controls/transport.ts";
import { useDrawn } from "../lab/actions.ts";
import { statusLine } from "../lab/status.ts";
import type { Store } from "../lab/store.ts";
import "../controls/draw-pad.ts";
import "../views/formula.ts";
import "../views/line-stage.ts";
import "../views/picture-stage.ts";
import "../views/plane-stage.ts";

/** A live region that changes faster than this cannot be listened to. */
const STATUS_MS = 4000;
const CHARTS_MS = 500;
/** From this width on the folds are always open. */
const WIDE = 900;

export class Layout {
  readonly #store: Store;
  readonly #host: LitElement;
  #wide = true;
  #status = "";
  #statusKey = "";
  #statusAt = 0;
  #specs: ChartSpecs | undefined;
  #specsAt = 0;
  #scheme = matchMedia("(prefers-color-scheme: dark)");
  #again = () => this.#host.requestUpdate();
  #observer = new ResizeObserver(([entry]) => {
    const wide = (entry?.contentRect.width ?? WIDE) >= WIDE;
    if (wide !== this.#wide) {
      this.#wide = wide;
      this.#again();
    }
  });
  /** Whether the parts that are fetched late may be. */
  extras = false;

  constructor(store: Store, host: LitElement) {
    this.#store = store;
    this.#host = host;
  }

  get dark(): boolean {
    const { theme } = this.#store;
    return theme === "dark" || (theme === "auto" && this.#scheme.matches);
  }

  connect(): void {
    this.#observer.observe(this.#host);
    this.#scheme.addEventListener("change", this.#again);
  }

  disconnect(): void {
    this.#observer.disconnect();
    this.#scheme.removeEventListener("change", this.#again);
  }

  render() {
    const { controls } = this.#store;
    const lang = this.#store.lang === "zh" ? "zh-Hans" : "en";
    if (controls === "none") return html`<div class="lab none" lang=${lang}>${this.#stage()}${this.#live()}</div>`;
    if (controls === "basic") {
      return html`
        <div class="lab basic" lang=${lang}>
          ${this.#stage()}${transport(this.#store)}
          <div class="quick">${compactChoosers(this.#store)}${oneSetting(this.#store, "learning_rate")}</div>
          <div class="quick">${klLine(this.#store)}${engineBadge(this.#store)}</div>
          ${this.#live()}
        </div>`;
    }
    return this.#whole(lang);
  }

  #whole(language: string) {
    const store = this.#store;
    const { text, model, lang } = store;
    const { dark } = this;
    return html`
      <div class="lab all ${this.#wide ? "wide" : "narrow"}" lang=${language}>
        <header>
          <h1>${text.title}</h1>
          <span class="tagline">${text.tagline}</span>
          <span class="tools">${engineBadge(store)}${languageSwitch(store)}${themeSwitch(store, dark)}</span>
        </header>
        <div class="bar">${transport(store)}${klLine(store)}${presetChooser(store)}</div>
        <section class="left">
          ${this.#fold("data", text.data, dataChooser(store, dark), true)}
          ${this.#fold("model", text.model, modelChooser(store), true)}
        </section>
        <section class="middle">
          ${this.#stage()}${this.#live()}
          <div class="curves">
            ${charts(store, this.#chartSpecs())}
            <div class="score"><h2>${text.scores}</h2>${scores(store)}</div>
          </div>
        </section>
        <section class="right">
          ${model ? this.#about(model.help[lang], model.formula, model.paper, model.year, model.arxiv) : nothing}
          ${sideView(store, dark)}
          ${this.#fold("settings", text.settings, settingsPanel(store), false)}${layerSwitches(store)}
        </section>
      </div>`;
  }

  #stage() {
    const store = this.#store;
    const { data, frame, shown, look, text } = store;
    const { dark } = this;
    const stage =
      store.dim > 2
        ? html`<dgm-picture-stage .data=${data} .frame=${frame} .shown=${shown} .dark=${dark}></dgm-picture-stage>`
        : store.dim === 1
          ? html`<dgm-line-stage .data=${data} .frame=${frame} .shown=${shown} .dark=${dark}></dgm-line-stage>`
          : html`<dgm-plane-stage .data=${data} .frame=${frame} .shown=${shown} .look=${look} .dark=${dark}></dgm-plane-stage>`;
    const pad = store.drawing
      ? html`<dgm-draw-pad .text=${text} .dark=${dark} @cancel=${() => store.draw(false)}
          @use=${(event: CustomEvent<Float32Array>) => useDrawn(store, event.detail)}></dgm-draw-pad>`
      : nothing;
    return html`
      <div class="stage">
        <div class="picture ${store.dim === 1 ? "flat" : ""}">
          <div class="canvases" data-testid="stage" role="img" aria-label=${this.#words()}>${stage}</div>
          ${mixtureEditor(store)}${pad}
        </div>
      </div>
      ${legend(store, dark)}${mixtureTools(store)}`;
  }

  #live() {
    const { message, text } = this.#store;
    return html`
      <p class="message" data-testid="message" role="alert" ?hidden=${!message}>${message?.(text) ?? ""}</p>
      ${diagnosisStrip(this.#store)}
      <p class="status" data-testid="status" aria-live="polite">${this.#words()}</p>`;
  }

  #about(help: string, formula: string, paper: string, year: number, arxiv: string) {
    const link = arxiv
      ? html`<a href="https://arxiv.org/abs/${arxiv}" target="_blank" rel="noreferrer">${paper} (${year})</a>`
      : html`${paper} (${year})`;
    return html`
      <div class="about">
        <p>${help}</p>
        <dgm-formula .source=${formula} .ready=${this.extras}></dgm-formula>
        <small>${this.#store.text.paper}: ${link}</small>
      </div>`;
  }

  #fold(id: string, title: string, content: unknown, open: boolean) {
    // Wide: no fold at all, so that nothing can be hidden by chance. Narrow: the reader opens what is wanted.
    if (this.#wide) return html`<section class="panel ${id}"><h2>${title}</h2>${content}</section>`;
    return html`<details class="panel ${id}" ?open=${open && id === "model"}><summary data-testid="fold-${id}">${title}</summary>${content}</details>`;
  }

  /** The status line, rarely: at once when something was chosen, otherwise every few seconds. */
  #words(): string {
    const store = this.#store;
    const now = performance.now();
    const key = [store.lang, store.config?.data, store.config?.model, store.trainer.playing, store.step === 0].join();
    if (key !== this.#statusKey || now - this.#statusAt > STATUS_MS) {
      this.#status = statusLine(store);
      this.#statusKey = key;
      this.#statusAt = now;
    }
    return this.#status;
  }

  #chartSpecs() {
    const now = performance.now();
    const stale = now - this.#specsAt > CHARTS_MS || this.#store.history.rows.length === 0;
    if (this.extras && this.#store.model && stale) {
      this.#specs = chartSpecs(this.#store, this.dark);
      this.#specsAt = now;
    }
    return this.#specs;
  }
}
