/** Where the engines come from. Each is fetched and compiled once, and every worker of the page gets the same compiled code. */
import type { Source } from "./contract.ts";
import { LabError, NO_ENGINE } from "./errors.ts";
import cpuWasm from "./generated/cpu/dgm_bg.wasm?url";
import { Once } from "./once.ts";
import type { Artefact } from "./types.ts";

/** The folder of the site, from wherever its code was loaded. */
export const SITE = new URL(import.meta.env.DEV ? "/" : "../", new URL(cpuWasm, location.href)).href;

/** Another name for another engine: its file is called by what is in it. */
export const VERSION = new URL(cpuWasm, location.href).pathname.split("/").at(-1)!;

const compiled = new Once<Artefact, Source>();

export function sourceOf(artefact: Artefact): Promise<Source> {
  return compiled.get(artefact, () => make(artefact));
}

async function make(artefact: Artefact): Promise<Source> {
  const url = artefact === "cpu" ? new URL(cpuWasm, location.href) : await gpuWasm();
  return { artefact, module: await compile(url), site: SITE };
}

/** The GPU engine is a file beside the page, not part of the bundle: it may be built later, or never. */
async function gpuWasm(): Promise<URL> {
  if (import.meta.env.DEV) return new URL("/src/engine/generated/gpu/dgm_bg.wasm", SITE);
  const answer = await fetch(new URL("engine/manifest.json", SITE));
  const built: { gpu?: object | null } = answer.ok ? await answer.json() : {};
  if (!built.gpu) throw new LabError("gpu_missing", "The WebGPU engine is not built yet.");
  return new URL("engine/gpu/dgm_bg.wasm", SITE);
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
