/** Models side by side, fetched when they are asked for. */
import type { LitElement } from "lit";
import type { StoreHost } from "../lab/host.ts";
import type { Store } from "../lab/store.ts";
import type { Raw } from "../state/config.ts";
import type { Around } from "./around.ts";
import { Board } from "./board.ts";
import { Panels } from "./panels.ts";
import { compareStyles } from "./styles.ts";

export interface Host {
  emit: StoreHost["emit"];
  /** Shows a panel alone. */
  alone(key: number): void;
}

/** Makes the model of an element the first of several. */
export function sideBySide(store: Store, element: LitElement, raw: Raw, { emit, alone }: Host) {
  const changed = () => element.requestUpdate();
  const panels = new Panels(store, raw, { changed, emit });
  const board = new Board(panels, element, alone);
  const root = element.renderRoot as ShadowRoot;
  const sheet = compareStyles.styleSheet!;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return { panels, render: (around: Around) => board.render(around) };
}
