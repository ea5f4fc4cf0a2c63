/** Every failure the page or a caller sees: a stable `code` to branch on and a sentence that says what to do. */
export class LabError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "LabError";
    this.code = code;
    this.details = details;
  }
}

/** The engine died (a panic, a trap, a lost device): its worker must be replaced. */
export const ENGINE_LOST = "engine_lost";

/** No worker can be started on this page, or the file that it is made of cannot be had. */
export const NO_WORKER = "no_worker";

/** The file of the engine cannot be had. */
export const NO_ENGINE = "no_engine";

/** The page's own content policy forbids what the engine needs. */
export const BLOCKED = "blocked_by_policy";

/** A part of the page that is fetched late does not come. */
export const PART_MISSING = "part_missing";

/** Another build of the site has taken this one's place. */
export const SITE_RENEWED = "site_renewed";

/** How Chromium, Firefox and WebKit call it; none gives a code. */
const NOT_IMPORTED = /dynamically imported module|Importing a module script failed/;

/** What an error looks like on its way between threads, where classes do not survive. */
export interface Failure {
  code: string;
  message: string;
  details: Readonly<Record<string, unknown>>;
}

/** A trap leaves the wasm instance poisoned, and a stack overflow leaves it half way through a call. */
export function isFatal(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

export function failureFrom(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (isFatal(error)) return { code: ENGINE_LOST, message, details: {} };
  if (error instanceof LabError) return { code: error.code, message, details: error.details };
  if (error instanceof TypeError && NOT_IMPORTED.test(message)) return { code: PART_MISSING, message, details: {} };
  // The core attaches its code, and what the message speaks of, as plain properties.
  const { code, ...details } = { ...(error as Record<string, unknown>) };
  return { code: typeof code === "string" ? code : "internal", message, details };
}

export function errorFrom(error: unknown): LabError {
  if (error instanceof LabError) return error;
  const { code, message, details } = failureFrom(error);
  return new LabError(code, message, details);
}
