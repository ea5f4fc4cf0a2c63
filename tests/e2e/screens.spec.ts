/** Screens of other sizes: a phone, and one with another number of pixels. */
import { expect, type Page } from "@playwright/test";
import { open, step, test } from "./lab.ts";

/** Device pixels a CSS pixel of every canvas on the page, rounded. */
const ratios = (page: Page) =>
  page.evaluate(() => {
    const found: number[] = [];
    const look = (root: ParentNode) => {
      for (const element of root.querySelectorAll("*")) {
        // A chart's canvas is the library's own.
        if (element.localName === "dgm-chart") continue;
        if (element instanceof HTMLCanvasElement && element.clientWidth > 20) found.push(element.width / element.clientWidth);
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(window.lab.shadowRoot!);
    return [...new Set(found.map((ratio) => Math.round(10 * ratio) / 10))];
  });

test("on a screen with another number of pixels every picture is sharp again, at rest too", async ({ page }) => {
  await open(page, "data=8gaussians&model=vae&width=16&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await step(page, 2);
  await expect.poll(() => ratios(page)).toEqual([1]);
  const browser = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize()!;
  for (const deviceScaleFactor of [2, 1]) {
    await browser.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor, mobile: false });
    await expect.poll(() => ratios(page)).toEqual([deviceScaleFactor]);
  }
  await page.getByTestId("draw").click();
  await expect(page.getByTestId("draw-canvas")).toBeVisible();
  await browser.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 2, mobile: false });
  await expect.poll(() => ratios(page), "the pad too").toEqual([2]);
});
