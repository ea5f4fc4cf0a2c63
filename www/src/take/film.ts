/** A film of the picture while it learns, as the browser's own recorder writes it. */
import type { Store } from "../lab/store.ts";
import { drawn, onStage, type Place, penOf } from "./exports.ts";

/** Pictures a second, and pixels for each of the page's. */
const RATE = 20;
const TIMES = 2;
const BITS_PER_SECOND = 6_000_000;
const TYPES = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"];

function typeOf(): string | undefined {
  if (typeof MediaRecorder === "undefined" || !("captureStream" in HTMLCanvasElement.prototype)) return undefined;
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}

export function canFilm(): boolean {
  return typeOf() !== undefined;
}

/** Records from now on; `stop` gives the film. */
export function film(store: Store, place: Place): { stop(): Promise<Blob> } {
  const type = typeOf();
  const canvas = document.createElement("canvas");
  const pen = penOf(canvas);
  const first = drawn(store, place);
  [canvas.width, canvas.height] = [TIMES * first.width, TIMES * first.height];
  const draw = () => {
    const figure = onStage(store, place);
    // The last picture stands while another kind of it is on its way.
    if (!figure) return;
    const times = Math.min(canvas.width / figure.width, canvas.height / figure.height);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.scale(times, times);
    figure.draw(pen, false);
  };
  const recorder = new MediaRecorder(canvas.captureStream(RATE), {
    ...(type && { mimeType: type }),
    videoBitsPerSecond: BITS_PER_SECOND,
  });
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  draw();
  recorder.start();
  const timer = setInterval(draw, 1000 / RATE);
  return {
    async stop() {
      clearInterval(timer);
      const stopped = new Promise((done) => recorder.addEventListener("stop", done, { once: true }));
      recorder.stop();
      await stopped;
      for (const track of recorder.stream.getTracks()) track.stop();
      return new Blob(parts, { type: "video/webm" });
    },
  };
}
