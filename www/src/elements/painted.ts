/** Settles when what an element has to show was drawn. */
import type { ReactiveElement } from "lit";
import { arrived } from "../controls/late.ts";

export async function painted(element: ReactiveElement): Promise<void> {
  await element.updateComplete;
  await arrived();
  await element.updateComplete;
  // Two frames: the stage draws in the first; a hidden page has none, and must not wait for them.
  const frames = new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
  await Promise.race([frames, new Promise<void>((done) => setTimeout(done, 200))]);
}
