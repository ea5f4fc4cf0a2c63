/** Nothing that axe knows to stand in a reader's way, in any view of the lab, in both languages, light and dark. */
import { AxeBuilder } from "@axe-core/playwright";
// What looks for faults sets styles of its own, which the page's policy refuses: its complaints are none of the page's.
import { expect, type Page, test } from "@playwright/test";
import { open, ready, step } from "./lab.ts";

const LOOKS = [
  ["en", "dark"],
  ["zh", "light"],
] as const;
type Look = (typeof LOOKS)[number];

/** In a look all of it; in the other light, what depends on it. */
async function clean(page: Page, view: string, [lang, theme]: Look, other = true): Promise<void> {
  const found = async (axe: AxeBuilder) =>
    (await axe.analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  expect.soft(await found(new AxeBuilder({ page })), `${view}, ${lang}, ${theme}`).toEqual([]);
  if (!other) return;
  await dress(page, lang, theme === "dark" ? "light" : "dark");
  expect.soft(await found(new AxeBuilder({ page }).withRules("color-contrast")), `${view}, ${lang}, not ${theme}`).toEqual([]);
  await dress(page, lang, theme);
}

async function dress(page: Page, lang: string, theme: string): Promise<void> {
  await page.evaluate((look) => window.lab.configure(look), { lang, theme });
  await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
  // Colours that change softly have changed.
  await page.waitForTimeout(100);
}

test("several models side by side", async ({ page }) => {
  await open(page, `panels=${encodeURIComponent("made width=16; realnvp width=16 layers=2")}&autoplay=off`);
  await page.evaluate(() => window.lab.step(5));
  await page.evaluate(() => window.lab.evaluate());
  for (const look of LOOKS) {
    await dress(page, look[0], look[1]);
    await clean(page, "compare", look);
  }
});

test("one model, with charts and time, as a landscape, and the pages over it", async ({ page }) => {
  await open(page, "data=8gaussians&model=realnvp&width=16&layers=2&backend=cpu&autoplay=off");
  await step(page, 20);
  await page.evaluate(() => window.lab.evaluate());
  await expect(page.getByTestId("timeline")).toBeEnabled();
  await page.locator("dgm-formula .katex").first().waitFor();
  for (const look of LOOKS) {
    await dress(page, look[0], look[1]);
    await clean(page, "one model", look);
    await page.getByTestId("layer-solid").check();
    await expect(page.getByTestId("surface")).toBeVisible();
    await clean(page, "landscape", look, false);
    await page.getByTestId("layer-solid").uncheck();
    await page.getByTestId("slow").click();
    await expect(page.getByTestId("slow-said")).toHaveText(/^1\//);
    await clean(page, "slow motion", look, false);
    await page.getByTestId("slow").click();
    for (const [opens, shown] of [
      ["keys", "key-list"],
      ["take", "take-menu"],
      ["experiment", "experiment"],
    ] as const) {
      await page.locator(`button[data-testid=${opens}]`).click();
      const dialog = page.locator(`dialog[data-testid=${shown}]`);
      await expect(dialog).toBeVisible();
      if (shown === "experiment" && look === LOOKS[0]) {
        await page.getByTestId("experiment-seeds").fill("1");
        await page.getByTestId("experiment-steps").fill("20");
        await page.getByTestId("experiment-run").click();
        await expect(dialog.locator("tbody tr").first()).toContainText("RealNVP");
      }
      await clean(page, shown, look, false);
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
    }
  }
});

test("a slice of the plane, and a digit whose half is filled in", async ({ page }) => {
  await open(page, "data=moons&model=made&width=16&backend=cpu&autoplay=off");
  await step(page, 5);
  await page.getByTestId("parting").check();
  await expect(page.getByTestId("slice-kind")).toBeVisible();
  await dress(page, LOOKS[0][0], LOOKS[0][1]);
  await clean(page, "slice", LOOKS[0]);
  await page.evaluate(() => window.lab.configure({ data: "digits-binary", model: "made-pixels", width: 16 }));
  await expect(page.getByTestId("part-filled")).toBeVisible();
  await dress(page, LOOKS[1][0], LOOKS[1][1]);
  await clean(page, "filled in", LOOKS[1]);
});

test("the page of texts and a figure in a frame", async ({ page }) => {
  for (const look of LOOKS) {
    const [lang, theme] = look;
    await page.goto(`./words.html#lang=${lang}&theme=${theme}`);
    await expect(page.locator("dgm-words").getByRole("button").first()).toBeVisible();
    await clean(page, "texts", look, false);
    await page.goto(`./embed.html#data=moons&model=made&width=16&lang=${lang}&theme=${theme}&autoplay=off`);
    await ready(page);
    await clean(page, "embed", look, false);
  }
});
