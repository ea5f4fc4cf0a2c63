/** KaTeX in a worker of its own: reading its source alone would hold up the page for longer than a frame. */
import { expose } from "comlink";
import katex from "katex";

const api = {
  typeset: (source: string): string => katex.renderToString(source, { throwOnError: false }),
};

export type Typesetter = typeof api;

expose(api);
