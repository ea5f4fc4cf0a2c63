/** The page of texts: its address says language, text and model. */

import { DgmWords } from "./dgm-words.ts";
import { said } from "./text.ts";

const asked = new URLSearchParams(location.hash.slice(1));
const wish = asked.get("lang") ?? navigator.language;
const lang = wish.startsWith("zh") ? "zh" : "en";
const page = new DgmWords();
page.lang = lang;
page.text = asked.get("text") ?? (lang === "zh" ? "sanguo" : "austen");
page.model = asked.get("model") ?? undefined;
const theme = asked.get("theme");
if (theme) document.documentElement.dataset.theme = theme;
document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
document.title = said[lang].title;
// Another address in the same tab, by a link or by hand, opens what it says.
window.addEventListener("hashchange", () => location.reload());
document.querySelector("main")!.replaceChildren(page);
