/** Formulas as HTML, each set once; the worker is started by the first. */
import { type Remote, wrap } from "comlink";
import type { Typesetter } from "./typeset-worker.ts";

const done = new Map<string, Promise<string>>();
let typesetter: Remote<Typesetter> | undefined;

export function typeset(source: string): Promise<string> {
  let html = done.get(source);
  if (!html) {
    typesetter ??= wrap<Typesetter>(
      new Worker(new URL("./typeset-worker.ts", import.meta.url), { type: "module", name: "typeset" }),
    );
    html = typesetter.typeset(source);
    done.set(source, html);
  }
  return html;
}

/** Puts KaTeX's HTML in place. Its style attributes go through the object model, which the content policy allows. */
export function place(html: string, into: Element): void {
  into.innerHTML = html.replaceAll(' style="', ' data-style="');
  for (const element of into.querySelectorAll<HTMLElement>("[data-style]")) {
    element.style.cssText = element.dataset.style!;
    delete element.dataset.style;
  }
}
