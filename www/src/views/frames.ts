/** Drawings that wait for the next frame, spread over frames where there are many: what is drawn in one is also handed to the screen in one. */

/** So many are drawn in every frame, and more for as long as they take no longer than this. */
const LEAST = 3;
const FRAME_MS = 6;

/** In the order in which they were asked for. */
const waiting = new Set<() => void>();
/** Whether a frame is asked for. */
let asked = false;

/** Draws in the next frame, or soon after it. */
export function soon(draw: () => void): void {
  waiting.add(draw);
  next();
}

export function never(draw: () => void): void {
  waiting.delete(draw);
}

function run(): void {
  asked = false;
  const began = performance.now();
  let drawn = 0;
  for (const draw of waiting) {
    if (drawn >= LEAST && performance.now() - began > FRAME_MS) break;
    drawn++;
    waiting.delete(draw);
    draw();
  }
  if (waiting.size > 0) next();
}

function next(): void {
  if (!asked) requestAnimationFrame(run);
  asked = true;
}
