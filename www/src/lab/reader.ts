/** The reader of tables, fetched when it is first needed; what is long is read in a worker of its own. */
import { LabError } from "../engine/errors.ts";
import { startWorker } from "../engine/start-worker.ts";
import type { Asked } from "../state/table/read.ts";
import type { Read, Source } from "./table-source.ts";
import workerUrl from "./table-worker.ts?worker&url";

/** Shorter texts are read before a worker would have started. */
const LONG = 300_000;

export const tools = () => import("../state/table/tools.ts");

/** So much of a file is looked at for tags. */
const HEAD = 4000;

export async function readSource(source: Source, asked: Asked): Promise<Read> {
  if (isMarkup(typeof source === "string" ? source : await source.slice(0, HEAD).text())) {
    const text = typeof source === "string" ? source : await beginningOf(source);
    const { htmlTable } = await import("./html-table.ts");
    // A worker has no means to take a page apart.
    const { text: cells, count } = htmlTable(text);
    return readPlain(cells, { ...asked, separator: "cells", notes: [{ code: "html_table", count }] });
  }
  return readPlain(source, asked);
}

/** Whether a text is written in tags. */
function isMarkup(head: string): boolean {
  return /^\ufeff?\s*<(?:[a-z!?])/i.test(head) || /<table[\s>]/i.test(head);
}

async function readPlain(source: Source, asked: Asked): Promise<Read> {
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

async function beginningOf(file: Blob): Promise<string> {
  const { decode, MOST_CHARS } = await tools();
  return decode(new Uint8Array(await file.slice(0, MOST_CHARS).arrayBuffer()), file.size <= MOST_CHARS);
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
