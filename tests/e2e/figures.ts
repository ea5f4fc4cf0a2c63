/** What the tests of the figures that explain have in common. */
import type { Locator, Page } from "@playwright/test";
import { hosted } from "./lab.ts";

export const load = (baseURL: string) => `<script type="module" src="${baseURL}figures.js"></script>`;
export const sum = (values: number[]) => values.reduce((sum, value) => sum + value, 0);

/** Opens figures on the other origin, and waits until the first of them has its numbers. */
export async function show(page: Page, baseURL: string, body: string, csp = ""): Promise<Locator> {
  await page.goto(hosted(baseURL, load(baseURL) + body, csp));
  const figure = page.locator("dgm-bars, dgm-bumps, dgm-curve, dgm-grid, dgm-unusual").first();
  await page.waitForFunction(() => customElements.get("dgm-unusual"));
  await figure.evaluate((element) => (element as unknown as { ready: Promise<void> }).ready);
  return figure;
}

export const values = <T>(figure: Locator) =>
  figure.evaluate((element) => (element as unknown as { values: unknown }).values as never) as Promise<T>;

export async function centre(place: Locator): Promise<[number, number]> {
  const { x, y, width, height } = (await place.boundingBox())!;
  return [x + width / 2, y + height / 2];
}

export async function drag(page: Page, [x, y]: readonly [number, number], [dx, dy]: readonly [number, number]): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2);
  await page.mouse.move(x + dx, y + dy);
  await page.mouse.up();
}

/** Where a bar is taken: its upper edge. */
export async function grip(figure: Locator, id: string): Promise<[number, number]> {
  const { x, y, width } = (await figure.locator(`[data-testid="${id}"] .grip`).boundingBox())!;
  return [x + width / 2, y + 2];
}

/** The same numbers each time. */
export function chance(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
