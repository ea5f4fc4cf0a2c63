/** Code on a page: a button copies it, and where it shows how the page's own figure stands elsewhere, it follows that figure. */
import { attributeList, type LabElement, settingsOf } from "./code.ts";
import { copied, words } from "./copy.ts";

/** What stands for the address of the site and for the figure's settings where the code is written. */
const SITE = "https://site.example/";
const TAG = 'data="moons" model="realnvp"';
const HASH = "data=moons&model=realnvp";
const SAID_MS = 2000;

export function snippets(site: string, figure: LabElement | undefined): void {
  const codes = [...document.querySelectorAll<HTMLElement>(".code")].map((block) => {
    const code = block.querySelector("code")!;
    return { block, code, written: code.textContent ?? "" };
  });
  const { origin } = new URL(site);
  const write = () => {
    const settings = figure?.catalogue ? settingsOf(figure, { site, untouched: true }) : undefined;
    for (const { code, written } of codes) {
      let text = written.replaceAll(SITE, site).replaceAll(SITE.slice(0, -1), origin);
      if (settings) {
        text = text.replaceAll(TAG, attributeList(settings)).replaceAll(HASH, String(new URLSearchParams(settings)));
      }
      if (code.textContent !== text) code.textContent = text;
    }
  };
  write();
  for (const name of ["lab-ready", "lab-config", "lab-page"]) figure?.addEventListener(name, write);
  for (const { block, code } of codes) block.prepend(copyButton(() => code.textContent ?? ""));
}

function copyButton(code: () => string): HTMLButtonElement {
  const { code: word, copied: done, failed } = words();
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = word;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    button.textContent = (await copied(code())) ? done : failed;
    setTimeout(() => {
      button.textContent = word;
    }, SAID_MS);
  });
  return button;
}
