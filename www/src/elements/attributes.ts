/** Attributes of the element as the configuration that they are. */

import { PAGE_KEYS, type PageKey, type Raw } from "../state/config.ts";
import { isLessonKey } from "../state/lesson.ts";

/** Attributes that belong to HTML, not to the configuration. */
const IGNORED = /^(id|class|style|slot|hidden|title|role|tabindex|part|data-.*|aria-.*)$/;

export function attributesOf(element: Element): Raw {
  const said = [...element.attributes].filter(({ name }) => !IGNORED.test(name));
  return Object.fromEntries(said.map(({ name, value }) => [name, value]));
}

/** Whether a lesson says something else now. */
export function lessonChanged(records: MutationRecord[]): boolean {
  return records.some(({ attributeName }) => isLessonKey(attributeName));
}

/** What those of the configuration that changed say now; one that was taken away says nothing. */
export function changedAttributes(element: Element, records: MutationRecord[]): Raw {
  const changed: Record<string, string> = {};
  for (const { attributeName: name } of records) {
    const value = name && !IGNORED.test(name) && !isLessonKey(name) ? element.getAttribute(name) : null;
    if (value !== null) changed[name!] = value;
  }
  return changed;
}

/** What is about the page rather than the model and can be used as it stands. */
export function pageOf(raw: Raw): Partial<Record<PageKey, string>> {
  const page: Partial<Record<PageKey, string>> = {};
  // Who says what a figure shows wants a figure.
  if (raw.show !== undefined) page.controls = "basic";
  for (const key of Object.keys(PAGE_KEYS) as PageKey[]) {
    const value = raw[key];
    if (value !== undefined && (PAGE_KEYS[key] as readonly string[]).includes(value)) page[key] = value;
  }
  return page;
}
