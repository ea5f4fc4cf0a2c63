/** Tables that are dropped on a lab or pasted over it, wherever the pointer or the focus is. */
import type { ReactiveController, ReactiveControllerHost } from "lit";

const NAMES = ["dragover", "dragleave", "drop", "paste"] as const;

export interface Taker {
  /** While something that can be read hangs over the lab. */
  hover(on: boolean): void;
  take(source: string | Blob, name: string): void;
}

export class Dropping implements ReactiveController {
  readonly #host: HTMLElement;
  readonly #taker: Taker;

  constructor(host: ReactiveControllerHost & HTMLElement, taker: Taker) {
    this.#host = host;
    this.#taker = taker;
    host.addController(this);
  }

  hostConnected(): void {
    for (const name of NAMES) this.#host.addEventListener(name, this.offer);
  }

  hostDisconnected(): void {
    for (const name of NAMES) this.#host.removeEventListener(name, this.offer);
  }

  /** Takes an event wherever it happened, and the very one: Firefox lets nobody put a clipboard into another. */
  readonly offer = (event: DragEvent | ClipboardEvent): void => {
    if (event instanceof ClipboardEvent) this.#paste(event);
    else if (event.type === "dragover") this.#over(event);
    else if (event.type === "drop") this.#drop(event);
    else this.#leave(event);
  };

  #over(event: DragEvent): void {
    if (!event.dataTransfer?.types.some((type) => type === "Files" || type === "text/plain")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    this.#taker.hover(true);
  }

  #leave(event: DragEvent): void {
    const to = event.relatedTarget;
    if (!(to instanceof Node && this.#host.contains(to))) this.#taker.hover(false);
  }

  #drop(event: DragEvent): void {
    const [file] = event.dataTransfer?.files ?? [];
    const text = event.dataTransfer?.getData("text/plain");
    this.#taker.hover(false);
    if (!file && !text) return;
    event.preventDefault();
    this.#taker.take(file ?? text!, file?.name ?? "");
  }

  #paste(event: ClipboardEvent): void {
    // A field takes what is pasted into it.
    const target = event.composedPath()[0];
    if (target instanceof HTMLElement && target.closest("input, textarea, [contenteditable]")) return;
    const [file] = event.clipboardData?.files ?? [];
    const text = event.clipboardData?.getData("text/plain");
    if (text) this.#taker.take(text, "");
    else if (file && !file.type.startsWith("image/")) this.#taker.take(file, file.name);
  }
}
