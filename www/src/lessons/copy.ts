/** Buttons under a figure that copy the code with which it stands on another page. */
import { frameOf, isLab, tagOf } from "./code.ts";

const WORDS = {
  en: { tag: "Copy tag", frame: "Copy frame", copied: "Copied", failed: "Could not copy" },
  zh: { tag: "复制标签", frame: "复制框架", copied: "已复制", failed: "复制不了" },
};
const SAID_MS = 2000;

/** Adds them to the tools of `figure`, in the language of the page. */
export function copyButtons(figure: Element, tools: Element, site: string): void {
  const words = document.documentElement.lang.startsWith("zh") ? WORDS.zh : WORDS.en;
  let opened = "";
  const settings = () => (isLab(figure) ? JSON.stringify(figure.config) : "");
  figure.addEventListener("lab-ready", () => {
    opened = settings();
  });
  const from = () => ({ site, untouched: opened === "" || opened === settings() });
  const add = (kind: "tag" | "frame", code: () => string) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words[kind];
    button.dataset.copy = kind;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      button.textContent = (await copied(code())) ? words.copied : words.failed;
      setTimeout(() => {
        button.textContent = words[kind];
      }, SAID_MS);
    });
    tools.append(button);
  };
  add("tag", () => tagOf(figure, from()));
  if (isLab(figure)) add("frame", () => frameOf(figure, from(), document.title));
}

async function copied(code: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(code);
    return true;
  } catch {
    return selected(code);
  }
}

/** Where a page may not write to the clipboard, as without https, what is selected may still be copied. */
function selected(code: string): boolean {
  const area = document.createElement("textarea");
  area.value = code;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
