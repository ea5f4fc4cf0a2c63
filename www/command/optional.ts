/** Packages that only some need, and that are large: beside the command, or in the folder where it is called. */
import { createRequire } from "node:module";
import { join } from "node:path";

const PLACES = [import.meta.url, join(process.cwd(), "here.js")];

/** The file that a package is read from; nothing where it is not installed. */
export function findPackage(name: string): string | undefined {
  for (const from of PLACES) {
    try {
      return createRequire(from).resolve(name);
    } catch {
      // It may be in the other place.
    }
  }
  return undefined;
}
