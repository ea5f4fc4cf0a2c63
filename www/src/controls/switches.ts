/** Language and theme, switched in place. */
import { html } from "lit";
import type { Store } from "../lab/store.ts";
import type { Lang } from "../state/config.ts";

export function languageSwitch(store: Store) {
  const choose = (lang: Lang) => () => void store.speak(lang);
  const button = (lang: Lang, code: string, name: string) => html`
    <button data-testid="lang-${lang}" lang=${code} title="${store.text.language}: ${name}" aria-pressed=${store.lang === lang} @click=${choose(lang)}>${name}</button>`;
  return html`<span class="switch" role="group" aria-label=${store.text.language}>${button("en", "en", "EN")}${button("zh", "zh-Hans", "中文")}</span>`;
}

/** Asked again at each press, which may come before the page is drawn anew. */
export function themeSwitch(store: Store, isDark: () => boolean) {
  const toggle = () => {
    store.theme = isDark() ? "light" : "dark";
    store.pageChanged();
  };
  return html`
    <button class="round theme" data-testid="theme" aria-label=${store.text.theme} title=${store.text.theme} aria-pressed=${isDark()} @click=${toggle}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9z" /></svg>
    </button>`;
}
