/** What is conditioned on a part: a slice of the plane that is dragged, and digits whose missing half is filled in; always said whether that is exact. */
import { expect, type Page } from "@playwright/test";
import { open, step, test } from "./lab.ts";

interface Parting {
  slice(
    at: number,
    given?: number,
  ): Promise<{ kind: string; range: Float64Array; logProb: Float32Array; truth?: Float32Array; kl?: number }>;
  heldOut(n: number): Promise<{ dim: number; points: Float32Array; labels?: Uint8Array }>;
  fill(
    point: ArrayLike<number>,
    known: ArrayLike<number>,
    n?: number,
    seed?: number,
  ): Promise<{ way: string; exact: boolean; points: Float32Array; logProb: Float32Array; given?: number }>;
}

/** Pixels of the samples' hue. */
const traced = (page: Page, tag: string) =>
  page
    .locator(`${tag} canvas`)
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      if (canvas.width === 0) return 0;
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      let found = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i]! > 200 && data[i + 2]! < 90 && data[i + 3]! > 150) found++;
      return found;
    });

test("a slice goes with a lab that is put elsewhere, and hears a key at once", async ({ page }) => {
  await open(page, "data=moons&model=made&width=16&autoplay=off&lang=en&backend=cpu");
  await page.evaluate(() => window.lab.step(1));
  await page.getByTestId("parting").check();
  const line = page.getByTestId("slice");
  await expect(line).toBeVisible();
  const value = () => line.getAttribute("aria-valuenow");
  const before = await value();
  await page.evaluate(() => {
    const find = (root: ParentNode): HTMLElement | undefined =>
      [...root.querySelectorAll<HTMLElement>("*")]
        .map((each) => (each.dataset.testid === "slice" ? each : each.shadowRoot && find(each.shadowRoot)))
        .find((found) => !!found) ?? undefined;
    document.body.append(window.lab);
    find(window.lab.shadowRoot!)!.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
  });
  await expect.poll(value).not.toBe(before);
  const moved = await value();
  await line.press("ArrowRight");
  await expect.poll(value, "it goes on").not.toBe(moved);
});

test("a slice is dragged, moved by keys, turned, and said in both languages", async ({ page }) => {
  await open(page, "data=moons&model=made&width=16&autoplay=off");
  await step(page, 20);
  await page.getByTestId("parting").check();
  const line = page.getByTestId("slice");
  const at = async () => Number(await line.getAttribute("aria-valuenow"));
  await expect(page.getByTestId("slice-kind")).toHaveAttribute("data-kind", "exact");
  await expect.poll(() => traced(page, "dgm-slice")).toBeGreaterThan(50);
  await expect.poll(() => traced(page, "dgm-slice-curves")).toBeGreaterThan(50);

  // A script gets the same numbers, and they are a density.
  const told = await page.evaluate(
    async (at) => {
      const { kind, range, logProb, kl } = await (window.lab as unknown as Parting).slice(at);
      const cell = (range[1]! - range[0]!) / logProb.length;
      return { kind, kl, total: [...logProb].reduce((sum, log) => sum + Math.exp(log) * cell, 0) };
    },
    await at(),
  );
  expect(told.kind).toBe("exact");
  expect(Math.abs(told.total - 1)).toBeLessThan(0.01);
  await expect
    .poll(async () => Math.abs(Number(await page.getByTestId("slice-kl").textContent()) - told.kl!))
    .toBeLessThan(0.01 * told.kl! + 0.001);

  const first = await at();
  await line.focus();
  await line.press("ArrowRight");
  await expect.poll(at).toBeGreaterThan(first);
  const box = (await line.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 80, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(at).toBeLessThan(first);

  // The other coordinate is no factor of this chain.
  await page.getByTestId("slice-given").selectOption("1");
  await expect(page.getByTestId("slice-kind")).toHaveAttribute("data-kind", "quadrature");
  await expect(line).toHaveAttribute("aria-orientation", "vertical");
  await page.evaluate(() => window.lab.configure({ lang: "zh" }));
  await expect(page.getByTestId("slice-kind")).toContainText("联合密度");
  await page.getByTestId("parting").uncheck();
  await expect(line).toHaveCount(0);
});

test("four families fill in the lower half of one digit side by side, one of them exactly", async ({ page }) => {
  const panels = ["made-pixels", "vae-pixels", "nsf-pixels", "fm-pixels"].map((model) => `${model} width=16`).join("; ");
  await open(page, `panels=${encodeURIComponent(panels)}&data=digits-binary&autoplay=off`);
  await step(page, 3);
  await page.getByTestId("parting").check();
  await expect(page.getByTestId("part-filled")).toHaveCount(4);
  const exact = page.getByTestId("part-way");
  await expect
    .poll(() => exact.evaluateAll((found) => found.map((each) => each.getAttribute("data-exact"))))
    .toEqual(["true", "false", "false", "false"]);
  // what is out of view is not drawn
  await page.getByTestId("part-filled").first().scrollIntoViewIfNeeded();
  await expect.poll(() => traced(page, "dgm-part-prints.row")).toBeGreaterThan(20);

  // The other half does not come first in the chain's order.
  await page.getByTestId("part-half").selectOption("upper");
  await expect(exact.first()).toHaveAttribute("data-exact", "false");
  await page.evaluate(() => window.lab.configure({ lang: "zh" }));
  await expect(exact.first()).toContainText("近似");
});

test("a script fills in a digit: what is known stays, and a seed draws the same", async ({ page }) => {
  await open(page, "data=digits-binary&model=made-pixels&width=16&autoplay=off");
  await step(page, 3);
  const told = await page.evaluate(async () => {
    const lab = window.lab as unknown as Parting;
    const { points, labels } = await lab.heldOut(2);
    const digit = points.slice(64, 128);
    const known = Array.from({ length: 64 }, (_, i) => Number(i < 32));
    const [one, again, other] = [
      await lab.fill(digit, known, 3, 4),
      await lab.fill(digit, known, 3, 4),
      await lab.fill(digit, known, 3, 5),
    ];
    const code = await lab.fill(digit, known.slice(1)).then(
      () => "",
      (error) => error.code,
    );
    return {
      labels: labels?.length,
      exact: one.exact,
      kept: [0, 1, 2].every((k) => digit.slice(0, 32).every((value, i) => one.points[64 * k + i] === value)),
      same: one.points.every((value, i) => value === again.points[i]),
      others: one.points.some((value, i) => value !== other.points[i]),
      likelihoods: one.logProb.length,
      given: Number.isFinite(one.given),
      code,
    };
  });
  expect(told).toEqual({ labels: 2, exact: true, kept: true, same: true, others: true, likelihoods: 3, given: true, code: "bad_request" });
});
