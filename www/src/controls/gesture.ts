/**
 * A drag belongs to the pointer that began it: other fingers are not heard. It ends once, where its pointer was lifted, lost or seen without a
 * button down, or taken back where the browser took the pointer away (to scroll, to zoom).
 */
interface Handlers {
  move(event: PointerEvent): void;
  /** `kept` is false where the gesture was broken off and must leave no trace. */
  end(kept: boolean): void;
}

export class Gesture {
  #held: { pointer: number; over: AbortController; end: Handlers["end"] } | undefined;

  get active(): boolean {
    return this.#held !== undefined;
  }

  /** Begins with a `pointerdown` on or below `element`; false where another gesture is under way or the button is not the first. */
  begin(event: PointerEvent, element: Element, { move, end }: Handlers): boolean {
    if (this.#held || event.button !== 0) return false;
    const { pointerId } = event;
    const over = new AbortController();
    this.#held = { pointer: pointerId, over, end };
    element.setPointerCapture(pointerId);
    const on = (name: string, act: (event: PointerEvent) => void) =>
      element.addEventListener(
        name,
        (each) => (each as PointerEvent).pointerId === pointerId && act(each as PointerEvent),
        {
          signal: over.signal,
        },
      );
    on("pointermove", (each) => (each.buttons === 0 ? this.stop(true) : move(each)));
    on("pointerup", () => this.stop(true));
    on("pointercancel", () => this.stop(false));
    on("lostpointercapture", () => this.stop(true));
    window.addEventListener("blur", () => this.stop(true), { signal: over.signal });
    return true;
  }

  stop(kept: boolean): void {
    const held = this.#held;
    if (!held) return;
    this.#held = undefined;
    held.over.abort();
    held.end(kept);
  }
}
