// Serves www/dist under /playground/ as a plain static server would: gzip for text and wasm, 404 for what is missing, nothing clever.
// Everything may be read from any other origin, as static hosts have it. The next port serves one: GET /?html=…&csp=… is a page of a teacher's
// own, with a Content-Security-Policy of its own.
// GET /__requests answers with what was asked for since the last time: [{ path, status, bytes, at }], bytes as they went over the wire, at in ms since 1970.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../../www/dist/", import.meta.url));
const port = Number(process.env.E2E_PORT);
const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};
const packed = new Map(); // path -> gzipped bytes
let requests = [];

async function respond(path) {
  if (!path.startsWith("/playground/")) return { status: 404, body: "not here" };
  const file = normalize(join(root, path.slice("/playground/".length) || "index.html"));
  if (!file.startsWith(root)) return { status: 404, body: "not here" };
  try {
    const body = await readFile(file);
    const type = types[extname(file)] ?? "application/octet-stream";
    if (type.startsWith("font/")) return { status: 200, body, type };
    const key = `${path} ${body.length}`;
    if (!packed.has(key)) packed.set(key, gzipSync(body));
    return { status: 200, body: packed.get(key), type, encoding: "gzip" };
  } catch {
    return { status: 404, body: "not here" };
  }
}

createServer(async (request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  if (path === "/__requests") {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(requests));
    requests = [];
    return;
  }
  const at = Date.now();
  const { status, body, type = "text/plain", encoding } = await respond(path);
  requests.push({ path, status, bytes: body.length, at });
  response
    .writeHead(status, {
      "content-type": type,
      "cache-control": "no-cache",
      "access-control-allow-origin": "*",
      ...(encoding && { "content-encoding": encoding }),
    })
    .end(body);
}).listen(port, "127.0.0.1");

createServer((request, response) => {
  const asked = new URL(request.url, "http://localhost").searchParams;
  const csp = asked.get("csp");
  response
    .writeHead(asked.has("html") ? 200 : 204, { "content-type": types[".html"], ...(csp && { "content-security-policy": csp }) })
    .end(asked.get("html") ?? undefined);
}).listen(port + 1, "127.0.0.1");
