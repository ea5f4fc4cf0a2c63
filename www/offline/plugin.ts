/** `sw.js` of the built site: the worker of sw.ts, below a list of everything that was built and its hashes. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Plugin, transformWithOxc } from "vite";

const SOURCE = join(import.meta.dirname, "sw.ts");
const WORKER = "sw.js";
/** Not part of a build: engines come and go beside it, a map is for who reads the code, and what only a package or another site's server reads is not asked for by a page. */
const ELSEWHERE = /^engine\/|\.map$|\.d\.ts$|^package\.json$|\.md$|^LICENSE|\.oembed\.json$/;

/** By hand: workbox-build, which does the like, would bring 338 packages, four times as many as everything else here, and keeps all builds in one cache. */
export function offline(): Plugin {
  let folder = "";
  return {
    name: "offline",
    apply: "build",
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    closeBundle: { order: "post", handler: () => writeWorker(folder) },
  };
}

/** Writes the worker for the site in `folder` as it lies there. */
export async function writeWorker(folder: string): Promise<void> {
  const files = Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        join(parentPath, name)
          .slice(folder.length + 1)
          .replaceAll("\\", "/"),
      )
      .filter((path) => path !== WORKER && !ELSEWHERE.test(path))
      .sort()
      .map((path) => [path, `sha256-${sha256(readFileSync(join(folder, path))).toString("base64")}`]),
  );
  const { code } = await transformWithOxc(readFileSync(SOURCE, "utf8"), SOURCE, { sourcemap: false });
  const version = sha256(JSON.stringify(files) + code)
    .toString("hex")
    .slice(0, 16);
  writeFileSync(join(folder, WORKER), `const BUILD = ${JSON.stringify({ version, files })};\n${code}`);
}

const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest();
