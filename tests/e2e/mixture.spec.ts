import { expect, type Page } from "@playwright/test";
import { meanLoss, open, step, test } from "./lab.ts";

const data = (page: Page) => page.evaluate(() => window.lab.config.data);
/** Where a component's centre stands, from what a screen reader says of it. */
async function centre(page: Page, k: number): Promise<number[]> {
  const label = (await page.getByTestId(`mixture-${k}`).getAttribute("aria-label"))!;
  return /centre (-?[\d.]+), (-?[\d.]+)/.exec(label)!.slice(1).map(Number);
}
/** Clears when training begins anew: the handles were let go and the engine took the mixture. */
const restarted = (page: Page) => expect.poll(() => page.evaluate(() => window.lab.history.length)).toBe(0);

async function edit(page: Page): Promise<void> {
  await open(page, "model=made&backend=cpu&lang=en");
  await page.evaluate(() => window.lab.pause());
  await page.getByTestId("data-mixture").click();
  await expect.poll(() => data(page)).toBe("mixture");
  await step(page, 2);
}

test("by mouse: a centre is dragged, an axis pulled, the wheel gives weight, and the mixture is learned", async ({ page }) => {
  await edit(page);
  const [x, y] = await centre(page, 0);
  const box = (await page.getByTestId("mixture-0-centre").boundingBox())!;
  const from = [box.x + box.width / 2, box.y + box.height / 2] as const;
  await page.mouse.move(...from);
  await page.mouse.down();
  for (let i = 1; i <= 8; i++) await page.mouse.move(from[0] + 5 * i, from[1] - 5 * i);
  expect(await page.evaluate(() => window.lab.history.length), "nothing is applied while the hand holds it").toBeGreaterThan(0);
  await page.mouse.up();
  const [right, up] = await centre(page, 0);
  expect(right).toBeGreaterThan(x! + 0.2);
  expect(up).toBeGreaterThan(y! + 0.2);
  await restarted(page);

  await step(page, 2);
  await page.waitForTimeout(300); // the box of the stage follows the data
  const long = async () => Number(await page.getByTestId("mixture-length").inputValue());
  const before = await long();
  const grip = (await page.getByTestId("mixture-0-axis-0").boundingBox())!;
  const middle = (await page.getByTestId("mixture-0-centre").boundingBox())!;
  const out = [grip.x - middle.x, grip.y - middle.y] as const;
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move(grip.x + grip.width / 2 + 0.5 * out[0], grip.y + grip.height / 2 + 0.5 * out[1], { steps: 4 });
  await page.mouse.up();
  expect(await long()).toBeGreaterThan(1.2 * before);
  await restarted(page);

  await step(page, 2);
  const weight = page.getByTestId("mixture-weight");
  const heavy = Number(await weight.inputValue());
  await page.getByTestId("mixture-0-centre").hover();
  await page.mouse.wheel(0, -100);
  await expect.poll(async () => Number(await weight.inputValue())).toBeGreaterThan(heavy);
  await restarted(page);

  for (let i = 0; i < 12; i++) await step(page, 10);
  expect(await meanLoss(page, 100, 120)).toBeLessThan(await meanLoss(page, 0, 10));
});

test("by keyboard: arrow keys move the component in focus, labelled controls do the rest", async ({ page }) => {
  await edit(page);
  const count = async () => page.locator("dgm-mixture-editor g[role=button]").count();
  const first = page.getByTestId("mixture-1");
  await first.focus();
  await expect(first).toHaveAttribute("aria-pressed", "true");
  const [x, y] = await centre(page, 1);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  const [right, down] = await centre(page, 1);
  expect(right).toBeCloseTo(x! + 0.2, 1);
  expect(down).toBeCloseTo(y! - 0.5, 1);
  await restarted(page);

  await page.getByTestId("mixture-angle").focus();
  const angle = await page.getByTestId("mixture-angle").inputValue();
  await page.keyboard.press("ArrowRight");
  expect(Number(await page.getByTestId("mixture-angle").inputValue())).toBe(Number(angle) + 1);

  const before = await count();
  await page.getByTestId("mixture-add").press("Enter");
  await expect.poll(count).toBe(before + 1);
  for (let i = before + 1; i < 12; i++) await page.getByTestId("mixture-add").press("Enter");
  await expect.poll(count).toBe(12);
  await expect(page.getByTestId("mixture-add")).toBeDisabled();
  for (let i = 12; i > 1; i--) await page.getByTestId("mixture-remove").press("Enter");
  await expect.poll(count).toBe(1);
  await expect(page.getByTestId("mixture-remove")).toBeDisabled();
  await expect(page.getByTestId("mixture-0")).toHaveAttribute("aria-label", /weight 100 percent/);
  await page.getByTestId("mixture-done").press("Enter");
  await expect(page.locator("dgm-mixture-editor")).toHaveCount(0);
  expect(await data(page)).toBe("mixture");
});

test("a mixture set by a script is what the handles show", async ({ page }) => {
  await open(page, "model=made&backend=cpu&lang=en");
  await page.evaluate(async () => {
    await window.lab.pause();
    await window.lab.setData({
      mixture: [
        { weight: 0.7, mean: [-1, 0], sigma: [0.5, 0.2], angle: 0.4 },
        { weight: 0.3, mean: [1, 1], sigma: [0.3, 0.3], angle: 0 },
      ],
    });
  });
  expect(await data(page)).toBe("mixture");
  await page.getByTestId("data-mixture").click();
  expect(await centre(page, 0)).toEqual([-1, 0]);
  expect(await centre(page, 1)).toEqual([1, 1]);
  await expect(page.getByTestId("mixture-0")).toHaveAttribute("aria-label", /weight 70 percent/);
});
