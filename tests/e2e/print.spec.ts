import { expect, type Page } from "@playwright/test";
import { open, step, test } from "./lab.ts";

/** The colour that is commonest among the clearly coloured pixels of the layer of data points. */
const dataColour = (page: Page) =>
  page.evaluate(() => {
    const stage = window.lab.shadowRoot!.querySelector("dgm-plane-stage")!;
    const canvas = stage.shadowRoot!.querySelector<HTMLCanvasElement>("canvas[data-layer='1']")!;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    const counts = new Map<string, number>();
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3]! < 60) continue;
      const key = `${data[i]! >> 4} ${data[i + 1]! >> 4} ${data[i + 2]! >> 4}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  });

for (const [width, theme] of [
  [1440, "dark"],
  [360, "light"],
] as const) {
  test(`printed from a ${theme} page ${width} px wide: one light column with whole pictures, and the screen is as before`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, `data=moons&model=made&seed=7&learning_rate=0.002&lang=en&theme=${theme}&backend=cpu`);
    await page.evaluate(() => window.lab.pause());
    await step(page, 5);
    await page.waitForTimeout(800);
    const onScreen = await dataColour(page);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    // At once: paper waits for no frame.
    const onPaper = await dataColour(page);
    if (theme === "dark") expect(onPaper).not.toBe(onScreen);
    else expect(onPaper).toBe(onScreen);
    for (const id of ["play", "fold-model", "group-model", "lang-en"]) await expect(page.getByTestId(id)).toBeHidden();
    const stage = (await page.getByTestId("stage").boundingBox())!;
    expect(stage.width).toBeGreaterThan(Math.min(0.8 * width, 400));
    expect(stage.width / stage.height).toBeCloseTo(1, 1);
    const background = () => page.evaluate(() => getComputedStyle(window.lab).backgroundColor);
    expect(await background()).toBe("rgb(255, 255, 255)");
    const note = page.getByTestId("paper-note");
    for (const words of ["Two moons", "MADE", "Seed 7", "Learning rate 0.002", await page.evaluate(() => location.href)])
      await expect(note, "what it takes to see this again").toContainText(words);
    await page.emulateMedia({ media: "screen" });
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    expect(await dataColour(page)).toBe(onScreen);
    await expect(page.getByTestId("play")).toBeVisible();
    await expect(note).toHaveCount(0);
  });
}

test("a density on paper shows no cells", async ({ page }) => {
  await open(page, "data=moons&model=nsf&width=16&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await step(page, 1);
  await page.waitForTimeout(800);
  const pdf = (await page.pdf({ printBackground: true })).toString("latin1");
  const widths = [...pdf.matchAll(/\/Subtype \/Image\s+\/Width (\d+)/g)].map(([, width]) => Number(width));
  // A line of a page is 700 CSS pixels long at most.
  expect(Math.max(...widths)).toBeGreaterThan(700);
});
