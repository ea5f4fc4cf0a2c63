/** Buttons under a figure that copy the code with which it stands on another page. */
import { frameOf, isLab, tagOf } from "./code.ts";

const WORDS = {
  en: {
    tag: "Copy tag",
    frame: "Copy frame",
    code: "Copy",
    copied: "Copied",
    failed: "Could not copy",
    how: "How to embed it",
    local: "This address is of your own network: others will see the figure once the site lies on a public server.",
  },
  zh: {
    tag: "复制标签",
    frame: "复制框架",
    code: "复制",
    copied: "已复制",
    failed: "复制不了",
    how: "怎样嵌入",
    local: "这是你自己网络里的地址：把网站放到公开的服务器上，别人才看得到这幅图。",
  },
};
const SAID_MS = 2000;
/** Where a page that others open finds nothing. */
const LOCAL = /^(localhost|127\.|\[::1\]|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|\.local(host)?$/;

export const words = () => (document.documentElement.lang.startsWith("zh") ? WORDS.zh : WORDS.en);

/** Adds them to the tools of `figure`, in the language of the page, and what who uses them has to know. */
export function copyButtons(figure: Element, tools: Element, site: string): void {
  const said = words();
  let opened = "";
  const settings = () => (isLab(figure) ? JSON.stringify(figure.config) : "");
  figure.addEventListener("lab-ready", () => {
    opened = settings();
  });
  const from = () => ({ site, untouched: opened === "" || opened === settings() });
  const note = document.createElement("small");
  note.setAttribute("role", "status");
  const add = (kind: "tag" | "frame", code: () => string) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = said[kind];
    button.dataset.copy = kind;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      button.textContent = (await copied(code())) ? said.copied : said.failed;
      if (LOCAL.test(new URL(site).hostname)) note.textContent = said.local;
      setTimeout(() => {
        button.textContent = said[kind];
      }, SAID_MS);
    });
    tools.append(button);
  };
  add("tag", () => tagOf(figure, from()));
  if (isLab(figure)) add("frame", () => frameOf(figure, from(), document.title));
  tools.append(howLink(said.how), note);
}

/** To the page that says where the code goes, and what servers must send. */
function howLink(word: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = "embed.html";
  link.textContent = word;
  return link;
}

export async function copied(code: string): Promise<boolean> {
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
