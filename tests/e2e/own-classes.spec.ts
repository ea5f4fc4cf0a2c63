/** Classes of the reader's own data: a column of a table, colours of the pad, labels of a script; kept by addresses and snapshots. */
import { expect, type Page } from "@playwright/test";
import { open, ready, test } from "./lab.ts";

const MODEL = "data=moons&model=nsf&width=16&batch=64&seed=3&autoplay=off&backend=cpu&lang=en";
const TABLE = `length,width,species\n${Array.from({ length: 60 }, (_, i) => `${i % 7}.${i},${(i * 3) % 11}.5,${["ash", "birch", "cedar"][i % 3]}`).join("\n")}`;

/** What the classes under the picture are called, once they are shown. */
async function names(page: Page): Promise<string[]> {
  const shown = page.getByTestId("layer-classes");
  await expect(shown).toBeVisible();
  await shown.check();
  await expect(page.getByTestId("class-0")).toBeVisible();
  return page.getByTestId("classes").getByRole("button").allInnerTexts();
}

test("a column of a table is the class of each row, also in an address and in a snapshot", async ({ page }) => {
  await open(page, MODEL);
  await page.evaluate((text) => {
    const clip = new DataTransfer();
    clip.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clip, bubbles: true }));
  }, TABLE);
  const column = page.getByTestId("class-column");
  await expect(column).toHaveValue("species");
  await column.selectOption({ index: 0 });
  await expect(page.getByTestId("column-species")).toHaveAttribute("aria-pressed", "false");
  await column.selectOption("species");
  await page.getByTestId("preview-learn").click();
  await expect(page.getByTestId("own-summary")).toContainText("60 points");
  expect((await names(page)).map((name) => name.trim())).toEqual(["ash", "birch", "cedar"]);
  const inAddress = () => expect.poll(() => page.evaluate(() => location.hash)).toMatch(/&own=[\w-]+$/);
  await inAddress();
  const kept = await page.evaluate(async () => {
    const kept = await window.lab.snapshot();
    await window.lab.configure({ data: "swissroll" });
    await window.lab.restore(kept);
  });
  expect(kept).toBeUndefined();
  expect((await names(page)).length).toBe(3);
  await inAddress();
  const link = page.url();
  await page.goto("about:blank");
  await page.goto(link);
  await ready(page);
  expect((await names(page)).map((name) => name.trim())).toEqual(["ash", "birch", "cedar"]);
});

test("the colour one draws with is the class, and labels that cannot be are refused by name", async ({ page }) => {
  await open(page, MODEL);
  await page.getByTestId("draw").click();
  const box = (await page.getByTestId("draw-canvas").boundingBox())!;
  const stroke = async (from: number[], to: number[]) => {
    await page.mouse.move(box.x + box.width * from[0]!, box.y + box.height * from[1]!);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * to[0]!, box.y + box.height * to[1]!, { steps: 12 });
    await page.mouse.up();
  };
  await stroke([0.2, 0.3], [0.6, 0.3]);
  await page.getByTestId("draw-class-3").click();
  await stroke([0.3, 0.6], [0.7, 0.6]);
  await page.getByTestId("draw-use").click();
  await expect.poll(() => page.evaluate(() => window.lab.config.data)).toBe("custom");
  expect((await names(page)).map((name) => name.trim())).toEqual(["1", "4"]);
  const codes = await page.evaluate(async (TABLE) => {
    const points = Array.from({ length: 400 }, (_, i) => Math.sin(i * i));
    const labels = (of: (i: number) => number) => Array.from({ length: 200 }, (_, i) => of(i));
    const refused = [[], labels((i) => i % 100), labels((i) => Number(i === 7)), labels((i) => i / 2)];
    const codes: string[] = [];
    for (const labels of refused) {
      const given = { points, dim: 2, labels };
      await window.lab.setData(given).catch((error) => codes.push(error.code));
    }
    const named = { text: TABLE, classes: "height" };
    await window.lab.setData(named).catch((error) => codes.push(error.code));
    return codes;
  }, TABLE);
  expect(codes).toEqual(["class_labels", "class_count", "class_too_small", "class_labels", "unknown_id"]);
  expect((await names(page)).length, "what was there stays").toBe(2);
  await expect(page.getByTestId("message")).toContainText("height");
});
