/**
 * What a host page's own Content-Security-Policy forbids. The failure itself never says so; the browser tells it in an event
 * beside the failure, which may come a little later.
 */
import { BLOCKED, LabError, NO_ENGINE, NO_WORKER } from "./errors.ts";

const LATER_MS = 100;

interface Refusal {
  directive: string;
  /** What the directive would have to allow. */
  source: string;
}

const origin = new URL(import.meta.url).origin;
/** The newest refusal of something of ours. */
let refusal: Refusal | undefined;

/** What the browser calls the thing that it refused, as a policy would have to name it. */
function sourceOf(blocked: string): string | undefined {
  if (blocked.startsWith("blob")) return "blob:";
  if (/^(wasm-)?eval$/.test(blocked)) return "'wasm-unsafe-eval'";
  return blocked.startsWith(origin) ? origin : undefined;
}

document.addEventListener("securitypolicyviolation", ({ effectiveDirective: directive, blockedURI, disposition }) => {
  const source = sourceOf(blockedURI);
  if (source && disposition === "enforce") refusal = { directive, source };
});

/** The same error, or the one that names the directive behind it. */
export async function explained(error: LabError): Promise<LabError> {
  if (error.code !== NO_WORKER && error.code !== NO_ENGINE) return error;
  await new Promise((done) => setTimeout(done, LATER_MS));
  if (!refusal) return error;
  const { directive, source } = refusal;
  const sentence = `The page's Content-Security-Policy forbids what the engine needs: ${directive} would have to allow ${source}.`;
  return new LabError(BLOCKED, sentence, { ...refusal });
}
