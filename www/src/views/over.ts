/** What lies over a picture and is moved by hand: one button as large as the picture, and the ways of the arrow keys in it. */
import { css } from "lit";

/** Right and up are positive, as on the axes. */
export const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export const overStyles = css`
  :host {
    position: absolute;
    inset: 0;
  }
  canvas {
    pointer-events: none;
  }
  button {
    position: absolute;
    inset: 0 0 0 auto;
    width: 100%;
    height: 100%;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: inherit;
    background: none;
    cursor: crosshair;
  }
  button:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -3px;
  }
`;
