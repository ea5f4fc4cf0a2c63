// The CPU engine in two parts, so that a reader who opens the page waits for the one alone. parts.mjs FOLDER [whole]: a folder that holds dgm.js,
// dgm.d.ts and dgm_bg.wasm. Writes dgm_first.wasm and dgm_rest.wasm beside them; with `whole` all is in the first, for builds that travel nowhere.

import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { firstMinute } from "./first-minute.mjs";

const [at, whole] = process.argv.slice(2);
const folder = resolve(at);
const file = (name) => resolve(folder, name);
/** A module of nothing. */
const NONE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** The glue fetches the first part unless it is told otherwise, and gives it what it imports beside the rest of the glue. */
function patchGlue() {
  const script = readFileSync(file("dgm.js"), "utf8");
  const replaced = (text, from, to) => {
    if (text.split(from).length !== 2) throw new Error(`dgm.js has not one ${from}`);
    return text.replace(from, to);
  };
  const imports = replaced(script, '"./dgm_bg.js": import0,', '"./dgm_bg.js": import0,\n        "./rest.js": rest,');
  writeFileSync(
    file("dgm.js"),
    `${replaced(imports, "new URL('dgm_bg.wasm'", "new URL('dgm_first.wasm'")}\nexport const rest = {};\n`,
  );
  appendFileSync(
    file("dgm.d.ts"),
    "\n/** What the engine's first part calls for the rest of it; to be set before the engine is loaded. */\nexport const rest: { bring?: () => void };\n",
  );
}

patchGlue();
if (whole) {
  copyFileSync(file("dgm_bg.wasm"), file("dgm_first.wasm"));
  writeFileSync(file("dgm_rest.wasm"), NONE);
} else {
  const { calledOf, cut, marked } = await import("./cut.mjs");
  const bytes = readFileSync(file("dgm_bg.wasm"));
  const glue = await import(pathToFileURL(file("dgm.js")).href);
  const { bytes: marking, names } = marked(bytes);
  const exports = await glue.default({ module_or_path: marking });
  await firstMinute(glue);
  const called = calledOf(exports, names);
  const { first, rest } = cut(bytes, called);
  writeFileSync(file("dgm_first.wasm"), first);
  writeFileSync(file("dgm_rest.wasm"), rest);
  console.log(`${called.size} of ${names.length} functions are in the first part`);
}
