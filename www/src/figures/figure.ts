/**
 * What every figure that explains has in common: its attributes, its place on the page, and how it asks the core. It draws at once what
 * the reader moves, and puts the core's numbers beside it when they come, the newest wish first. Until it is near the view it costs nothing.
 */
import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { Gesture } from "../controls/gesture.ts";
import { Presence } from "../elements/presence.ts";
import { errorFrom } from "../engine/errors.ts";
import type { Guest } from "../engine/line.ts";
import { pagePool } from "../engine/page-pool.ts";
import { explained } from "../engine/policy.ts";
import { Newest } from "../engine/queue.ts";
import { SumDesk } from "../engine/sums.ts";
import { fetchStrings, strings } from "../i18n/index.ts";
import { errorMessage } from "../lab/messages.ts";
import type { Lang, Theme } from "../state/config.ts";
import { styles } from "./styles.ts";

/** A listener hears the outcome when the hand has rested this long. */
const REST_MS = 700;

export type Words<T> = Record<Lang, T>;

const shared: Words<{ refused: (what: string) => string }> = {
  en: { refused: (what) => `This cannot be used and was left out: ${what}` },
  zh: { refused: (what) => `这些用不了，已经略去：${what}` },
};

export abstract class Figure<Answer> extends LitElement implements Guest {
  static override styles = styles;
  static override properties: PropertyDeclarations = { lang: {}, theme: { reflect: true }, caption: {} };
  declare lang: string;
  declare theme: Theme;
  declare caption: string;

  /** Pixels between it and the view. */
  distance = 0;
  /** Of the picture, in pixels. */
  protected width = 0;
  protected height = 0;
  /** What the core said of the state that was asked about last. */
  protected answer: Answer | undefined;
  protected readonly gesture = new Gesture();
  #near = false;
  #wrong = "";
  /** Attributes that cannot be used as they stand. */
  readonly #refused = new Map<string, string>();
  #fresh: PropertyValues = new Map();
  #said = "";
  #rest = 0;
  readonly #desk = new SumDesk(pagePool, this);
  readonly #wishes = new Newest();
  readonly #presence = new Presence(this, {
    near: () => {
      this.#near = true;
      void this.#ask();
    },
    seen: () => this.seen(),
    unseen: () => undefined,
    forgotten: () => this.forgotten(),
    moved: (distance) => this.placed(distance),
  });
  readonly #observer = new ResizeObserver(() => this.#measure());
  readonly #ready: Promise<void>;
  #settle: { resolve(): void; reject(error: Error): void } | undefined;

  constructor() {
    super();
    this.#ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Who does not wait for `ready` must not see an unhandled rejection: the error is on the page.
    this.#ready.catch(() => undefined);
  }

  /** Settles when the first numbers are on the page; who asks for it does not wait until the figure is scrolled near. */
  get ready(): Promise<void> {
    this.#presence.hurry();
    return this.#ready;
  }

  /** Everything that the picture shows, as numbers. */
  abstract get values(): unknown;

  /** Asks the core about the state as it is. */
  protected abstract question(desk: SumDesk): Promise<Answer>;
  /** The picture, and what stands under it. */
  protected abstract content(): unknown;
  /** What the figure is, and what it shows now, for those who cannot see it. */
  protected abstract get name(): string;
  protected abstract get outcome(): string;
  /** Takes what the figure's own attributes say. */
  protected abstract read(): void;

  protected get language(): Lang {
    return (this.lang || navigator.language).startsWith("zh") ? "zh" : "en";
  }

  /** What an attribute says, if it is new; one that says nothing that can be used leaves things as they are, and is told. */
  protected take<T>(id: string, read: (text: string) => T | undefined, old: T): T {
    if (!this.#fresh.has(id)) return old;
    this.#refused.delete(id);
    const said: unknown = Reflect.get(this, id);
    if (said === undefined || said === null) return old;
    const value = read(String(said));
    if (value === undefined) this.#refused.set(id, `${id}="${said}"`);
    return value ?? old;
  }

  /** The reader moved something. */
  protected moved(): void {
    clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => {
      this.#said = this.outcome;
      this.requestUpdate();
    }, REST_MS);
    void this.changed();
  }

  /** The state is another. Settles when the core has said what it says of it, or when a newer question took this one's place. */
  protected changed(): Promise<void> {
    this.requestUpdate();
    return this.#ask();
  }

  /** Whether a reader has it in view. */
  protected get inView(): boolean {
    return this.#presence.seen;
  }

  protected seen(): void {}

  /** Nobody has looked for a while: what it holds is given back. */
  protected forgotten(): void {
    this.#desk.leave();
  }

  protected placed(distance: number): void {
    this.distance = distance;
  }

  /** Says on the page what went wrong. */
  protected async fail(cause: unknown): Promise<void> {
    const error = await explained(errorFrom(cause));
    this.#settle?.reject(error);
    // Without them, where the site is out of reach, it is said in English.
    await fetchStrings(this.language).catch(() => false);
    const message = errorMessage(error, { catalogue: undefined, model: undefined, step: 0 });
    this.#wrong = message(strings(this.language));
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#presence.look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
    this.gesture.stop(true);
    this.#presence.look();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const own = Object.keys((this.constructor as typeof LitElement).properties);
    if (!own.some((id) => changed.has(id))) return;
    this.#fresh = changed;
    this.read();
    void this.changed();
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#observer.observe(this.renderRoot.querySelector(".picture")!);
    this.#measure();
  }

  protected override render() {
    const { language } = this;
    const wrong =
      this.#wrong || (this.#refused.size > 0 ? shared[language].refused([...this.#refused.values()].join(" ")) : "");
    return html`
      <div class="figure" part="figure" role="group" lang=${language === "zh" ? "zh-Hans" : "en"} aria-label=${this.name}>
        ${this.content()}
        ${this.caption ? html`<p class="caption" part="caption" data-testid="caption">${this.caption}</p>` : nothing}
        <p class="message" data-testid="message" role="alert" ?hidden=${!wrong}>${wrong}</p>
        <p class="spoken" data-testid="spoken" aria-live="polite">${this.#said}</p>
      </div>`;
  }

  #measure(): void {
    const picture = this.renderRoot.querySelector<HTMLElement>(".picture")!;
    const [width, height] = [picture.clientWidth, picture.clientHeight];
    if (width === this.width && height === this.height) return;
    [this.width, this.height] = [width, height];
    this.requestUpdate();
  }

  async #ask(): Promise<void> {
    if (!this.#near) return;
    this.#presence.linger();
    try {
      await this.#wishes.run(async () => {
        this.answer = await this.question(this.#desk);
        this.#wrong = "";
        this.requestUpdate();
        void this.updateComplete.then(() => this.#settle?.resolve());
      });
    } catch (cause) {
      await this.fail(cause);
    }
  }
}
