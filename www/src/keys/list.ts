/** The list of keys: a dialog over the page, made from the table that binds them. */
import { css, html, LitElement, nothing } from "lit";
import type { Lang } from "../state/config.ts";
import { menuStyles } from "../take/menu-styles.ts";
import { keysOff, switchKeys } from "./off.ts";
import { GROUPS, KEYS, type Key, type KeyedLab } from "./table.ts";
import { type KeyWords, keyWords } from "./words.ts";

const SHIFT = "Shift+";
const ARROWS: Record<string, string> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

class KeyList extends LitElement {
  static override styles = [
    menuStyles,
    css`
      dialog {
        width: min(460px, 100vw - 24px);
      }
      dt {
        white-space: nowrap;
      }
      dl {
        display: grid;
        grid-template-columns: 132px 1fr;
        gap: 6px 14px;
        align-items: baseline;
        margin: 0;
        font-size: 14px;
      }
      dt {
        text-align: right;
      }
      dd {
        margin: 0;
      }
      kbd {
        display: inline-block;
        min-width: 24px;
        padding: 2px 5px;
        border: 1px solid var(--hair);
        border-bottom-width: 2px;
        border-radius: 6px;
        background: var(--ground);
        font: 600 13px/1.4 ui-monospace, monospace;
        text-align: center;
      }
      label {
        display: flex;
        gap: 8px;
        align-items: center;
        min-height: 44px;
        padding: 0 20px 8px;
        font-size: 13px;
      }
      input {
        accent-color: var(--accent);
      }
    `,
  ];

  lab!: KeyedLab;

  protected override firstUpdated(): void {
    this.renderRoot.querySelector("dialog")!.showModal();
  }

  protected override render() {
    const lang = this.lab.config.lang as Lang;
    const words = keyWords[lang];
    const here = KEYS.filter((key) => key.here(this.lab));
    const group = (name: (typeof GROUPS)[number]) => {
      const rows = here.filter((key) => key.group === name);
      return rows.length === 0
        ? nothing
        : html`<section><h3>${words.group[name]}</h3><dl>${rows.map((key) => row(key, words))}</dl></section>`;
    };
    const close = () => this.renderRoot.querySelector("dialog")!.close();
    const outside = (event: Event) => event.target === event.currentTarget && close();
    const use = (event: Event) => switchKeys((event.target as HTMLInputElement).checked);
    return html`
      <dialog data-testid="key-list" aria-labelledby="title" lang=${lang === "zh" ? "zh-Hans" : "en"} @close=${() => this.remove()} @click=${outside}>
        <header>
          <div><h2 id="title">${words.title}</h2><p>${words.lead}</p></div>
          <button class="close" data-testid="key-close" autofocus @click=${close}>${words.close}</button>
        </header>
        ${GROUPS.map(group)}
        <label><input type="checkbox" data-testid="key-single" .checked=${!keysOff()} @change=${use} />${words.single}</label>
      </dialog>`;
  }
}

function row({ id, keys }: Key, words: KeyWords) {
  // Shift is said once.
  const shift = keys[0]!.startsWith(SHIFT) ? html`<kbd>⇧</kbd> ` : nothing;
  const shown = keys.map((key) => html`<kbd>${nameOf(key.replace(SHIFT, ""), words)}</kbd>`);
  const between = shift === nothing ? ` ${words.or} ` : " ";
  return html`<dt>${shift}${shown.flatMap((key, i) => (i > 0 ? [between, key] : [key]))}</dt><dd data-key=${id}>${words.key[id]}</dd>`;
}

function nameOf(key: string, { space }: KeyWords): string {
  if (key === " ") return space;
  return ARROWS[key] ?? (key === "-" ? "−" : key.toUpperCase());
}

customElements.define("dgm-keys", KeyList);

/** Opens it in a lab; the browser brings who closes it back to where they were. */
export function openKeys(lab: KeyedLab): void {
  lab.renderRoot.append(Object.assign(document.createElement("dgm-keys") as KeyList, { lab }));
}
