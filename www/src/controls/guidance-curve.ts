/**
 * What guidance buys and what it costs: at each strength w how many samples are of the class asked for, and how far samples lie from the data, both
 * measured on the model as it stands. Fetched when a guided model is first shown.
 */
import { css, html, LitElement, nothing, svg } from "lit";
import { errorFrom } from "../engine/errors.ts";
import type { Metric } from "../engine/types.ts";
import { measured } from "../i18n/index.ts";
import { download } from "../lab/download.ts";
import type { Store } from "../lab/store.ts";
import { writeCsv } from "../take/csv.ts";
import { aboutRun, comments } from "../take/run.ts";
import { palette } from "../views/palette.ts";
import { classWords } from "./class-words.ts";

/** Close together where most happens. */
const STRENGTHS = [0, 0.5, 1, 2, 4, 8];
const CONTROL = "class_accuracy";
const DISTANCE = "sliced_wasserstein";

/** The picture, in its own units. */
const WIDE = 300;
const HIGH = 120;
const LEFT = 34;
const BELOW = 18;

interface Point {
  w: number;
  control: Metric | undefined;
  distance: Metric | undefined;
}

export class GuidanceCurve extends LitElement {
  static override properties = {
    store: { attribute: false },
    language: { attribute: false },
    dark: { attribute: false },
    /** The step that the model stands at. */
    moment: { attribute: false },
  };
  declare store: Store;
  declare language: "en" | "zh";
  declare dark: boolean;
  declare moment: number;
  #points: Point[] = [];
  #busy = false;
  /** What it was measured of: another model, or another step, is another curve. */
  #of = "";

  static override styles = css`
    :host {
      display: block;
      font-size: 13px;
    }
    summary {
      cursor: pointer;
      min-height: 26px;
    }
    button {
      font: inherit;
      color: inherit;
      min-height: 30px;
      padding: 2px 10px;
      border: 1px solid var(--hair);
      border-radius: 8px;
      background: none;
      cursor: pointer;
    }
    :focus-visible {
      outline: 2px solid var(--accent);
      outline-offset: 1px;
    }
    p {
      margin: 4px 0;
      color: var(--quiet);
    }
    svg {
      display: block;
      width: 100%;
      font-size: 10px;
    }
    text {
      fill: var(--quiet);
    }
    table {
      width: 100%;
      border-collapse: collapse;
      font-variant-numeric: tabular-nums;
    }
    th,
    td {
      padding: 1px 4px;
      text-align: right;
      font-weight: 400;
    }
    thead th {
      color: var(--quiet);
    }
    @media (pointer: coarse) {
      summary,
      button {
        min-height: 44px;
      }
    }
  `;

  protected override render() {
    const say = classWords[this.language];
    if (this.#of !== this.#state() && !this.#busy) this.#points = [];
    const points = this.#points;
    return html`
      <details>
        <summary data-testid="guidance-curve">${say.curve}</summary>
        <p>${say.curve_help}</p>
        <button type="button" data-testid="guidance-measure" ?disabled=${this.#busy} @click=${() => void this.#measure()}>${this.#busy ? say.measuring(points.length + 1, STRENGTHS.length) : say.measure}</button>
        ${points.length > 0 && !this.#busy ? html`<button type="button" data-testid="guidance-csv" @click=${() => this.#save()}>${say.save}</button>` : nothing}
        ${points.length > 1 ? this.#picture() : nothing}
        ${
          points.length > 0
            ? html`<table data-testid="guidance-table"><thead><tr><th scope="col">w</th><th scope="col">${say.control}</th><th scope="col">${say.distance}</th></tr></thead>
              <tbody>${points.map(({ w, control, distance }) => html`<tr><th scope="row">${w}</th><td>${told(control)}</td><td>${told(distance)}</td></tr>`)}</tbody></table>`
            : nothing
        }
      </details>`;
  }

  #state(): string {
    const { config, step } = this.store;
    const { guidance: _, condition: __, ...params } = config!.params;
    return JSON.stringify([{ ...config, params }, step]);
  }

  /** At rest, and w is afterwards what it was. */
  async #measure(): Promise<void> {
    const { store } = this;
    const { guidance = 0 } = store.config!.params;
    await store.trainer.pause();
    [this.#busy, this.#points, this.#of] = [true, [], this.#state()];
    this.requestUpdate();
    try {
      for (const w of STRENGTHS) {
        await store.configure({ params: { guidance: w } });
        const metrics = await store.trainer.hold(() => store.trainer.evaluate());
        const by = (wanted: string) => metrics.find(({ id }) => id === wanted);
        this.#points = [...this.#points, { w, control: by(CONTROL), distance: by(DISTANCE) }];
        this.requestUpdate();
      }
    } catch (error) {
      store.fail(errorFrom(error));
    } finally {
      this.#busy = false;
      // The scores on the page are those of this w again.
      await store
        .configure({ params: { guidance } })
        .then(() => store.trainer.hold(() => store.trainer.evaluate()))
        .catch((error) => store.fail(errorFrom(error)));
      this.requestUpdate();
    }
  }

  /** Control across, distance up: a curve that runs to the right and down is all gain. */
  #picture() {
    const say = classWords[this.language];
    const known = this.#points.flatMap(({ w, control, distance }) =>
      control && distance ? [{ w, x: control.value, y: distance.value }] : [],
    );
    if (known.length < 2) return nothing;
    const [least, most] = [Math.min(...known.map(({ x }) => x)), Math.max(...known.map(({ x }) => x))];
    const low = Math.min(least, 1 - 1e-3);
    const top = Math.max(...known.map(({ y }) => y)) * 1.15;
    const x = (value: number) => LEFT + ((value - low) / (Math.max(most, 1) - low)) * (WIDE - LEFT - 16);
    const y = (value: number) => HIGH - BELOW - (value / top) * (HIGH - BELOW - 10);
    const { samples, hair } = palette(this.dark);
    const line = known.map((point) => `${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`).join("L");
    return html`
      <svg viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label=${say.curve}>
        <path d="M${LEFT} 4V${HIGH - BELOW}H${WIDE}" fill="none" stroke=${hair} />
        <path d="M${line}" fill="none" stroke=${samples} stroke-width="1.6" />
        ${known.map((point) => svg`<circle cx=${x(point.x)} cy=${y(point.y)} r="3" fill=${samples} /><text x=${x(point.x) + 5} y=${y(point.y) - 4}>${point.w}</text>`)}
        <text x=${LEFT} y=${HIGH - 5}>${low.toFixed(2)}</text><text x=${WIDE} y=${HIGH - 5} text-anchor="end">${say.control} →</text>
        <text x="0" y="12">${top.toFixed(2)}</text><text x="0" y=${HIGH - BELOW}>0</text>
      </svg>`;
  }

  #save(): void {
    const { store } = this;
    const names = ["guidance", CONTROL, `${CONTROL}_stderr`, DISTANCE, `${DISTANCE}_stderr`];
    const rows = this.#points.map(({ w, control, distance }) => [
      w,
      control?.value,
      control?.stderr,
      distance?.value,
      distance?.stderr,
    ]);
    const file = new Blob([writeCsv(comments(aboutRun(store)), names, rows)], { type: "text/csv" });
    download(file, `guidance-${store.model!.id}-${store.config!.data}-${store.step}.csv`);
  }
}

function told(metric: Metric | undefined): string {
  return metric ? measured(metric.value, metric.stderr) : "–";
}

customElements.define("dgm-guidance-curve", GuidanceCurve);
