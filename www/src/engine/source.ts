/** Where the engines come from. Each is fetched and compiled once, and every worker of the page gets the same compiled code. */
import type { Source } from "./contract.ts";
import { LabError, NO_ENGINE } from "./errors.ts";
import cpuWasm from "./generated/cpu/dgm_first.wasm?url";
import cpuRest from "./generated/cpu/dgm_rest.wasm?url";
import { Once } from "./once.ts";
import type { Artefact } from "./types.ts";

/** The folder of the site, from wherever its code was loaded. */
export const SITE = new URL(import.meta.env.DEV ? "/" : "../", new URL(cpuWasm, location.href)).href;

/** Another name for another engine: its file is called by what is in it. */
export const VERSION = new URL(cpuWasm, location.href).pathname.split("/").at(-1)!;

/** The version of the CPU engine in this bundle, "" where it is not known. */
declare const ENGINE_VERSION: string;

const compiled = new Once<Artefact, Source>();

export function sourceOf(artefact: Artefact): Promise<Source> {
  return compiled.get(artefact, () => make(artefact));
}

async function make(artefact: Artefact): Promise<Source> {
  if (artefact === "cpu") {
    const [first, rest] = [cpuWasm, cpuRest].map((file) => new URL(file, location.href)) as [URL, URL];
    return { artefact, module: await compile(first), rest: rest.href, site: SITE, glue: "" };
  }
  const [wasm, glue] = await gpuFiles();
  return { artefact, module: await compile(wasm), rest: "", site: SITE, glue: glue.href };
}

/**
 * The GPU engine is two files beside the page, not part of the bundle: it may be built later, or never. One of a newer build than this
 * page's would not understand it, and an old one that some cache kept is told by its address.
 */
async function gpuFiles(): Promise<[wasm: URL, glue: URL]> {
  const files = (folder: string, version = "") =>
    ["dgm_bg.wasm", "dgm.js"].map((name) => new URL(`${folder}${name}${version}`, SITE)) as [URL, URL];
  if (import.meta.env.DEV) return files("src/engine/generated/gpu/");
  const answer = await fetch(new URL("engine/manifest.json", SITE));
  const built: Manifest = answer.ok ? await answer.json() : {};
  if (!built.gpu || built.cpu?.version !== ENGINE_VERSION)
    throw new LabError("gpu_missing", "The WebGPU engine of this page is not there, or not yet.");
  return files("engine/gpu/", `?${built.gpu.version}`);
}

interface Manifest {
  cpu?: { version: string } | null;
  gpu?: { version: string } | null;
}

async function compile(url: URL): Promise<WebAssembly.Module> {
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`.trim());
    // Some servers do not know what wasm is, and then it cannot be compiled while it comes.
    const streams = answer.headers.get("content-type")?.startsWith("application/wasm");
    return await (streams ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer()));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError(NO_ENGINE, `The engine cannot be loaded: ${reason}`, { reason });
  }
}
