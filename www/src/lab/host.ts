/** Whom a lab tells of itself: the element that shows it, or the panels that it is one of. */
export interface StoreHost {
  changed(): void;
  emit(name: "ready" | "step" | "warning" | "error" | "backend" | "page" | "config" | "goal", detail: unknown): void;
}
