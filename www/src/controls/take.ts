/** The button that opens the menu of what can be taken away. */
import { html } from "lit";
import { errorFrom } from "../engine/errors.ts";
import type { Store } from "../lab/store.ts";
import { writeHash } from "../state/hash.ts";

const WORDS = { en: "Save and share", zh: "保存与分享" };

export function takeButton(store: Store, place: { renderRoot: ParentNode; dark: () => boolean }) {
  const hash = () => writeHash(store.said, store.model!, {});
  const open = () =>
    import("../take/menu.ts").then(
      ({ openMenu }) => openMenu(store, place, hash),
      (error) => store.fail(errorFrom(error)),
    );
  return html`<button class="plain" data-testid="take" aria-haspopup="dialog" ?disabled=${!store.config} @click=${open}>${WORDS[store.lang]}</button>`;
}
