/** Formulas as HTML, each set once; the worker is started by the first and ends when nothing is left to set. */
import { type Remote, wrap } from "comlink";
import { startWorker } from "../engine/start-worker.ts";
import type { Typesetter } from "./typeset-worker.ts";
import workerUrl from "./typeset-worker.ts?worker&url";

/** Readers look through several models in a row; each new one must not start a worker of its own. */
const IDLE_MS = 3000;

const done = new Map<string, Promise<string>>();
let worker: Worker | undefined;
let typesetter: Remote<Typesetter> | undefined;
let idle = 0;
let setting = 0;

export function typeset(source: string): Promise<string> {
  let html = done.get(source);
  if (!html) {
    html = setAnew(source);
    done.set(source, html);
  }
  return html;
}

async function setAnew(source: string): Promise<string> {
  clearTimeout(idle);
  worker ??= startWorker(workerUrl, "typeset");
  typesetter ??= wrap<Typesetter>(worker);
  setting++;
  const html = await typesetter.typeset(source);
  if (--setting === 0) idle = window.setTimeout(end, IDLE_MS);
  return html;
}

function end(): void {
  worker?.terminate();
  worker = typesetter = undefined;
}

/** Puts KaTeX's HTML in place. Its style attributes go through the object model, which the content policy allows. */
export function place(html: string, into: Element): void {
  into.innerHTML = html.replaceAll(' style="', ' data-style="');
  for (const element of into.querySelectorAll<HTMLElement>("[data-style]")) {
    element.style.cssText = element.dataset.style!;
    delete element.dataset.style;
  }
}
