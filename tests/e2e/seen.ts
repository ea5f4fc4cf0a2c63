/** What can be seen of a whole page at rest: how sharp its pictures are, and which steps it speaks of. */
import type { Page } from "@playwright/test";
import "./lab.ts";

/** Device pixels a CSS pixel of every canvas on the page, rounded. */
export const ratios = (page: Page) =>
  page.evaluate(() => {
    const found: number[] = [];
    const look = (root: ParentNode) => {
      for (const element of root.querySelectorAll("*")) {
        if (element instanceof HTMLCanvasElement && element.clientWidth > 20) found.push(element.width / element.clientWidth);
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(window.lab.shadowRoot!);
    return [...new Set(found.map((ratio) => Math.round(10 * ratio) / 10))];
  });

/** Nothing changes by itself any more: what was asked for by hand, and came late on a slow machine, is done. */
export async function settled(page: Page): Promise<void> {
  const now = () => page.evaluate(() => JSON.stringify([window.lab.config, window.lab.history.length]));
  let before = "";
  for (let same = 0; same < 3; ) {
    const at = await now();
    same = at === before ? same + 1 : 0;
    before = at;
    await page.waitForTimeout(400);
  }
}

/** Every place of the page that names a step, with the step that it names. */
export const steps = (page: Page) =>
  page.evaluate(() => {
    const root = window.lab.shadowRoot!;
    const at = (id: string) => root.querySelector<HTMLElement>(`[data-testid=${id}]`)!;
    const chart = (id: string) => at(id).shadowRoot!.querySelector(".readout b")?.textContent;
    const sentence = (text: string | null) => /step ([\d,]+)/.exec(text ?? "")?.[1];
    return {
      count: at("step-count").textContent,
      loss: chart("loss-chart"),
      score: chart("kl-chart"),
      status: sentence(at("status").textContent),
      picture: sentence(at("stage").getAttribute("aria-label")),
      spoken: sentence(at("spoken").textContent),
    };
  });
