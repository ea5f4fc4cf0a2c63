// One headless Chromium with one page, whose workers are the contestants; a small server gives them their scripts, engines and problems.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";

// With a WebGPU adapter where there is no GPU: correct, and slow.
const FLAGS = Object.values(JSON.parse(readFileSync(new URL("../../chromium.json", import.meta.url), "utf8"))).flat();
const TYPES = {
  "": "text/html",
  ".html": "text/html",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".csv": "text/csv",
  ".css": "text/css",
};

// `find(path)` gives a path's file or undefined. Without the headers that would let a page share memory: a page like ours has none, so nobody has threads.
export async function serve(find) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    try {
      const content = find(path);
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream", "cache-control": "no-store" });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });

const PEERS = ["ours", "jaxjs/worker", "tfjs/worker"];

// The page with what its workers ask for: engines at `generated`, `problems` by name.
export async function arena({ here, root, problems }) {
  const bundled = await build({
    entryPoints: PEERS.map((name) => join(here, `${name}.mjs`)),
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    outdir: here,
    outbase: here,
    external: ["/engine/*"],
    logLevel: "error",
  });
  const scripts = new Map(bundled.outputFiles.map(({ path, contents }) => [path.slice(here.length), contents]));
  const wasm = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json"));
  const server = await serve((path) => {
    if (path === "/") return "<!doctype html>";
    if (scripts.has(path)) return Buffer.from(scripts.get(path));
    if (path.startsWith("/problems/")) return problems.get(path.slice("/problems/".length, -".json".length));
    if (path.startsWith("/engine/")) return readFileSync(join(root, "www/src/engine/generated", path.slice("/engine/".length)));
    if (path.startsWith("/tfjs-wasm/")) return readFileSync(join(wasm, "dist", path.slice("/tfjs-wasm/".length)));
    if (path === "/digits.csv") return readFileSync(join(root, "www/public/data/digits.csv"));
    throw new Error(`nothing at ${path}`);
  });
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(server.origin);
  const adapter = await page.evaluate(async () => {
    const found = await navigator.gpu?.requestAdapter();
    return found ? [found.info.vendor, found.info.architecture, found.info.description].filter(Boolean).join(" ") : null;
  });
  return {
    adapter,
    version: browser.version(),
    contestant: (script) => contestant(page, script),
    async close() {
      await browser.close();
      server.close();
    },
  };
}

// One worker in the page. `ask` rejects with what the worker says went wrong.
async function contestant(page, script) {
  const worker = await page.evaluateHandle((script) => new Worker(script, { type: "module" }), `/${script}.js`);
  const ask = (question, argument) =>
    worker.evaluate(
      (worker, message) =>
        new Promise((resolve, reject) => {
          worker.onmessage = ({ data }) => ("error" in data ? reject(new Error(data.error)) : resolve(data.answer));
          worker.onerror = (event) => reject(new Error(event.message ?? "the worker could not start"));
          worker.postMessage(message);
        }),
      { ask: question, argument },
    );
  return { ask, close: () => worker.evaluate((worker) => worker.terminate()) };
}
