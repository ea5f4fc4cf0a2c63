/** What stands at the end of the header: the engine, what can be taken away of one model, language and theme. */
import { html, nothing } from "lit";
import type { Store } from "../lab/store.ts";
import { engineBadge } from "./scores.ts";
import { languageSwitch, themeSwitch } from "./switches.ts";
import { takeButton } from "./take.ts";

export function tools(store: Store, renderRoot: ParentNode, dark: () => boolean, one: boolean, keys?: () => void) {
  return html`${engineBadge(store)}${one ? takeButton(store, { renderRoot, dark }) : nothing}<span class="switches">${languageSwitch(store)}${themeSwitch(store, dark)}${keys ? keysButton(store, keys) : nothing}</span>`;
}

const KEYS = { en: "List of keys", zh: "快捷键列表" };

/** Where there may be a keyboard. */
function keysButton({ lang, config }: Store, open: () => void) {
  return html`<button class="round theme keys" data-testid="keys" aria-label=${KEYS[lang]} title="${KEYS[lang]} (?)" aria-haspopup="dialog" ?disabled=${!config} @click=${open}>?</button>`;
}
