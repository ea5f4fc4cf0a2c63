/** Workers whose code may lie on another origin than the page. */
import { LabError, NO_WORKER } from "./errors.ts";

const bootstraps = new Map<string, string>();

/**
 * Browsers start workers only from the page's own origin, so one from elsewhere begins as a line of the page's own that
 * imports it. By its absolute address: everything that it fetches relative to itself then comes from where it lies.
 */
export function startWorker(url: string, name: string): Worker {
  const from = new URL(url, location.href);
  try {
    return new Worker(from.origin === window.origin ? from : bootstrap(from.href), { type: "module", name });
  } catch (error) {
    throw new LabError(NO_WORKER, error instanceof Error ? error.message : String(error));
  }
}

/** Kept for as long as the page lives: a worker may still read it when its constructor has returned. */
function bootstrap(url: string): string {
  let local = bootstraps.get(url);
  if (!local) {
    local = URL.createObjectURL(new Blob([`import ${JSON.stringify(url)};`], { type: "text/javascript" }));
    bootstraps.set(url, local);
  }
  return local;
}
