/** All of it by keyboard alone; and the list of keys, which is made from the table that binds them. */
import { expect, type Page } from "@playwright/test";
import { keyWords } from "../../www/src/keys/words.ts";
import { currentStep, open, test } from "./lab.ts";

/** More presses than there are controls. */
const MOST_TABS = 150;

/** What has the focus, by its test id or else by its tag. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.getAttribute("data-testid") ?? active?.tagName ?? "";
  });

/** Goes on by Tab until a control has the focus, as seen by a ring around it. */
async function reach(page: Page, id: string): Promise<void> {
  for (let tabs = 0; (await focused(page)) !== id; tabs++) {
    expect(tabs, `Tab comes to ${id}`).toBeLessThan(MOST_TABS);
    await page.keyboard.press("Tab");
  }
  expect(await page.getByTestId(id).evaluate((control) => control.matches(":focus-visible")), `${id} is seen to have the focus`).toBe(true);
}

async function press(page: Page, id: string): Promise<void> {
  await reach(page, id);
  await page.keyboard.press("Enter");
}

const models = (page: Page) =>
  page.evaluate(() => (window.lab as unknown as { panels: { config: { model: string } }[] }).panels.map(({ config }) => config.model));

test("the whole way by keyboard: model, data, play, pause, back in time, a file, beside another, an experiment", async ({ page }) => {
  await open(page, "model=nce&width=16&batch=32&seed=2&lang=en&backend=cpu&autoplay=off");
  await press(page, "family-autoregressive");
  await press(page, "data-moons");
  await expect.poll(() => page.evaluate(() => [window.lab.config.model, window.lab.config.data])).toEqual(["made", "moons"]);
  await press(page, "play");
  await expect.poll(() => currentStep(page)).toBeGreaterThan(40);
  await press(page, "pause");
  await expect(page.getByTestId("play")).toHaveAttribute("aria-pressed", "false");
  const timeline = page.getByTestId("timeline");
  await expect(timeline).toBeEnabled();
  await reach(page, "timeline");
  const last = await timeline.getAttribute("aria-valuetext");
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowLeft");
  await expect(timeline).not.toHaveAttribute("aria-valuetext", last!);

  await press(page, "take");
  await expect(page.getByTestId("take-menu")).toBeVisible();
  await reach(page, "take-history");
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(file.suggestedFilename()).toMatch(/history\.csv$/);
  await page.keyboard.press("Escape");
  await expect.poll(() => focused(page), "the focus comes back").toBe("take");

  await press(page, "beside");
  await expect.poll(async () => (await models(page)).length).toBe(2);
  await expect.poll(() => focused(page), "the focus goes along").not.toBe("BODY");
  await press(page, "add-panel");
  await expect.poll(async () => (await models(page)).length).toBe(3);
  await press(page, "remove-2");
  await expect.poll(async () => (await models(page)).length).toBe(2);
  await expect.poll(() => focused(page), "nor is it lost with what is removed").not.toBe("BODY");
  await press(page, "step");
  await page.evaluate(() => window.lab.evaluate());
  await expect(page.getByTestId("versus-kl").locator("td").first()).toHaveText(/\d/);

  await press(page, "experiment");
  const dialog = page.locator("dialog[data-testid=experiment]");
  await expect(dialog).toBeVisible();
  for (const [field, value] of [
    ["seeds", "1"],
    ["steps", "20"],
  ]) {
    await reach(page, `experiment-${field}`);
    await page.keyboard.press("Control+a");
    await page.keyboard.type(value!);
  }
  await press(page, "experiment-run");
  await expect(dialog.locator("tbody tr").first()).toContainText("MADE");
  await page.keyboard.press("Escape");
  await expect.poll(() => focused(page)).toBe("experiment");
});

test("the list of keys names those of the page as it is, each does what it says, and single ones can be switched off", async ({ page }) => {
  await open(page, "data=moons&model=made&width=16&batch=32&lang=zh&backend=cpu&autoplay=off");
  await page.keyboard.press("?");
  const list = page.getByTestId("key-list");
  await expect(list).toContainText(keyWords.zh.key.play);
  const named = () => list.locator("dd").evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.key));
  expect(await named()).toContain("beside");
  expect(await named(), "nothing stands beside it yet").not.toContain("one");
  // Under the list the page hears nothing.
  await page.keyboard.press(".");
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  expect(await currentStep(page)).toBe(0);

  for (const step of [1, 2]) {
    await page.keyboard.press(".");
    await expect.poll(() => currentStep(page)).toBe(step);
  }
  await page.keyboard.press(",");
  await expect.poll(() => currentStep(page)).toBe(1);
  const speed = page.getByTestId("speed");
  const before = Number(await speed.inputValue());
  await page.keyboard.press("<");
  await expect(speed).toHaveValue(String(before - 1));
  await page.keyboard.press("d");
  await expect.poll(() => page.evaluate(() => window.lab.config.theme)).not.toBe("auto");
  await page.keyboard.press("s");
  await expect(page.getByTestId("take-menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("take-menu")).toHaveCount(0);
  // A letter that is written is a letter.
  await page.getByTestId("seed").focus();
  await page.keyboard.press("b");
  await page.locator("body").click({ position: { x: 2, y: 2 } });

  await page.keyboard.press("?");
  await page.getByTestId("key-single").uncheck();
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await page.keyboard.press("b");
  await page.keyboard.press("Space");
  await expect.poll(() => currentStep(page), "Space is heard all the same").toBeGreaterThan(1);
  await page.keyboard.press("Space");
  expect(await models(page), "and a letter is not").toHaveLength(1);
  await page.getByTestId("keys").click();
  await page.getByTestId("key-single").check();
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await page.keyboard.press("b");
  await expect.poll(async () => (await models(page)).length).toBe(2);
  await page.keyboard.press("?");
  await expect(list).toBeVisible();
  expect(await named()).toContain("one");
  expect(await named(), "a run of several has no slider of time").not.toContain("back");
});
