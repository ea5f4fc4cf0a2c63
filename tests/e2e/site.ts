/** A static server of a test's own, which can be stopped and whose site can change. */
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

export interface Site {
  /** The address of the site's folder, below the server's root. */
  url: string;
  /** Where its files lie. */
  folder: string;
  /** Paths below the site's folder that were asked for since the last call. */
  asked(): string[];
  stop(): Promise<void>;
}

/** Serves a copy of `from` in a subfolder. As its answers name no date, a browser has nothing to tell by whether what it keeps is still right. */
export async function serve(from: string, below = "/a/folder/"): Promise<Site> {
  const folder = join(await mkdtemp(join(tmpdir(), "dgm-site-")), "site");
  await cp(from, folder, { recursive: true });
  let paths: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    const path = decodeURIComponent(pathname.slice(below.length));
    paths.push(path);
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    const body = pathname.startsWith(below) && (await readFile(join(folder, file)).catch(() => undefined));
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const headers = { "content-type": type, "cache-control": "no-cache", "access-control-allow-origin": "*" };
    response.writeHead(body ? 200 : 404, headers).end(body || "not here");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  let running = true;
  return {
    url: `http://127.0.0.1:${port}${below}`,
    folder,
    asked: () => {
      const seen = paths;
      paths = [];
      return seen;
    },
    stop: async () => {
      if (!running) return;
      running = false;
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await rm(join(folder, ".."), { recursive: true });
    },
  };
}
