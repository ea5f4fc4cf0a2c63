/** The page's own stage for what was learned, with nobody looking. */
import type { Store } from "../src/lab/store.ts";
import type { Place } from "../src/take/exports.ts";
import type { CanvasStack } from "../src/views/canvas.ts";
import { LineStage } from "../src/views/line-stage.ts";
import { PictureStage } from "../src/views/picture-stage.ts";
import { PlaneStage } from "../src/views/plane-stage.ts";

/** Sides of the stage in CSS pixels, as a wide page has it, and cells along each side of a field. */
const SIZE = { width: 640, height: 640 };
const CELLS = 64;

/** Draws the state as it is. */
export async function drawn(store: Store): Promise<Place> {
  const { trainer } = store;
  trainer.governor.side = CELLS;
  trainer.wake();
  await trainer.jump(async () => undefined);
  // However long it took, nobody drags along the run: an outline is no picture to keep.
  await trainer.whole();
  await trainer.rest();
  const stage = stageOf(store);
  Object.assign(stage, SIZE);
  return { renderRoot: { querySelectorAll: () => [stage] } as unknown as ParentNode, dark: () => false };
}

function stageOf({ dim, data, frame, shown, axes, look }: Store): CanvasStack {
  if (dim > 2) return Object.assign(new PictureStage(), { data, frame, shown });
  if (dim === 1) return Object.assign(new LineStage(), { data, frame, shown, axes });
  return Object.assign(new PlaneStage(), { data, frame, shown, axes, look });
}
