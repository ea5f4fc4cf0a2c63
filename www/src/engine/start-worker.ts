/** Workers whose code may lie on another origin than the page. */
import { LabError, NO_WORKER } from "./errors.ts";

const bootstraps = new Map<string, string>();

/**
 * Browsers start workers only from the page's own origin, so one from elsewhere begins as a few lines of the page's own that
 * import it. By its absolute address: everything that it fetches relative to itself then comes from where it lies. A page without an
 * origin, in a sandbox or from a file, may not start a module from its own lines, but a script that does the same.
 */
export function startWorker(url: string, name: string): Worker {
  const from = new URL(url, location.href);
  try {
    const own = from.origin === window.origin && window.origin !== "null";
    const type = window.origin === "null" ? "classic" : "module";
    return new Worker(own ? from : bootstrap(from.href), { type, name });
  } catch (error) {
    throw new LabError(NO_WORKER, error instanceof Error ? error.message : String(error));
  }
}

/**
 * An import that is called is a script to the page's content policy, where one that is declared would be a worker once more. What
 * is asked of the worker before its code is there waits for it.
 */
const bootstrapOf = (url: string) => `
const early = [];
const keep = ({ data }) => early.push(data);
addEventListener("message", keep);
import(${JSON.stringify(url)}).then(
  () => {
    removeEventListener("message", keep);
    for (const data of early) dispatchEvent(new MessageEvent("message", { data }));
  },
  (error) => setTimeout(() => { throw error; }),
);
`;

/** Kept for as long as the page lives: a worker may still read it when its constructor has returned. */
function bootstrap(url: string): string {
  let local = bootstraps.get(url);
  if (!local) {
    local = URL.createObjectURL(new Blob([bootstrapOf(url)], { type: "text/javascript" }));
    bootstraps.set(url, local);
  }
  return local;
}
