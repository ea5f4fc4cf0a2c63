/** Attributes of the element as the configuration that they are. */

import { type Lang, PAGE_KEYS, type PageKey, type Raw } from "../state/config.ts";
import { isLessonKey } from "../state/lesson.ts";

/** Attributes that belong to HTML, not to the configuration. */
const IGNORED = /^(id|class|style|slot|hidden|title|role|tabindex|part|data-.*|aria-.*)$/;

export function attributesOf(element: Element): Raw {
  const said = [...element.attributes].filter(({ name }) => !IGNORED.test(name));
  return Object.fromEntries(said.map(({ name, value }) => [name, spoken(name, value)]));
}

/** A page may name the country with the language, as in zh-CN. */
const spoken = (name: string, value: string) => (name === "lang" ? value.replace(/-.*/, "") : value);

/** What an element speaks whose attributes do not say it: Chinese where the page around it does, else as the reader does. */
export function languageAround(element: Element): Lang {
  const around = element.closest("[lang]")?.matches(":lang(zh)") ? "zh" : navigator.language;
  return around.startsWith("zh") ? "zh" : "en";
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
    if (value !== null) changed[name!] = spoken(name!, value);
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
