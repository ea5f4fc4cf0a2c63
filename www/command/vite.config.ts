/** The command as a folder of the built site: the page's own modules for Node, with another place for the engines to come from. */
import { resolve } from "node:path";
import { defineConfig } from "vite";
import { build } from "../build-name.ts";

const here = import.meta.dirname;

export default defineConfig({
  root: here,
  publicDir: false,
  define: { __BUILD__: JSON.stringify(build()) },
  resolve: { alias: [{ find: /^.*\/engine\/source\.ts$/, replacement: resolve(here, "source.ts") }] },
  ssr: { noExternal: true, target: "node" },
  build: {
    ssr: true,
    target: "node20",
    outDir: resolve(here, "../dist/command"),
    emptyOutDir: true,
    rolldownOptions: {
      input: { dgm: resolve(here, "bin.ts"), thread: resolve(here, "thread.ts") },
      // Fetched by who wants a GPU or pictures, and large.
      external: ["webgpu", "@napi-rs/canvas"],
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
});
