/** Curves over steps. uPlot is fetched only when the first chart has something to show. */
import { css, html, LitElement, nothing, unsafeCSS } from "lit";
import type UPlot from "uplot";
import { measured, number } from "../i18n/index.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { logTicks } from "./log-axis.ts";
import { palette } from "./palette.ts";
import { onPaper } from "./paper.ts";
import { tickLabels } from "./ticks.ts";

const HEIGHT = 108;
/** Steps are whole. */
const WHOLE = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((first) => first * 10 ** power)).flat();
/** A chart need not move faster than it is read. */
const INTERVAL_MS = 400;

/** Fetched once: what is there already must not make anyone wait, least of all paper. */
const fetched = () => Promise.all([import("uplot"), import("uplot/dist/uPlot.min.css?inline")]);
let loaded: Awaited<ReturnType<typeof fetched>> | undefined;

export class Chart extends LitElement {
  static override styles = css`
    :host {
      display: block;
      font-size: 11px;
      line-height: 1.45;
    }
    .frame {
      min-height: ${unsafeCSS(HEIGHT)}px;
    }
    @media print {
      /* Drawn as wide as it is on most paper; what differs is made up for. */
      .uplot,
      .u-wrap {
        width: 100% !important;
        height: auto !important;
      }
    }
    .readout {
      display: grid;
      grid-template-columns: auto 1fr auto;
      gap: 0 6px;
      align-items: baseline;
      margin: 2px 0 0;
      font-variant-numeric: tabular-nums;
    }
    .readout svg {
      width: 10px;
      height: 3px;
      align-self: center;
    }
    .beyond {
      grid-column: 2 / -1;
      opacity: 0.75;
    }
    .readout b {
      font-weight: 600;
      text-align: right;
    }
  `;

  #spec: ChartSpec | undefined;
  #plot: UPlot | undefined;
  #built = "";
  #timer = 0;
  #paper = false;
  /** The column that the pointer is on; the newest where it is on none. */
  #at: number | undefined;
  #observer = new ResizeObserver(() => requestAnimationFrame(this.#fit));

  set spec(spec: ChartSpec) {
    this.#spec = spec;
    this.#timer ||= window.setTimeout(this.#now, INTERVAL_MS);
  }

  readonly #fit = (): void => this.#plot?.setSize({ width: this.clientWidth, height: HEIGHT });

  readonly #print = ({ type }: Event): void => {
    this.#paper = type === "beforeprint";
    this.#now();
  };

  readonly #now = (): void => {
    clearTimeout(this.#timer);
    this.#timer = 0;
    void this.#show();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    for (const name of ["beforeprint", "afterprint"]) window.addEventListener(name, this.#print);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    for (const name of ["beforeprint", "afterprint"]) window.removeEventListener(name, this.#print);
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  protected override render() {
    return html`<div class="frame"></div>${this.#readout()}`;
  }

  /** Values in words: those under the pointer, else the newest. The edges of a band stand behind a ±. */
  #readout() {
    if (!this.#spec?.columns[0]?.length) return nothing;
    const { labels, columns, kind, dark, step } = this.#spec;
    const lines = this.#spec.colours ?? palette(dark).series;
    const steps = columns[0]!;
    const score = kind === "score";
    const here = steps.findLastIndex((step) => step <= (this.#spec?.at ?? step));
    const at = Math.min(this.#at ?? here, steps.length - 1);
    const colours = palette(dark);
    // A score that nobody knows the best value of has no floor to name.
    const floored = Number.isFinite(columns[2]?.[at]);
    const named = score ? labels.slice(0, floored ? 2 : 1) : labels;
    const row = (label: string, k: number) => {
      const value = columns[k + 1]?.slice(0, at + 1).findLast(Number.isFinite) ?? Number.NaN;
      const upper = this.#spec?.edges?.[k]?.[1].slice(0, at + 1).findLast(Number.isFinite);
      const shown =
        score && k === 0
          ? measured(value, (columns.at(-1)?.[at] ?? Number.NaN) - value)
          : upper === undefined
            ? number(value)
            : measured(value, upper - value);
      // An attribute of SVG, since the page's policy allows no inline styles.
      return html`<svg viewBox="0 0 10 3" aria-hidden="true"><rect width="10" height="3" rx="1.5" fill=${score && k === 1 ? colours.quiet : (lines[k] ?? colours.quiet)} /></svg><span>${label}</span><b>${shown}</b>`;
    };
    return html`<div class="readout"><i></i><span>${step}</span><b>${this.#spec.seconds ? number(steps[at] ?? 0) : (steps[at] ?? 0).toLocaleString("en")}</b>${named.map(row)}${this.#beyond()}${this.#spec.refused ? html`<span class="beyond" role="status">${this.#spec.refused}</span>` : nothing}</div>`;
  }

  /** A spike is cut off in the picture, not hidden from the reader. */
  #beyond() {
    const { range, columns, kind, beyond } = this.#spec!;
    if (!range) return nothing;
    // The edges of an error are no values.
    const values = columns
      .slice(1, kind === "score" ? 2 : undefined)
      .flat()
      .filter(Number.isFinite);
    const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    return most > range[1] ? html`<span class="beyond">${beyond(number(most))}</span>` : nothing;
  }

  async #show(): Promise<void> {
    if (this.#spec?.columns[0]?.length) loaded ??= await fetched();
    this.#draw();
    this.requestUpdate();
  }

  #draw(): void {
    const spec = this.#spec;
    if (!spec || !loaded) return;
    if (this.clientWidth === 0 || !spec.columns[0]?.length) {
      // After a reset neither the old curve nor its axes may linger.
      this.#drop();
      return;
    }
    const width = (this.#paper && onPaper(this)) || this.clientWidth;
    const build = JSON.stringify([
      spec.labels,
      spec.kind,
      spec.dark,
      spec.lang,
      spec.step,
      spec.colours,
      [spec.log, spec.along, spec.seconds, spec.floor !== undefined, spec.edges?.length],
      this.#paper && width,
    ]);
    if (build !== this.#built) {
      this.#drop();
      this.#built = build;
      const [{ default: Plot }, { default: sheet }] = loaded;
      const root = this.renderRoot as ShadowRoot;
      const style = new CSSStyleSheet();
      style.replaceSync(sheet);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets.slice(0, 1), style];
      const follow = (at: number | null | undefined) => {
        this.#at = at ?? undefined;
        this.requestUpdate();
      };
      const shown = () => this.#spec;
      this.#plot = new Plot(options(spec, width, follow, shown), [], root.querySelector(".frame")!);
    }
    const beside = [...(spec.floor ? [spec.floor] : []), ...(spec.edges ?? []).flat()];
    this.#plot?.setData([...spec.columns, ...beside] as unknown as UPlot.AlignedData);
  }

  #drop(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#built = "";
  }
}

function options(
  spec: ChartSpec,
  width: number,
  follow: (at: number | null | undefined) => void,
  shown: () => ChartSpec | undefined,
): UPlot.Options {
  const colours = palette(spec.dark);
  const axis: UPlot.Axis = {
    stroke: colours.quiet,
    grid: { stroke: colours.hair, width: 1 },
    ticks: { show: false },
    font: "11px system-ui, sans-serif",
    values: (_plot, splits) => tickLabels(splits, spec.lang),
  };
  // One value is no line yet.
  const lone = (plot: UPlot, k: number) => (plot.data[k] ?? []).filter((value) => value != null).length === 1;
  const score = spec.kind === "score";
  const edge = spec.labels.length - 2;
  const series: UPlot.Series[] = spec.labels.map((label, k) => {
    if (score && k >= edge) return { label, stroke: "transparent", points: { show: false } };
    // The floor is a line to reach, not a curve of its own.
    if (score && k === 1) return { label, stroke: colours.quiet, width: 1, dash: [4, 4], points: { show: false } };
    const stroke = (spec.colours ?? colours.series)[k] ?? colours.quiet;
    return { label, stroke, width: 1.6, points: { show: lone }, spanGaps: true };
  });
  if (spec.floor)
    series.push({ label: "", stroke: colours.quiet, width: 1, dash: [4, 4], points: { show: false }, spanGaps: true });
  const first = series.length + 1;
  for (const _ of (spec.edges ?? []).flat())
    series.push({ label: "", stroke: "transparent", points: { show: false }, spanGaps: true });
  const bands: UPlot.Band[] = (spec.edges ?? []).map((_, k) => ({
    series: [first + 2 * k + 1, first + 2 * k],
    fill: `${(spec.colours ?? colours.series)[k] ?? colours.quiet}2a`,
  }));
  const band = colours.dark ? "rgba(255, 255, 255, 0.14)" : "rgba(0, 0, 0, 0.12)";
  return {
    width,
    height: HEIGHT,
    scales: {
      x: { time: false, ...(spec.along && { distr: 3 as const }) },
      y: spec.log
        ? { distr: 3, range: (_plot, low, high) => paddedLog(shown()?.range ?? [low || 1, high || 1]) }
        : { range: (_plot, low, high) => padded(shown()?.range ?? [low ?? 0, high ?? 1]) },
    },
    series: [{ label: spec.step }, ...series],
    bands: score ? [{ series: [edge + 2, edge + 1], fill: band }] : bands,
    axes: [
      { ...axis, size: 24, ...(spec.along ? logAxis : spec.seconds ? {} : { incrs: WHOLE }) },
      { ...axis, size: 46, ...(spec.log && logAxis) },
    ],
    legend: { show: false },
    hooks: {
      setCursor: [(plot) => follow(plot.cursor.left! < 0 ? undefined : plot.cursor.idx)],
      draw: [(plot) => stand(plot, shown()?.at, colours.ink)],
    },
    cursor: { y: false, drag: { x: false, y: false } },
    padding: [8, 14, 0, 0],
  };
}

/** A line across the step that is stood at. */
function stand({ ctx, bbox, valToPos }: UPlot, at: number | undefined, colour: string): void {
  if (at === undefined) return;
  const x = Math.round(valToPos(at, "x", true));
  ctx.fillStyle = colour;
  ctx.fillRect(x - devicePixelRatio, bbox.top, 2 * devicePixelRatio, bbox.height);
}

/** Numbers of their own, since evenly spaced ones crowd at one end. */
const logAxis: UPlot.Axis = {
  splits: (_plot, _axis, low, high) => logTicks(low, high),
  filter: (_plot, splits) => splits,
  values: (_plot, splits) => splits.map((value) => number(value)),
};

/** A little room above and below, in factors. */
function paddedLog([low, high]: [number, number]): [number, number] {
  const room = (high / low) ** 0.08 * 1.02;
  return [low / room, high * room];
}

/** A little room above and below, also where every value is the same. */
function padded([low, high]: [number, number]): [number, number] {
  const room = 0.08 * (high - low) || 0.1 * Math.abs(high) || 1;
  return [low - room, high + room];
}

customElements.define("dgm-chart", Chart);
