/** The page of an experiment: what to run, how far it is, and what came of it. */
import { html, LitElement, nothing } from "lit";
import { barStyles } from "../elements/bar-styles.ts";
import { baseStyles } from "../elements/base-styles.ts";
import type { LabError } from "../engine/errors.ts";
import type { Catalogue, Metric, ParamSpec } from "../engine/types.ts";
import { download } from "../lab/download.ts";
import { FIRST_DATA } from "../state/config.ts";
import { isSweepTable } from "../state/sign.ts";
import { plan, readSweep, TABLE } from "../state/sweep.ts";
import { writeCsv } from "../take/csv.ts";
import { type Progress, sweep } from "./index.ts";
import { panelStyles } from "./panel-styles.ts";
import { readTable } from "./read-table.ts";
import { results, type Setup, scoreName, scoreOf } from "./results.ts";
import { type Summary, summarized } from "./summary.ts";
import { columnsOf, Gathered } from "./table.ts";
import { type Words, wordsIn } from "./words.ts";

class Experiment extends LitElement {
  static override styles = [baseStyles, barStyles, panelStyles];

  setup!: Setup;
  /** How the lab is told that workers are busy. */
  begins: () => Promise<void> = async () => undefined;
  #asked: Record<string, unknown> = {};
  #setting = "";
  #values = "";
  #gathered = new Gathered();
  #wish = 0;
  #summary: Summary = { lines: [], marks: [] };
  #progress: Progress | undefined;
  #stop: AbortController | undefined;
  #fault = "";
  #score = "";
  /** Where the rows came from, where they did not come about here. */
  #source = "";
  /** A table to begin with. */
  table: Blob | undefined;

  get #words(): Words {
    return wordsIn(this.setup.lang);
  }

  protected override firstUpdated(): void {
    const { model, catalogue } = this.setup;
    const data = catalogue.data.find(({ id }) => id === this.setup.data)?.id ?? FIRST_DATA;
    this.#asked = { models: [model], data: [data], seeds: [1, 2, 3], steps: 500 };
    this.dataset.theme = this.setup.theme;
    this.renderRoot.querySelector("dialog")!.showModal();
    if (this.table) void this.#open(this.table);
    this.requestUpdate();
  }

  protected override render() {
    const words = this.#words;
    const running = this.#stop !== undefined;
    return html`
      <dialog data-testid="experiment" aria-label=${words.title} @close=${() => this.#close()}>
        <header><h1>${words.title}</h1><button class="plain" data-testid="experiment-close" @click=${() => this.#dialog.close()}>${words.close}</button></header>
        <p class="quiet">${words.lead}</p>
        <form @submit=${(event: Event) => event.preventDefault()}>${this.#fields()}</form>
        <div class="buttons">
          ${
            running
              ? html`<button class="plain" data-testid="experiment-stop" @click=${() => this.#stop?.abort()}>${words.stop}</button>`
              : html`<button class="plain" data-testid="experiment-run" ?disabled=${this.#count() === 0} @click=${() => void this.#run(false)}>${words.run}: ${words.runs(this.#count())}</button>`
          }
          ${!running && this.#gathered.rows.length > 0 ? html`<button class="plain" @click=${() => void this.#run(true)}>${words.anew}</button>` : nothing}
          <button class="plain" data-testid="experiment-save" @click=${() => this.#saveJson()}>${words.json}</button>
          ${running ? nothing : html`<label class="plain"><span>${words.open}</span><input type="file" accept=".json,.csv,application/json,text/csv" data-testid="experiment-open" hidden @change=${this.#openFile} /></label>`}
        </div>
        <p class="fault" role="alert" data-testid="experiment-fault">${this.#fault}</p>
        ${this.#results()}
      </dialog>`;
  }

  /** Who is taken off the page for good computes no further; what is only put elsewhere is back within the task. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    queueMicrotask(() => !this.isConnected && this.#stop?.abort());
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector("dialog")!;
  }

  #fields() {
    const words = this.#words;
    const { catalogue, lang } = this.setup;
    const list = (key: string): string[] => (this.#asked[key] as string[] | undefined) ?? [];
    const many = (key: "models" | "data", options: unknown) => html`
      <label>${words[key]}<select multiple data-testid="experiment-${key}" @change=${(event: Event) => this.#set(key, selected(event))}>${options}</select></label>`;
    const whole = (key: "seeds" | "steps", value: number, most: number, set: (value: number) => unknown) => html`
      <label>${words[key]}<input type="number" min="1" max=${most} step="1" .value=${String(value)} data-testid="experiment-${key}"
        @change=${(event: Event) => this.#set(key, set((event.target as HTMLInputElement).valueAsNumber))} /></label>`;
    const settings = this.#settings();
    return html`
      ${many(
        "models",
        catalogue.families.map(
          (family) =>
            html`<optgroup label=${family.label[lang]}>${catalogue.models.filter((spec) => spec.family === family.id).map((spec) => html`<option value=${spec.id} .selected=${list("models").includes(spec.id)}>${spec.label[lang]}</option>`)}</optgroup>`,
        ),
      )}
      ${many(
        "data",
        catalogue.data
          .filter(({ id }) => id !== "mixture")
          .map(
            (spec) =>
              html`<option value=${spec.id} .selected=${list("data").includes(spec.id)}>${spec.label[lang]}</option>`,
          ),
      )}
      <div class="fields">
        <label>${words.setting}<select data-testid="experiment-setting" @change=${(event: Event) => this.#chosen((event.target as HTMLSelectElement).value)}>
          <option value="">${words.none}</option>
          ${settings.map((spec) => html`<option value=${spec.id} ?selected=${spec.id === this.#setting}>${spec.label[lang]}</option>`)}
        </select></label>
        ${this.#setting ? html`<label title=${words.values_help}>${words.values}<input data-testid="experiment-values" .value=${this.#values} @change=${(event: Event) => this.#given((event.target as HTMLInputElement).value)} /></label>` : nothing}
        ${whole("seeds", list("seeds").length, 100, (n) => Array.from({ length: n || 0 }, (_, i) => i + 1))}
        ${whole("steps", Number(this.#asked.steps ?? 0), 1_000_000, (n) => n)}
      </div>`;
  }

  /** Settings that any of the chosen models has. */
  #settings() {
    const { models } = this.setup.catalogue;
    const chosen = models.filter(({ id }) => ((this.#asked.models as string[] | undefined) ?? []).includes(id));
    const seen = new Map(chosen.flatMap(({ params }) => params).map((spec) => [spec.id, spec] as const));
    return [...seen.values()];
  }

  #set(key: string, value: unknown): void {
    this.#asked = { ...this.#asked, [key]: value };
    this.requestUpdate();
  }

  /** Offers values around the usual one. */
  #chosen(id: string): void {
    const spec = this.#settings().find((candidate) => candidate.id === id);
    this.#setting = id;
    this.#given(spec ? around(spec) : "");
  }

  #given(text: string): void {
    this.#values = text;
    const values = text
      .split(/[,，]/)
      .map((part) => part.trim())
      .filter((part) => part !== "");
    const numbers = values.map((value) => (Number.isNaN(Number(value)) ? value : Number(value)));
    this.#set("settings", this.#setting && numbers.length > 0 ? { [this.#setting]: numbers } : {});
  }

  /** How many runs this is; none while something is wrong with it, which is then said. */
  #count(): number {
    try {
      const { catalogue } = this.setup;
      const runs = plan(catalogue, readSweep(catalogue, this.#asked)).length;
      this.#fault = "";
      return runs;
    } catch (error) {
      this.#fault = this.#asked.models ? (error as LabError).message : "";
      return 0;
    }
  }

  async #run(anew: boolean): Promise<void> {
    this.#stop = new AbortController();
    this.#source = "";
    this.#show(new Gathered());
    await this.begins();
    const progress = (progress: Progress) => {
      this.#progress = progress;
      this.#show(new Gathered(progress.rows));
    };
    const named = (metrics: readonly Metric[]) => {
      for (const { id, label } of metrics) this.setup.names.set(id, label);
    };
    try {
      await sweep(this.setup.catalogue, this.#asked, { signal: this.#stop.signal, anew, progress, named });
    } catch (error) {
      this.#fault = (error as Error).message;
    }
    this.#stop = undefined;
    this.requestUpdate();
  }

  #results() {
    if (this.#gathered.rows.length === 0) return html`<p class="quiet">${this.#words.empty}</p>`;
    const score = scoreOf(this.#gathered, this.#score);
    const choose = (event: Event) => {
      this.#score = (event.target as HTMLSelectElement).value;
      this.#show(this.#gathered);
    };
    return html`
      ${this.#source ? html`<p role="status" data-testid="experiment-source">${this.#source}</p>` : this.#bar()}
      <div class="buttons">
        <label>${this.#words.score}<select data-testid="experiment-score" @change=${choose}>${[...this.#gathered.scores].map((id) => html`<option value=${id} ?selected=${id === score}>${scoreName(this.setup, id)}</option>`)}</select></label>
        <button class="plain" data-testid="experiment-csv" @click=${() => this.#saveCsv()}>${this.#words.csv}</button>
      </div>
      ${results(this.#summary, score, this.#along, this.setup)}`;
  }

  /** The setting that the picture goes along. */
  get #along(): string | undefined {
    return Object.keys((this.#asked.settings as object | undefined) ?? {})[0];
  }

  /** What rows say is worked out in turns; what is asked for meanwhile comes instead. */
  #show(gathered: Gathered): void {
    this.#gathered = gathered;
    const wish = ++this.#wish;
    void summarized(gathered, scoreOf(gathered, this.#score), this.#along, () => wish === this.#wish).then(
      (summary) => {
        if (summary) this.#summary = summary;
        this.requestUpdate();
      },
    );
  }

  #bar() {
    const { done, total, left } = this.#progress ?? { done: 0, total: 0, left: Number.NaN };
    const words = this.#words;
    const time = this.#stop && Number.isFinite(left) && left > 0 ? words.minutes(left) : "";
    return html`<p role="status" data-testid="experiment-progress">${words.done(done, total, time)}</p><progress max=${total} .value=${done} aria-label=${words.done(done, total, time)}></progress>`;
  }

  #saveCsv(): void {
    const { fields, data } = columnsOf(this.#gathered.rows);
    download(new Blob([writeCsv([], fields, data)], { type: "text/csv" }), "experiment.csv");
  }

  #saveJson(): void {
    const text = `${JSON.stringify(this.#asked, undefined, 2)}\n`;
    download(new Blob([text], { type: "application/json" }), "experiment.json");
  }

  readonly #openFile = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = "";
    if (file) void this.#open(file);
  };

  async #open(file: Blob): Promise<void> {
    try {
      if (await isSweepTable(file)) await this.#openTable(file);
      else this.#become(JSON.parse(await file.text()));
      this.requestUpdate();
    } catch {
      this.#fault = this.#words.unreadable;
      this.renderRoot.querySelector(".fault")!.textContent = this.#fault;
    }
  }

  async #openTable(file: Blob): Promise<void> {
    const { head, gathered } = await readTable(file);
    this.#become(head.sweep);
    this.#source = this.#words.opened(gathered.rows.length, head.program);
    this.#show(gathered);
  }

  /** Takes what a file asks for. */
  #become(asked: unknown): void {
    if (typeof asked !== "object" || asked === null || Array.isArray(asked)) throw new Error("no object");
    this.#asked = inFull(this.setup.catalogue, asked as Record<string, unknown>);
    const [id = "", values] =
      Object.entries((this.#asked.settings as Record<string, unknown> | undefined) ?? {})[0] ?? [];
    this.#setting = id;
    this.#values = Array.isArray(values) ? values.join(", ") : "";
  }

  #close(): void {
    this.#stop?.abort();
    this.remove();
  }
}

/** Every list as a list, where nothing is wrong with it. */
function inFull(catalogue: Catalogue, asked: Record<string, unknown>): Record<string, unknown> {
  try {
    return { ...readSweep(catalogue, asked, TABLE) };
  } catch {
    return asked;
  }
}

/** Every option, or half, once and twice the usual value. */
function around({ options = [], kind, default: usual, min, max }: ParamSpec): string {
  if (kind === "choice") return options.map(({ id }) => id).join(", ");
  const values = [usual / 2, usual, usual * 2].map((value) => (kind === "int" ? Math.round(value) : value));
  return [...new Set(values.filter((value) => value >= min && value <= max))].join(", ");
}

const selected = (event: Event) => [...(event.target as HTMLSelectElement).selectedOptions].map(({ value }) => value);

customElements.define("dgm-experiment", Experiment);

/** Opens it over the page; the lab pauses while its runs go. */
export function openExperiment(setup: Setup, begins: () => Promise<void>, table?: Blob): void {
  const element = Object.assign(document.createElement("dgm-experiment") as Experiment, { setup, begins, table });
  document.body.append(element);
}
