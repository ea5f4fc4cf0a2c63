/** What stands at the end of the header: the engine, what can be taken away of one model, language and theme. */
import { html, nothing } from "lit";
import type { Store } from "../lab/store.ts";
import { engineBadge } from "./scores.ts";
import { languageSwitch, themeSwitch } from "./switches.ts";
import { takeButton } from "./take.ts";

export function tools(store: Store, renderRoot: ParentNode, dark: () => boolean, one: boolean) {
  return html`${engineBadge(store)}${one ? takeButton(store, { renderRoot, dark }) : nothing}${languageSwitch(store)}${themeSwitch(store, dark)}`;
}
