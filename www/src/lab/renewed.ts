/**
 * A page outlives the build that it came from: where a static host has put another in its place, parts that are fetched late are gone, as their
 * files are called by what is in them.
 */
import { LabError, NO_ENGINE, NO_WORKER, PART_MISSING, SITE_RENEWED } from "../engine/errors.ts";

/** What a part that is gone looks like. */
const GONE = [PART_MISSING, NO_WORKER, NO_ENGINE];

export const mayBeGone = ({ code }: LabError): boolean => GONE.includes(code);

/** The same error, or the one that says that the site was built anew. */
export async function whyGone(error: LabError): Promise<LabError> {
  if (!mayBeGone(error) || !(await renewed())) return error;
  return new LabError(SITE_RENEWED, "The site was built anew since this page was opened. Reload the page.");
}

/** This file names all that come late: another build has it under another name. */
async function renewed(): Promise<boolean> {
  try {
    const { status } = await fetch(import.meta.url, { method: "HEAD", cache: "no-store" });
    return status === 404 || status === 410;
  } catch {
    return false;
  }
}
