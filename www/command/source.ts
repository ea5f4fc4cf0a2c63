/** Where the engines come from without a browser: files beside the command. It stands in for the page's own `engine/source.ts`. */
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Source } from "../src/engine/contract.ts";
import { LabError, NO_ENGINE } from "../src/engine/errors.ts";
import { Once } from "../src/engine/once.ts";
import type { Artefact } from "../src/engine/types.ts";

/** The folder of the site, which is the package. */
export const SITE = new URL("../", import.meta.url).href;

const ASSETS = new URL("assets/", SITE);

const [first = "", rest = ""] = ["first", "rest"].map((part) =>
  existsSync(ASSETS) ? readdirSync(ASSETS).find((name) => name.startsWith(`dgm_${part}-`)) : "",
);

/** Another name for another engine, and the same that the page has for it. */
export const VERSION = first;

const compiled = new Once<Artefact, Source>();

/** Read and compiled once, and every thread gets the same compiled code. */
export function sourceOf(artefact: Artefact): Promise<Source> {
  return compiled.get(artefact, () => make(artefact));
}

async function make(artefact: Artefact): Promise<Source> {
  const gpu = new URL("engine/gpu/", SITE);
  if (artefact === "gpu" && !existsSync(new URL("dgm_bg.wasm", gpu)))
    throw new LabError("gpu_missing", "The WebGPU engine is not part of this package.");
  const compile = async (file: URL) => WebAssembly.compile(await readFile(file));
  try {
    if (artefact === "gpu")
      return {
        artefact,
        module: await compile(new URL("dgm_bg.wasm", gpu)),
        rest: "",
        site: SITE,
        glue: new URL("dgm.js", gpu).href,
      };
    const [module, later] = await Promise.all([first, rest].map((name) => compile(new URL(name, ASSETS))));
    return { artefact, module: module!, rest: later!, site: SITE, glue: "" };
  } catch (error) {
    throw new LabError(NO_ENGINE, `The engine cannot be loaded: ${(error as Error).message}`);
  }
}
