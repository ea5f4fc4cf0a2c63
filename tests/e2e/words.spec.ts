/** What the page says in words: once, true, and the same everywhere at the same time. */
import { expect, type Page } from "@playwright/test";
import { measured } from "../../www/src/i18n/index.ts";
import { currentStep, open, step, test } from "./lab.ts";

/** Name of the score that is drawn: where several were measured it is a choice among them. */
const titled = (page: Page) =>
  expect.poll(() =>
    page
      .locator("figure:has([data-testid=kl-chart]) figcaption")
      .evaluate((caption) => (caption.querySelector("select option:checked") ?? caption.querySelector("span"))?.textContent),
  );
const readout = (page: Page, chart: string) => page.getByTestId(chart).locator(".readout b");

test("the score above the stage and in the sentence below it is one number at one time", async ({ page }) => {
  await open(page, "data=8gaussians&model=realnvp&width=16&batch=32&backend=cpu");
  await page.evaluate(() => window.lab.play());
  const { apart, seen } = await page.evaluate(async () => {
    const root = window.lab.shadowRoot!;
    const read = (at: string) => root.querySelector(at)!.textContent!;
    const [apart, seen] = [[] as string[][], new Set<string>()];
    for (const end = performance.now() + 30_000; seen.size < 2 && performance.now() < end; ) {
      await new Promise(requestAnimationFrame);
      const [score, sentence] = [read("[data-testid=kl] b"), read("[data-testid=status]")];
      if (score === "–") continue;
      seen.add(score);
      if (!sentence.includes(score)) apart.push([score, sentence]);
    }
    return { apart, seen: seen.size };
  });
  expect(seen, "it was measured more than once").toBeGreaterThan(1);
  expect(apart).toEqual([]);
});

test("on a paused page everything is of its last step, in the language and the colours of now", async ({ page }) => {
  await open(page, "data=8gaussians&model=realnvp&width=16&batch=32&lang=en&theme=light&backend=cpu");
  await page.evaluate(() => window.lab.play());
  await expect(readout(page, "kl-chart").first()).toBeVisible({ timeout: 20_000 });
  await page.getByTestId("pause").click();
  await expect.poll(() => page.evaluate(() => window.lab.history.at(-1)!.metrics !== undefined), "scored at rest").toBe(true);
  const at = (await currentStep(page)).toLocaleString("en");
  await expect(page.getByTestId("status")).toContainText(`step ${at}.`);
  for (const chart of ["loss-chart", "kl-chart"]) await expect(readout(page, chart).first()).toHaveText(at);
  const score = await page.getByTestId("kl").locator("b").textContent();
  await expect(readout(page, "kl-chart").nth(1)).toHaveText(score!);

  const words = () => page.getByTestId("loss-chart").locator(".readout").textContent();
  const before = await words();
  for (const lang of ["zh", "en"]) await page.getByTestId(`lang-${lang}`).click();
  // Longer than any of the page's own paces.
  await page.waitForTimeout(1500);
  expect(await words()).toBe(before);

  // Two steps so close that the second falls into the pace of the first.
  const { step } = await page.evaluate(async () => {
    await window.lab.step(1);
    return window.lab.step(1);
  });
  await expect(readout(page, "loss-chart").first()).toHaveText(step.toLocaleString("en"));
  await expect(page.getByTestId("status")).toContainText(`step ${step.toLocaleString("en")}.`);
});

for (const width of [1440, 390]) {
  test(`what the chosen model does is said once (${width} px)`, async ({ page }) => {
    await page.setViewportSize({ width, height: 1200 });
    await open(page, "data=8gaussians&backend=cpu");
    await page.evaluate(() => window.lab.pause());
    const models = await page.evaluate(() => window.lab.catalogue.models.map(({ id, family, help }) => ({ id, family, help })));
    for (const id of ["nce", "realnvp", "gan"]) {
      const { family, help } = models.find((model) => model.id === id)!;
      await page.getByTestId(`family-${family}`).click();
      await page.getByTestId(`model-${id}`).click();
      await expect(page.getByTestId(`model-${id}`)).toHaveAttribute("aria-pressed", "true");
      await expect(page.getByText(help.en).filter({ visible: true })).toHaveCount(1);
    }
  });
}

test("data of the reader's own: the chart is named after what it shows, and no truth is spoken of", async ({ page }) => {
  await open(page, "data=exam-scores&model=nsf&lang=en&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await expect(page.getByTestId("legend")).toContainText("true density");
  await expect(page.getByTestId("layer-truth")).toBeVisible();
  await titled(page).toBe("KL(P_data ‖ P_φ)");
  await page.evaluate(() => window.lab.setData({ text: Array.from({ length: 60 }, (_, i) => 150 + ((i * 37) % 50)).join(" ") }));
  await titled(page).toBe("held-out −log P_φ");
  await expect(page.getByTestId("kl")).toContainText("held-out −log P_φ");
  await expect(page.getByTestId("legend")).not.toContainText("true density");
  await expect(page.getByTestId("layer-truth")).toHaveCount(0);
  await step(page, 5);
  const metrics = await page.evaluate(() => window.lab.evaluate());
  const nll = metrics.find(({ id }) => id === "nll")!;
  await titled(page).toBe("held-out −log P_φ");
  await expect(readout(page, "kl-chart").nth(1), "the chart is not empty").toHaveText(measured(nll.value, nll.stderr));
});

test("where −log P goes below zero a sentence says why that may be, once, until the data are others", async ({ page }) => {
  await open(page, "data=exam-scores&model=nsf&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  const said = page.getByTestId("negative");
  // A thousandth of the unit wide: the density is near 300.
  await page.evaluate(() =>
    window.lab.setData({ text: Array.from({ length: 60 }, (_, i) => (((i * 37) % 50) / 15000).toFixed(6)).join(" ") }),
  );
  await step(page, 5);
  await expect(said).toHaveCount(0);
  const metrics = await page.evaluate(() => window.lab.evaluate());
  expect(metrics.find(({ id }) => id === "nll")!.value).toBeLessThan(0);
  await expect(said).toHaveText(/density may exceed 1/);
  await page.getByTestId("lang-zh").click();
  await expect(said).toHaveText(/密度可以大于 1/);
  await page.evaluate(() => {
    window.lab.config = { data: "exam-scores" };
  });
  await expect(said).toHaveCount(0);

  // Narrow Gaussians far from each other: the loss is the first to go below.
  await page.evaluate(() => {
    const narrow = (x: number) => ({ weight: 0.5, mean: [x, 0] as [number, number], sigma: [0.05, 0.05] as [number, number], angle: 0 });
    return window.lab.setData({ mixture: [narrow(-3), narrow(3)] });
  });
  await page.evaluate(() => {
    window.lab.config = { model: "made" };
  });
  const loss = () => page.evaluate(() => Math.min(...window.lab.history.map(({ losses }) => losses[0]!)));
  do await step(page, 25);
  while ((await loss()) >= 0);
  await expect(page.locator("figure:has([data-testid=loss-chart])").getByTestId("negative")).toBeVisible();
  await page.evaluate(() => window.lab.evaluate());
  await expect(said).toHaveCount(1);
});

test("charts are drawn in the page's language where the browser's own is none that it knows", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "language", { value: "C" });
    Object.defineProperty(navigator, "languages", { value: ["C"] });
  });
  await open(page, "data=8gaussians&model=realnvp&width=16&batch=32&lang=zh&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await step(page, 20);
  const ink = () =>
    page.getByTestId("loss-chart").evaluate((chart) => {
      const canvas = chart.shadowRoot!.querySelector("canvas");
      const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return pixels.filter((value, i) => i % 4 === 3 && value > 0).length;
    });
  await expect.poll(ink).toBeGreaterThan(200);
});

test("who listens is told rarely while it learns, once at a pause and then the truth, and of every refusal", async ({ page }) => {
  await open(page, "data=8gaussians&model=realnvp&width=16&batch=32&backend=cpu");
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    // What a screen reader hears of: what changes in a live region, said so or by its kind, and alerts that come.
    const region = (node: Node) =>
      (node instanceof Element ? node : node.parentElement)?.closest("[aria-live], output, [role=status], [role=alert], [role=log]");
    new MutationObserver((records) => {
      const changed = new Set<Element>();
      for (const { type, target, addedNodes } of records) {
        const live = region(target);
        const text = type === "characterData" && live?.getAttribute("aria-relevant") === "additions";
        if (live && live.ariaLive !== "off" && !text) changed.add(live);
        for (const node of addedNodes) if (node instanceof Element && node.role === "alert") changed.add(node);
      }
      told.push(...[...changed].map(({ textContent }) => textContent?.trim() ?? ""));
    }).observe(window.lab.shadowRoot!, { subtree: true, childList: true, characterData: true });
  });
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told.filter((words) => words.length > 0));
  const forget = () => page.evaluate(() => (window as unknown as { told: string[] }).told.splice(0));
  await page.evaluate(() => window.lab.play());
  await expect(page.getByTestId("kl").locator("b")).toHaveText(/±/);
  expect((await told()).length).toBeLessThanOrEqual(2);
  await forget();
  await page.evaluate(() => window.lab.pause());
  await expect.poll(told).toHaveLength(1);
  expect((await told())[0]).toContain((await page.getByTestId("kl").locator("b").textContent())!);
  expect((await told())[0]).toContain(`step ${(await currentStep(page)).toLocaleString("en")}.`);

  for (const times of [1, 2]) {
    await forget();
    await page.evaluate(() => window.lab.setData({ text: "no numbers here" }).catch(() => undefined));
    await expect.poll(told, `refused ${times} times`).toHaveLength(1);
  }
});

test("a bound says where it comes from: whole numbers that were spread have nothing to do with an ELBO", async ({ page }) => {
  for (const [model, words] of [
    ["nsf-pixels", /upper bound, as whole steps were spread/],
    ["vae-pixels", /upper bound, from the ELBO/],
  ] as const) {
    await page.goto("about:blank");
    await open(page, `data=${model === "vae-pixels" ? "digits-binary" : "digits"}&model=${model}&width=16&batch=16&backend=cpu`);
    await page.evaluate(() => window.lab.pause());
    await step(page, 1);
    await page.evaluate(() => window.lab.evaluate());
    for (const part of ["kl", "status"]) await expect(page.getByTestId(part)).toContainText(words);
  }
});
