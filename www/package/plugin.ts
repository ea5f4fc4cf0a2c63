/** The built site is a package of npm too: who installs it has the elements, their types, and everything that they fetch. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Plugin } from "vite";

const here = import.meta.dirname;
const read = (path: string) => readFileSync(resolve(here, path), "utf8");

/** What the elements and the command need; pages of the site stay out. */
const FILES = [
  "embed.js",
  "figures.js",
  "embed.html",
  "*.d.ts",
  "assets",
  "command",
  "data",
  "engine",
  "python",
  "LICENSE-*",
];

export function npmPackage(): Plugin {
  return {
    name: "npm-package",
    apply: "build",
    generateBundle() {
      const emit = (fileName: string, source: string) => this.emitFile({ type: "asset", fileName, source });
      for (const name of ["README.md", "dgm-lab.d.ts", "figures.d.ts"]) emit(name, read(name));
      for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) emit(name, read(`../../${name}`));
      emit("core.d.ts", coreTypes());
      emit("package.json", `${JSON.stringify(manifest(), null, 2)}\n`);
    },
  };
}

/** Shapes of what the engine takes and gives. Its classes are not for who embeds a figure. */
function coreTypes(): string {
  const made = join(here, "../src/engine/generated/cpu/dgm.d.ts");
  return existsSync(made) ? read(made).split(/^(?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*)?export class /m)[0]! : "";
}

function manifest() {
  const { version, license } = JSON.parse(read("../package.json"));
  return {
    name: "dgm-lab",
    version,
    description:
      "Deep generative models that learn on your page, as custom elements, and without a browser, as a command.",
    license,
    type: "module",
    exports: {
      ".": { types: "./dgm-lab.d.ts", default: "./embed.js" },
      "./figures": { types: "./figures.d.ts", default: "./figures.js" },
      "./embed.js": { types: "./dgm-lab.d.ts", default: "./embed.js" },
      "./figures.js": { types: "./figures.d.ts", default: "./figures.js" },
      "./package.json": "./package.json",
    },
    types: "./dgm-lab.d.ts",
    bin: { dgm: "./command/dgm.js" },
    engines: { node: ">=20" },
    // Of the command, and large: for a GPU, and for PNG.
    peerDependencies: { webgpu: ">=0.6", "@napi-rs/canvas": ">=1" },
    peerDependenciesMeta: { webgpu: { optional: true }, "@napi-rs/canvas": { optional: true } },
    sideEffects: true,
    files: FILES,
  };
}
