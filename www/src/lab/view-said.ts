/** How a lab is looked at, as an address says it: its layers, the reading of its field, its speed. What is as usual is not said. */
import type { Raw } from "../state/config.ts";
import { speedWord } from "../state/lesson.ts";
import { type Show, writeShow } from "../state/show.ts";
import { zoomOf } from "../views/box.ts";
import { EVERY_LAYER } from "../views/plane-stage.ts";
import { firstLook } from "./pictures.ts";
import type { Store } from "./store.ts";

export function viewSaid({ course, shown, look, model, solid, along, box, data, trainer }: Store): Raw {
  const { show, speed } = course.lesson;
  const now = trainer.governor.speed;
  const names = Object.keys(EVERY_LAYER) as (keyof typeof EVERY_LAYER)[];
  const layers = names.filter((name) => shown[name]);
  const other = model && look !== "discriminator" && look !== firstLook(model) ? look : undefined;
  const usual = names.every((name) => shown[name] === EVERY_LAYER[name]) && !other && !solid;
  const { layers: _layers, look: _look, solid: _solid, along: _along, zoom: _zoom, ...rest } = show;
  const seen: Show = {
    ...rest,
    ...(!usual && { layers, ...(other && { look: other }), ...(solid && { solid }) }),
    ...(along < 1 && { along: Math.round(1000 * along) / 1000 }),
    ...(box && data && { zoom: zoomOf(box, data.bounds) }),
  };
  const text = writeShow(seen);
  return {
    ...(text && { show: text }),
    ...((Number.isFinite(now) || speed !== undefined) && { speed: speedWord(now) }),
  };
}
