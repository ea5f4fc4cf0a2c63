/** The reader of tables, fetched when it is first needed; what is long is read in a worker of its own. */
import { LabError } from "../engine/errors.ts";
import { startWorker } from "../engine/start-worker.ts";
import type { Asked } from "../state/table/read.ts";
import type { Read, Source } from "./table-source.ts";
import workerUrl from "./table-worker.ts?worker&url";

/** Shorter texts are read before a worker would have started. */
const LONG = 300_000;

export const tools = () => import("../state/table/tools.ts");

export async function readSource(source: Source, asked: Asked): Promise<Read> {
  if (sizeOf(source) > LONG) {
    const worker = tableWorker();
    if (worker) return inWorker(worker, source, asked);
  }
  const { read } = await import("./table-source.ts");
  return read(source, asked);
}

export function sizeOf(source: Source): number {
  return typeof source === "string" ? source.length : source.size;
}

/** Where the page may not start one, it reads by itself. */
function tableWorker(): Worker | undefined {
  try {
    return startWorker(workerUrl, "table");
  } catch {
    return undefined;
  }
}

function inWorker(worker: Worker, source: Source, asked: Asked): Promise<Read> {
  return new Promise<Read>((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => {
      if (data.failure) reject(new LabError(data.failure.code, data.failure.message, data.failure.details));
      else resolve(data.read);
    });
    worker.addEventListener("error", ({ message }) => reject(new LabError("internal", message)));
    worker.postMessage({ source, asked });
  }).finally(() => worker.terminate());
}
