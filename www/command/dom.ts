/** What the page's views find in a browser before they draw anything: canvases, and observers that have nothing to tell. */
import { createRequire } from "node:module";
import "./fetch-files.ts";
import { findPackage } from "./optional.ts";
import { SmallCanvas } from "./small-canvas.ts";

/** Draws and measures as a browser does; `npm install @napi-rs/canvas` brings it. */
interface Drawing {
  createCanvas(width: number, height: number): HTMLCanvasElement;
}

const found = findPackage("@napi-rs/canvas");
export const drawing: Drawing | undefined = found === undefined ? undefined : createRequire(found)(found);

class Idle {
  observe(): void {}
  disconnect(): void {}
}

Object.assign(globalThis, {
  document: {
    createElement: () => drawing?.createCanvas(1, 1) ?? new SmallCanvas(),
    // Lit asks for these as it is read, and needs them only to render.
    createTreeWalker: () => ({}),
    createComment: () => ({}),
  },
  ResizeObserver: Idle,
  IntersectionObserver: Idle,
  devicePixelRatio: 1,
});
