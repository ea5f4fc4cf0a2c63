/** Curves over steps. uPlot is fetched only when the first chart has something to show. */
import { css, html, LitElement, unsafeCSS } from "lit";
import type UPlot from "uplot";
import { palette } from "./palette.ts";

export interface ChartSpec {
  labels: string[];
  /** Steps first, then one column a label; with `band`, the last two are the lower and the upper edge. */
  columns: number[][];
  band: boolean;
  dark: boolean;
  /** What the steps are called in the readout. */
  step: string;
}

const HEIGHT = 150;
/** A chart need not move faster than it is read. */
const INTERVAL_MS = 400;

export class Chart extends LitElement {
  static override styles = css`
    :host {
      display: block;
      min-height: ${unsafeCSS(HEIGHT + 24)}px;
      font-size: 12px;
    }
    .u-legend {
      font-size: 12px !important;
      text-align: left !important;
    }
    /* The two edges of a band are in the picture; in the readout they only take room. */
    .band .u-series:nth-last-child(-n + 2) {
      display: none;
    }
  `;

  #spec: ChartSpec | undefined;
  #plot: UPlot | undefined;
  #built = "";
  #timer = 0;
  #observer = new ResizeObserver(() => this.#plot?.setSize({ width: this.clientWidth, height: HEIGHT }));

  set spec(spec: ChartSpec) {
    this.#spec = spec;
    this.#timer ||= window.setTimeout(() => {
      this.#timer = 0;
      void this.#show();
    }, INTERVAL_MS);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  protected override render() {
    return html`<div class="frame"></div>`;
  }

  async #show(): Promise<void> {
    const spec = this.#spec;
    if (!spec || this.clientWidth === 0 || (spec.columns[0]?.length ?? 0) === 0) {
      // After a reset the old curve must not linger.
      if (spec) this.#plot?.setData(spec.columns.map(() => []) as unknown as UPlot.AlignedData);
      return;
    }
    const build = JSON.stringify([spec.labels, spec.band, spec.dark, spec.step]);
    if (build !== this.#built) {
      this.#built = build;
      const [{ default: Plot }, { default: sheet }] = await Promise.all([
        import("uplot"),
        import("uplot/dist/uPlot.min.css?inline"),
      ]);
      this.#plot?.destroy();
      const root = this.renderRoot as ShadowRoot;
      const style = new CSSStyleSheet();
      style.replaceSync(sheet);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets.slice(0, 1), style];
      this.#plot = new Plot(options(spec, this.clientWidth), [], root.querySelector(".frame")!);
    }
    this.#plot?.setData(spec.columns as unknown as UPlot.AlignedData);
  }
}

function options(spec: ChartSpec, width: number): UPlot.Options {
  const colours = palette(spec.dark);
  const axis: UPlot.Axis = {
    stroke: colours.quiet,
    grid: { stroke: colours.hair, width: 1 },
    ticks: { show: false },
    font: "11px system-ui, sans-serif",
  };
  const readout = (_: UPlot, value: number | null) => (value === null ? "–" : String(Number(value.toPrecision(4))));
  // One value is no line yet.
  const lone = (plot: UPlot) => plot.data[0].length === 1;
  const edge = spec.labels.length - 2;
  const series: UPlot.Series[] = spec.labels.map((label, k) => {
    if (spec.band && k >= edge) return { label, stroke: "transparent", points: { show: false }, value: readout };
    return { label, stroke: colours.series[k] ?? colours.quiet, width: 1.6, points: { show: lone }, value: readout };
  });
  const band = colours.dark ? "rgba(255, 255, 255, 0.14)" : "rgba(0, 0, 0, 0.12)";
  return {
    width,
    height: HEIGHT,
    class: spec.band ? "band" : "plain",
    scales: { x: { time: false } },
    series: [{ label: spec.step }, ...series],
    ...(spec.band && { bands: [{ series: [edge + 2, edge + 1] as [number, number], fill: band }] }),
    axes: [
      { ...axis, size: 24 },
      { ...axis, size: 46 },
    ],
    cursor: { y: false, drag: { x: false, y: false } },
    padding: [8, 8, 0, 0],
  };
}

customElements.define("dgm-chart", Chart);
