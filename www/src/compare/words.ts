/** Words of models side by side, in the reader's language. */
import type { Lang } from "../state/config.ts";
import en, { type Words } from "./words-en.ts";

const languages: Partial<Record<Lang, Words>> = { en };

/** The words of a language: English until they are there. */
export const wordsIn = (lang: Lang): Words => languages[lang] ?? en;

/** Fetches the words of a language, which who reads another does not wait for; `then` is called where they are new. */
export function fetchWords(lang: Lang, then: () => void): void {
  if (languages[lang]) return;
  import("./words-zh.ts").then(
    ({ default: zh }) => {
      languages.zh = zh;
      then();
    },
    // Without them, where the site is out of reach, the page goes on in English.
    () => undefined,
  );
}
