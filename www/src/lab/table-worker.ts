/** Reads a long text or a large file beside the page, so that the page stays alive meanwhile. */
import { failureFrom } from "../engine/errors.ts";
import type { Asked } from "../state/table/read.ts";
import { read, type Source } from "./table-source.ts";

self.addEventListener("message", async ({ data }: MessageEvent<{ source: Source; asked: Asked }>) => {
  try {
    self.postMessage({ read: await read(data.source, data.asked) });
  } catch (error) {
    self.postMessage({ failure: failureFrom(error) });
  }
});
