import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { build } from "./build-name.ts";
import { lessons } from "./lessons/plugin.ts";
import { offline } from "./offline/plugin.ts";
import { npmPackage } from "./package/plugin.ts";

// Only at build time: the development server injects styles and a socket that this policy rightly refuses.
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  // A frame in a sandbox has no origin, and so no worker of its own either.
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const contentSecurityPolicy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: POLICY }, injectTo: "head-prepend" },
  ],
};

/** Every browser that can run the engine reads woff2: the other forms of each of KaTeX's fonts would only be weight. */
const oneFormOfEachFont: Plugin = {
  name: "one-form-of-each-font",
  enforce: "pre",
  transform: (code, id) =>
    /katex.*\.css/.test(id) ? code.replace(/,url\([^)]*\) format\("(?:woff|truetype)"\)/g, "") : undefined,
};

/** uPlot makes a number format of the browser's language when it is read, and fails where Intl does not know that; numbers here are the page's own. */
const noNumbersOfTheBrowser: Plugin = {
  name: "no-numbers-of-the-browser",
  transform: (code, id) =>
    /uPlot\.esm/.test(id) ? code.replace("domEnv ? nav.language : 'en-US'", "'en'") : undefined,
};

/** Two of some hundred colour scales are used. The others are made by calls, which a bundler keeps unless it is told that nothing comes of them. */
const onlyTheColoursUsed: Plugin = {
  name: "only-the-colours-used",
  transform: (code, id) =>
    /d3-scale-chromatic\.mjs/.test(id)
      ? code.replace(/^(var \S+ = )((?:\w|\$)+\([^;]*\)|new Array[^;]*);$/gm, "$1/* @__PURE__ */ (() => $2)();")
      : undefined,
};

const here = import.meta.dirname;

/** A hash of everything that decides the engine's bytes; "" before it is built. */
function engineVersion(): string {
  const key = resolve(here, "src/engine/generated/cpu/.key");
  return existsSync(key) ? readFileSync(key, "utf8").trim().split("-").at(-1)! : "";
}

export default defineConfig({
  root: here,
  // The folder may be put anywhere on a server.
  base: "./",
  plugins: [
    contentSecurityPolicy,
    oneFormOfEachFont,
    noNumbersOfTheBrowser,
    onlyTheColoursUsed,
    lessons(),
    npmPackage(),
    offline(),
  ],
  define: { __BUILD__: JSON.stringify(build()), ENGINE_VERSION: JSON.stringify(engineVersion()) },
  worker: { format: "es" },
  build: {
    target: "es2022",
    outDir: resolve(here, "dist"),
    emptyOutDir: true,
    // A policy without data: for fonts and wasm needs real files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: resolve(here, "index.html"),
        frame: resolve(here, "embed.html"),
        words: resolve(here, "words.html"),
        embed: resolve(here, "src/embed/element.ts"),
        figures: resolve(here, "src/figures/index.ts"),
      },
      output: {
        // Course pages name these, so their names must not change from build to build.
        entryFileNames: ({ name }) =>
          name === "embed" || name === "figures" ? `${name}.js` : "assets/[name]-[hash].js",
      },
    },
  },
});
