/** A text in the lab: it learns, colours, foretells and writes, and refuses what it cannot learn. */
import { expect, type Page, test } from "@playwright/test";

/** Sentences with turns: a small text that a model learns in no time. */
const own = Array.from({ length: 90 }, (_, i) => ["the cat 🙂 sat. ", "שלום לך. ", "你好吗？ "][(i * i + (i % 7)) % 3]).join("");

async function open(page: Page, lang: string): Promise<void> {
  await page.goto(`./words.html#lang=${lang}&model=gru&autoplay=off`);
  await expect(page).toHaveURL(/\/#data=/);
  await expect(page.locator(".likely tr").first()).toBeVisible({ timeout: 60_000 });
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
/** Step, characters and kinds of them, in a line. */
const state = (page: Page) => page.locator("p[role=status]").first();
const step = async (page: Page) => Number((await state(page).textContent())!.replace(/,/g, "").match(/\d+/)![0]);

test("a text is learned, coloured by surprise, foretold at the cursor and written on", async ({ page }) => {
  await open(page, "en");
  const files: string[] = [];
  page.on("request", (request) => files.push(request.url()));
  // The less it is surprised, the lighter the passage.
  const darkness = () =>
    page
      .locator(".passage [data-at]")
      .evaluateAll((all) => all.reduce((sum, one) => sum + Number(one.classList[0]!.slice(1)), 0) / all.length);
  const dark = await darkness();
  await press(page, "Play");
  await expect.poll(darkness, { timeout: 90_000 }).toBeLessThan(dark - 0.3);
  await press(page, "Pause");
  // The step under way is finished.
  await page.waitForTimeout(500);
  const rested = await step(page);
  const bars = page.locator(".likely");
  const before = await bars.textContent();
  await page.locator('.passage [data-at="200"]').click();
  await expect(bars).not.toHaveText(before!);
  await expect(page.locator(".passage .here")).toHaveAttribute("data-at", "200");
  // Shares of the likeliest are shares: the first is the largest, all together at most 1.
  const shares = (await page.locator(".likely .number").allTextContents()).map((text) => Number.parseFloat(text));
  expect(shares).toEqual([...shares].sort((a, b) => b - a));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThan(100.5);
  await page.getByRole("textbox", { name: "Beginning" }).fill("Catherine ");
  await press(page, "Write on");
  // It stops by itself after a page of them.
  const written = async () => (await page.locator(".written b").textContent())!.length;
  await expect.poll(written).toBeGreaterThanOrEqual(1200);
  await expect(page.getByRole("button", { name: "Write on" })).toBeVisible();
  expect(await step(page)).toBe(rested);
  expect(files.filter((url) => !url.startsWith(new URL(page.url()).origin))).toEqual([]);
});

test("a text of the reader's own is learned, and one that cannot be is refused and changes nothing", async ({ page }) => {
  await open(page, "zh");
  const said = await state(page).textContent();
  await page.getByTestId("data").selectOption("own-text");
  await page.locator("#own").fill("太短");
  await press(page, "学这一篇");
  await expect(page.getByRole("alert")).toHaveText("文字太短，留不出一部分来评分，至少要 200 个字符。");
  expect(await state(page).textContent()).toBe(said);
  await page.locator("#own").fill(own);
  await press(page, "学这一篇");
  await expect(state(page)).toContainText(String([...own].length));
  await expect(page.getByRole("alert")).toHaveCount(0);
  await press(page, "开始");
  await expect.poll(() => step(page)).toBeGreaterThan(2);
});
