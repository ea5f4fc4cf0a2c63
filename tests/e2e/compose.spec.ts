/** Classes put together, on the page and by calls. */
import { expect } from "@playwright/test";
import { open, step, test } from "./lab.ts";

const SMALL = "width=16&batch=64&autoplay=off&backend=cpu&lang=en&conditional=on";

test("two classes are joined under the picture, and an expression asks for the same", async ({ page }) => {
  test.slow();
  await open(page, `data=8gaussians&model=nce&${SMALL}`);
  const lab = page.locator("dgm-lab");
  await step(page, 200);
  await expect(lab.getByTestId("compose"), "nothing to join with all").toHaveCount(0);
  await lab.getByTestId("condition-2").click();
  await lab.getByTestId("compose-or").click();
  await lab.getByTestId("other-6").click();
  await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/compose=or&other=6/);
  // The third mode is the uppermost, the seventh the lowest: samples of the call are where those of the setting are.
  const ends = (condition: string) =>
    page.evaluate(async (condition) => {
      const { values } = await window.lab.sample(200, { condition });
      const heights = Array.from(values).filter((_, i) => i % 2 === 1);
      return [heights.filter((y) => y > 1).length / 200, heights.filter((y) => y < -1).length / 200];
    }, condition);
  const [up, down] = await ends("2 or 6");
  expect(Math.min(up!, down!), "half of them each").toBeGreaterThan(0.2);
  const [above, below] = await ends("2 not 6");
  expect(above, "one is left").toBeGreaterThan(0.6);
  expect(below).toBeLessThan(0.1);
  await expect(lab.getByTestId("joined")).toContainText("each as often");
  await lab.getByTestId("compose-and").click();
  await expect(lab.getByTestId("joined")).toContainText("on the grid");
  await expect.poll(() => page.evaluate(() => window.lab.config.compose)).toBe("and");
  // What means nothing is refused, and what is looked at stays.
  const codes = await page.evaluate(() =>
    Promise.all(["2 and", "2 or 6 not 1", "2 not 8"].map((condition) => window.lab.sample(1, { condition }).catch(({ code }) => code))),
  );
  expect(codes).toEqual(["bad_expression", "bad_expression", "no_such_class"]);
  expect(await page.evaluate(() => window.lab.config.compose)).toBe("and");
  await lab.getByTestId("family-flow").click();
  await expect(lab.getByTestId("compose"), "a flow puts nothing together").toHaveCount(0);
});
