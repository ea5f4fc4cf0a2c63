// What a reader loads: bytes as they are, gzipped and by brotli, of each engine and of the page around them. Reads www/dist as it was built.
// Writes target/bench/size.json and size.md.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const dist = join(root, "www/dist");
const assets = readdirSync(join(dist, "assets")).map((name) => join(dist, "assets", name));
const kinds = [
  ["CPU engine, its first part", assets.filter((file) => /dgm_first.*\.wasm$/.test(file))],
  ["CPU engine, the rest", assets.filter((file) => /dgm_rest.*\.wasm$/.test(file))],
  ["GPU engine", [join(dist, "engine/gpu/dgm_bg.wasm")]],
  ["scripts and styles", [join(dist, "index.html"), ...assets.filter((file) => /\.(js|css)$/.test(file))]],
];

const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
const rows = [];
for (const [what, files] of kinds) {
  let contents;
  try {
    contents = files.map((file) => readFileSync(file));
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    console.log(`${what}: not built`);
    continue;
  }
  const sum = (size) => contents.reduce((total, content) => total + size(content), 0);
  const row = {
    what,
    bytes: sum((content) => content.length),
    gzip: sum((content) => gzipSync(content, { level: 9 }).length),
    brotli: sum((content) => brotliCompressSync(content).length),
  };
  rows.push(row);
  console.log(`${what}: ${kB(row.bytes)}, ${kB(row.gzip)} gzipped, ${kB(row.brotli)} by brotli`);
}

const out = join(root, "target/bench");
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "size.json"), `${JSON.stringify(rows, null, 1)}\n`);
const lines = rows.map(({ what, bytes, gzip, brotli }) => `| ${what} | ${kB(bytes)} | ${kB(gzip)} | ${kB(brotli)} |`);
writeFileSync(join(out, "size.md"), `${["| what | bytes | gzipped | brotli |", "|---|---|---|---|", ...lines].join("\n")}\n`);
