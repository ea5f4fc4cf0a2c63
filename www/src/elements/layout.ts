/** How the parts of a lab lie on the page: the picture first, everything else around it. */
import { html, type LitElement, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Around } from "../compare/around.ts";
import { about, courseLinks } from "../controls/about.ts";
import { type ChartSpecs, lossChart, scoreChart } from "../controls/charts.ts";
import { modelChooser } from "../controls/choosers.ts";
import { dataChooser } from "../controls/data-chooser.ts";
import { diagnosisStrip } from "../controls/diagnosis.ts";
import { asked, extra, extraHeight, foldable, hasCharts, quick } from "../controls/figure.ts";
import { classKeys, layerSwitches, legend } from "../controls/legend.ts";
import { mixtureTools } from "../controls/mixture-tools.ts";
import { ownPreview } from "../controls/own-data.ts";
import { paperNote } from "../controls/paper-note.ts";
import { settingsPanel } from "../controls/params.ts";
import { partOver, partUnder } from "../controls/part.ts";
import { closer, fetchCloser, overPicture, picture } from "../controls/picture.ts";
import { presetChooser } from "../controls/presets.ts";
import { probeOver, probeUnder } from "../controls/probe.ts";
import { klLine, scores } from "../controls/scores.ts";
import { sideView } from "../controls/side.ts";
import { slowButton, slowOver, slowUnder } from "../controls/slow.ts";
import { tools } from "../controls/tools.ts";
import { speedControl, transport } from "../controls/transport.ts";
import { type Ways, ways } from "../controls/ways.ts";
import type { Store } from "../lab/store.ts";
import { naturalHeight, planFor } from "./box.ts";
import { Moments } from "./moments.ts";
import { onePress } from "./one-press.ts";
import { Scheme } from "./scheme.ts";

/** From this width on the folds are always open. */
const WIDE = 900;
/** A box of at least this height has room for a page in it. */
const PAGE = 600;

export class Layout {
  readonly #store: Store;
  readonly #host: LitElement;
  #wide = true;
  readonly #again = () => this.#host.requestUpdate();
  readonly #scheme: Scheme;
  readonly #moments: Moments;
  #width = WIDE;
  /** The height that the host sets, in pixels; 0 where it leaves it to the figure. */
  #high = 0;
  /** Whether it only says how high it may be at most. */
  #capped = false;
  /** Whether it was measured since it came to where it stands. */
  #placed = false;
  /** Whether the reader opened what does not fit. */
  #unfolded = false;
  /** In the frame after: what is laid out anew while sizes are told would be told of too late. */
  readonly #observer = new ResizeObserver(() => requestAnimationFrame(() => this.#measure()));
  #probe: HTMLElement | null = null;
  /** Paper is white, whatever the theme. */
  printing = false;
  /** Whether the parts that are fetched late may be. */
  extras = false;
  ways: Ways = { compare: () => undefined, experiment: () => undefined };
  /** In place of one picture with all around it: several models side by side. */
  board: ((around: Around) => unknown) | undefined;

  constructor(store: Store, host: LitElement) {
    this.#store = store;
    this.#host = host;
    this.#scheme = new Scheme(host, this.#again);
    this.#moments = new Moments(store, this.#again);
  }

  get dark(): boolean {
    const { theme } = this.#store;
    if (this.printing) return false;
    return theme === "dark" || (theme === "auto" && this.#scheme.dark);
  }

  connect(): void {
    this.#host.addEventListener("keydown", onePress);
    this.#scheme.connect();
    this.#placed = false;
    this.#again();
  }

  disconnect(): void {
    this.#observer.disconnect();
    this.#probe = null;
    this.#scheme.disconnect();
  }

  /** To be called when the host has rendered. */
  rendered(): void {
    const probe = this.#host.renderRoot.querySelector<HTMLElement>(".probe");
    if (probe === this.#probe) return;
    this.#probe = probe;
    this.#observer.disconnect();
    // Not the host: its height is that of what it holds, which a browser may still be at while it tells of sizes.
    if (probe) this.#observer.observe(probe);
  }

  #measure(): void {
    this.#placed = true;
    this.#scheme.look();
    const width = this.#host.clientWidth;
    const said = this.#probe?.offsetHeight ?? 0;
    const most = said > 0 ? Number.NaN : Number.parseFloat(getComputedStyle(this.#host).maxHeight);
    this.#capped = most < naturalHeight(width, extraHeight(this.#store));
    const high = this.#capped ? most : said;
    const same = width >= WIDE === this.#wide && high === this.#high && (high === 0 || width === this.#width);
    [this.#width, this.#high, this.#wide] = [width, high, width >= WIDE];
    if (!same) this.#again();
  }

  render() {
    // Not as soon as it is connected: many figures come in one task, and to measure one is to lay out all that came before it.
    if (!this.#placed) this.#measure();
    const { controls } = this.#store;
    const lang = this.#store.lang === "zh" ? "zh-Hans" : "en";
    const boxed = this.#high > 0;
    if (this.board) {
      const head = controls === "all" ? this.#header() : nothing;
      const { dark, extras: charts } = this;
      return this.#framed(this.board({ head, dark, lang, wide: this.#wide, charts }), boxed);
    }
    // With everything in view a lab is a page of its own: a lower box is a figure's, and a higher one scrolls.
    const whole = controls === "all" && (!boxed || this.#high >= PAGE);
    const lab = whole ? this.#whole(lang) : boxed ? this.#boxed(lang) : this.#free(lang);
    return this.#framed(lab, whole && boxed);
  }

  /** What is higher than its box scrolls in it. */
  #framed(lab: unknown, scrolls: boolean) {
    return html`<div class="probe"></div>${scrolls ? html`<div class="page">${lab}</div>` : lab}${this.printing ? paperNote(this.#store) : nothing}`;
  }

  /** A figure that is as high as it needs to be. */
  #free(language: string) {
    const store = this.#store;
    return html`
      <div class="lab ${store.controls} ${hasCharts(store) ? "with-charts" : ""}" lang=${language}>
        <div class="main">${this.#stage()}${this.#legend()}${this.#transport()}${quick(store)}</div>
        ${this.#extra()}${this.#message()}${this.#words()}
      </div>`;
  }

  /** A figure in a box of a given height. */
  #boxed(language: string) {
    const store = this.#store;
    const basic = store.controls !== "none";
    const plan = planFor(this.#width, this.#high, extraHeight(store), hasCharts(store));
    const { beside } = plan;
    const folded = plan.folded && foldable(store);
    const keysFolded = folded && basic && plan.keysFolded;
    const hidden = folded && !(basic && this.#unfolded);
    // In a cell that is as high as what it holds, a figure asks for what it needs.
    const asks = `contain-intrinsic-block-size: ${naturalHeight(this.#width, extraHeight(store))}px`;
    return html`
      <div class="room" .style=${this.#capped ? `height: ${this.#high}px` : asks}>
        <div class="lab boxed ${basic ? "basic" : "none"} ${beside ? "beside" : ""} ${folded ? "folded" : ""} ${hasCharts(store) ? "with-charts" : ""}" lang=${language}
          @keydown=${(event: KeyboardEvent) => event.key === "Escape" && this.#unfold(false)}>
          ${this.#stage()}
          <div class="hands">
            ${this.#transport(folded)}${this.#legend(!keysFolded)}
          </div>
          <div class="rest" ?hidden=${hidden}>
            ${keysFolded ? classKeys(store, this.dark) : nothing}${folded && asked(store).includes("slow") ? slowButton(store) : nothing}${folded && asked(store).includes("speed") ? speedControl(store) : nothing}${quick(store)}${this.#extra()}${this.#words()}
          </div>
          ${this.#message()}
        </div>
      </div>`;
  }

  /** Everything that did not fit. */
  #more() {
    const { text } = this.#store;
    return html`
      <button class="round" data-testid="more" aria-label=${text.more} title="${text.more}: ${text.more_help}" aria-expanded=${this.#unfolded}
        @click=${() => this.#unfold(!this.#unfolded)}>
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 10h4v4H4zm6 0h4v4h-4zm6 0h4v4h-4z" /></svg>
      </button>`;
  }

  #unfold(open: boolean): void {
    this.#unfolded = open;
    this.#again();
  }

  #transport(folded = false) {
    const ids = asked(this.#store);
    const last = folded && this.#store.controls !== "none" ? this.#more() : nothing;
    if (!ids.includes("transport")) return last;
    const slow = !folded && ids.includes("slow") ? slowButton(this.#store) : nothing;
    return transport(this.#store, { speed: !folded && ids.includes("speed"), slow, last });
  }

  #extra() {
    return extra(this.#store, this.dark, () => this.#chartSpecs());
  }

  #header() {
    const store = this.#store;
    const { text, lang } = store;
    return html`
        <header>
          <h1>${text.title}</h1>
          <span class="tagline">${text.tagline}</span>
          <span class="tools">${this.#wide || this.board ? this.#several() : nothing}${courseLinks(lang)}${tools(store, this.#host.renderRoot, () => this.dark, !this.board, this.ways.keys)}</span>
        </header>`;
  }

  #several() {
    return ways(this.#store, this.board !== undefined, this.ways);
  }

  #whole(language: string) {
    const store = this.#store;
    const { text, model } = store;
    return html`
      <div class="lab all ${this.#wide ? "wide" : "narrow"}" lang=${language}>
        ${this.#header()}
        <div class="bar">${this.#wide ? this.#transport() : nothing}${klLine(store)}${presetChooser(store)}${this.#wide ? nothing : this.#several()}</div>
        <section class="left">
          ${this.#fold("data", text.data, dataChooser(store, this.dark), true)}
          ${this.#fold("model", text.model, modelChooser(store), true)}
        </section>
        <section class="middle">
          ${this.#stage(this.#wide ? nothing : this.#transport())}${this.#legend()}${this.#message()}${this.#words()}
          <div class="curves">
            ${lossChart(store, this.#chartSpecs())}${scoreChart(store, this.#chartSpecs())}
            <div class="score"><h2>${text.scores}</h2>${scores(store)}</div>
            ${this.#wide ? this.#timeline() : nothing}
          </div>
          ${this.#wide ? nothing : this.#timeline()}
        </section>
        <section class="right">
          ${model ? about(store, model, this.extras) : nothing}
          ${this.#side()}
          ${this.#fold("settings", text.settings, settingsPanel(store), false)}${layerSwitches(store)}
        </section>
      </div>`;
  }

  /** The picture, with what belongs right beneath it. */
  #stage(beneath: unknown = nothing) {
    const store = this.#store;
    const { dark } = this;
    return html`
      <div class="stage ${store.drawing ? "drawing" : ""}">
        <div class="picture ${store.dim === 1 ? "flat" : ""}" part="stage" @pointerenter=${fetchCloser}>
          <div class="canvases" data-testid="stage" role="img" aria-label=${this.#moments.status}>${picture(store, dark)}</div>
          ${overPicture(store, dark)}${slowOver(store, dark)}${probeOver(store, dark)}${partOver(store, dark)}${closer(store, this.extras, true)}
        </div>
        ${slowUnder(store)}${beneath}
      </div>`;
  }

  #legend(keys = true) {
    const { caption } = this.#store.course.lesson;
    return html`
      ${probeUnder(this.#store, this.dark)}${partUnder(this.#store, this.dark)}${legend(this.#store, this.dark)}${keys ? classKeys(this.#store, this.dark) : nothing}
      ${caption ? html`<p class="caption" part="caption" data-testid="caption">${caption}</p>` : nothing}
      ${mixtureTools(this.#store)}`;
  }

  #message() {
    const { message, text, renewed } = this.#store;
    const reload = () => location.reload();
    return html`
      <p class="drop-here" aria-hidden="true">${text.drop_here}</p>
      ${ownPreview(this.#store, this.dark)}
      ${keyed(message, html`<p class="message" data-testid="message" role="alert" ?hidden=${!message}>${message?.(text) ?? ""}${message && renewed ? html` <button class="plain" data-testid="reload" @click=${reload}>${text.message.reload}</button>` : nothing}</p>`)}
      <p class="spoken" data-testid="spoken" aria-live="polite">${this.#store.config ? this.#moments.spoken : nothing}</p>`;
  }

  #words() {
    const status = asked(this.#store).includes("status");
    return html`${diagnosisStrip(this.#store)}${status ? html`<p class="status" data-testid="status">${this.#moments.status}</p>` : nothing}`;
  }

  #fold(id: string, title: string, content: unknown, open: boolean) {
    // Wide: no fold at all, so that nothing can be hidden by chance. Narrow: the reader opens what is wanted.
    if (this.#wide) return html`<section class="panel ${id}"><h2>${title}</h2>${content}</section>`;
    return html`<details class="panel ${id}" ?open=${open && id === "model"}><summary data-testid="fold-${id}">${title}</summary>${content}</details>`;
  }

  #side() {
    if (this.extras)
      for (const fetched of [import("../controls/along.ts"), import("../controls/latent-hand.ts")])
        void fetched.catch(() => undefined);
    return sideView(this.#store, this.dark);
  }

  #timeline() {
    // before it is fetched, its place is kept
    if (this.extras)
      for (const fetched of [import("../controls/timeline.ts"), import("../controls/film-button.ts")])
        void fetched.catch(() => undefined);
    return html`<figure class="time"><dgm-timeline .store=${this.#store} .moment=${{}}></dgm-timeline><dgm-film .store=${this.#store} .moment=${{}} .dark=${this.dark}></dgm-film></figure>`;
  }

  #chartSpecs(): ChartSpecs | undefined {
    return this.extras ? this.#moments.charts(this.dark) : undefined;
  }
}
