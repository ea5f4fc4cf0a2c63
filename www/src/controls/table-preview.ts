/** A table before it is learned: its columns as cards to press, how it was read, what was left out, and the points as they will be learned. */
import { html, LitElement, nothing } from "lit";
import { errorFrom } from "../engine/errors.ts";
import { columnName, counted, ownWords, sentence, type Words } from "../i18n/own-data.ts";
import { plainNumber } from "../i18n/own-notes.ts";
import { chooseColumns, closePreview, learnLooked, readAs } from "../lab/bring.ts";
import type { Looked } from "../lab/own-table.ts";
import type { Store } from "../lab/store.ts";
import { classColumns, toggled, toggledRows } from "../state/table/choose.ts";
import type { Reading } from "../state/table/layout.ts";
import type { Column, Note } from "../state/table/table.ts";
import { type Taken, take } from "../state/table/take.ts";
import { previewStyles } from "./table-preview-styles.ts";
import "./thumbnail.ts";

/** Enough points to see their shape. */
const POINTS = 1500;
/** Names of groups that are shown. */
const GROUPS = 5;

export class TablePreview extends LitElement {
  static override styles = previewStyles;
  static override properties = {
    store: { attribute: false },
    looked: { attribute: false },
    language: { attribute: false },
    dark: { attribute: false },
  };
  declare store: Store;
  declare looked: Looked;
  declare language: "en" | "zh";
  declare dark: boolean;

  protected override firstUpdated(): void {
    this.renderRoot.querySelector("dialog")!.showModal();
  }

  protected override render() {
    const { looked, say } = this;
    const { table, choice, file } = looked;
    const { taken, left } = attempted(looked);
    const names = choice.learned.map((at) => this.#name(table.columns[at]!));
    const notes = taken?.notes ?? table.notes;
    return html`
      <dialog data-testid="preview" aria-labelledby="title" @cancel=${this.#cancel} @click=${this.#outside}>
        <form method="dialog" @submit=${this.#learn}>
          <header>
            <h2 id="title">${say.title(file)}</h2>
            <p>${say.size(counted(table.rows), table.columns.length)} ${table.columns.length > 1 ? say.choose : nothing}</p>
          </header>
          <div class="body">
            <div class="read">
              ${this.#ways()}
              <div class="columns">${table.columns.map((column, at) => this.#card(column, at))}</div>
              ${this.#classes()}
            </div>
            <div class="side">
              ${taken ? html`<dgm-thumbnail class=${taken.columns.length === 1 ? "line" : ""} .picture=${pictureOf(taken)} .dark=${this.dark}></dgm-thumbnail>` : nothing}
              ${this.#notes(notes, taken, left)}
            </div>
          </div>
          <footer>
            <button type="button" data-testid="preview-cancel" @click=${this.#cancel}>${say.cancel}</button>
            <button class="main" data-testid="preview-learn" ?disabled=${!taken} autofocus>${say.learn(names)}</button>
          </footer>
        </form>
      </dialog>`;
  }

  get say(): Words {
    return ownWords[this.language];
  }

  #name(column: Column): string {
    return columnName(column, this.looked.table.columns.length, this.language);
  }

  #card(column: Column, at: number) {
    const { say } = this;
    const { choice } = this.looked;
    const place = choice.learned.indexOf(at);
    const grouping = choice.groups === at;
    const able = column.distinct > 0;
    const role =
      place >= 0 ? (choice.learned.length > 1 ? [say.across, say.up][place] : "✓") : grouping ? say.groups : "";
    const press = () => {
      if (able) chooseColumns(this.store, toggled(choice, at));
      else if (column.groups) chooseColumns(this.store, { ...choice, groups: grouping ? undefined : at });
    };
    return html`
      <button type="button" class="column ${place >= 0 ? "learned" : ""}" data-testid="column-${column.name}" aria-pressed=${place >= 0 || grouping}
        ?disabled=${!able && !column.groups} title=${able ? say.learned_help : column.groups ? say.group_help : say.useless} @click=${press}>
        <strong>${this.#name(column)}${column.unit ? html` <i>${column.unit}</i>` : nothing}</strong>
        ${role ? html`<b class="role">${role}</b>` : nothing}
        ${able ? histogram(column) : groupBars(column)}
        <small>${this.#kind(column)}</small>
      </button>`;
  }

  /** Which column tells the rows apart, where one can. */
  #classes() {
    const { say } = this;
    const { table, choice } = this.looked;
    const able = classColumns(table, choice);
    const { groups } = choice;
    if (groups !== undefined && !able.includes(groups)) able.push(groups);
    if (able.length === 0) return nothing;
    const choose = (event: Event) => {
      const at = able[(event.target as HTMLSelectElement).selectedIndex - 1];
      chooseColumns(this.store, { ...choice, groups: at });
    };
    const option = (at: number) => html`<option ?selected=${groups === at}>${this.#name(table.columns[at]!)}</option>`;
    return html`
      <label class="classes" title=${say.group_help}>${say.classes}
        <select data-testid="class-column" @change=${choose}><option ?selected=${groups === undefined}>${say.no_classes}</option>${able.map(option)}</select>
      </label>`;
  }

  #kind(column: Column): string {
    const { say } = this;
    const { kind, range, gaps, odd, groups } = column;
    const missing = column.distinct > 0 ? gaps.count + odd.count : gaps.count;
    const what =
      kind === "constant"
        ? say.constant(plainNumber(range[0]))
        : kind === "word" && groups
          ? say.groups_of(groups.names.length)
          : say.kind[kind];
    return missing > 0 && kind !== "empty" ? `${what}, ${say.missing(counted(missing))}` : what;
  }

  /** How the text was read, and each other way with its first row, to be chosen by one press. */
  #ways() {
    const { say } = this;
    const { table, examples } = this.looked;
    const example = (at: number) => (examples[at] ? html` <code>${examples[at]}</code>` : nothing);
    return html`
      <p class="way"><span>${say.read_as}</span> ${say.way(table.reading)}${example(0)}</p>
      ${
        table.others.length > 0
          ? html`<div class="ways"><p>${say.other}</p>${table.others.map(
              (reading, i) => html`
                <button type="button" data-testid="read-as" @click=${() => readAs(this.store, reading as Reading)}>${say.way(reading)}${example(i + 1)}</button>`,
            )}</div>`
          : nothing
      }`;
  }

  #notes(notes: Note[], taken: Taken | undefined, left: number) {
    const said = notes.map((note) => html`<li>${sentence(note, this.language)}${this.#rows(note)}</li>`);
    const few = taken ? nothing : html`<li>${this.store.text.message.too_few_points(left)}</li>`;
    const all = said.length > 0 || !taken ? said : html`<li>${this.say.nothing_left_out}</li>`;
    return html`<ul class="notes" data-testid="preview-notes">${few}${all}</ul>`;
  }

  /** Rows of a value that stands out are left out by one press, and taken in again by another. */
  #rows({ code, column, value, count }: Note) {
    if (column === undefined || value === undefined) return nothing;
    const press = () => chooseColumns(this.store, toggledRows(this.looked.choice, { column, value }));
    const label = code === "rows_without" ? this.say.keep_rows : this.say.leave_rows(counted(count ?? 0));
    return html` <button type="button" class="plain" data-testid="rows-${value}" @click=${press}>${label}</button>`;
  }

  #learn = (event: Event): void => {
    event.preventDefault();
    learnLooked(this.store);
  };

  #cancel = (event: Event): void => {
    event.preventDefault();
    closePreview(this.store);
  };

  /** A press beside the dialog cancels, as people expect of it. */
  #outside = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) this.#cancel(event);
  };
}

/** What would be learned, or how many rows are whole while these are too few. */
function attempted({ table, choice }: Looked): { taken: Taken | undefined; left: number } {
  try {
    const taken = take(table, choice);
    return { taken, left: taken.columns[0]!.values.length };
  } catch (error) {
    return { taken: undefined, left: Number(errorFrom(error).details.count ?? 0) };
  }
}

/** Each axis fills the picture: a preview shows shapes, and the axes of the stage show sizes. */
function pictureOf({ columns }: Taken) {
  const n = columns[0]!.values.length;
  const step = Math.max(1, Math.floor(n / POINTS));
  const count = columns.length === 1 ? n : Math.floor(n / step);
  const points = new Float32Array(count * columns.length);
  for (const [axis, { values }] of columns.entries()) {
    const [low, high] = middleOf(values);
    const every = columns.length === 1 ? 1 : step;
    for (let i = 0; i < count; i++) points[i * columns.length + axis] = (values[i * every]! - low) / (high - low || 1);
  }
  return {
    dim: columns.length,
    points,
    bounds: { x: [-0.06, 1.06] as [number, number], y: [-0.06, 1.06] as [number, number] },
  };
}

/** The range without far tails, or everything else would lie in one place. */
function middleOf(values: Float64Array): [number, number] {
  const sorted = values.toSorted();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
  const [low, high] = [at(0), at(1)];
  return high - low > 5 * (at(0.99) - at(0.01)) ? [at(0.01), at(0.99)] : [low, high];
}

function histogram({ histogram, range }: Column) {
  const most = Math.max(...histogram);
  const bar = (height: number, i: number) => {
    const tall = height === 0 ? 0 : Math.max(1.5, (28 * height) / most);
    return `M${i * 5} 30v${-tall}h4v${tall}z`;
  };
  return html`
    <svg viewBox="0 0 ${histogram.length * 5} 30" preserveAspectRatio="none" aria-hidden="true"><path d=${histogram.map(bar).join("")} /></svg>
    <span class="range"><span>${plainNumber(range[0])}</span><span>${plainNumber(range[1])}</span></span>`;
}

function groupBars({ groups, sample }: Column) {
  if (!groups)
    return html`<span class="cells">${sample.filter((cell) => cell !== "").map((cell) => html`<span>${cell}</span>`)}</span>`;
  const most = Math.max(...groups.counts);
  const order = groups.names.map((_, at) => at).sort((a, b) => groups.counts[b]! - groups.counts[a]!);
  return html`<span class="bars">${order.slice(0, GROUPS).map(
    (at) => html`
      <span>${groups.names[at]}</span><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><path d="M0 1h${(100 * groups.counts[at]!) / most}v6h-${(100 * groups.counts[at]!) / most}z" /></svg>`,
  )}</span>`;
}

customElements.define("dgm-table-preview", TablePreview);
