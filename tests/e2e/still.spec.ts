/** What stands still is true: of its last step, in the language and the colours of now, whatever was throttled on the way. */
import { expect, type Page } from "@playwright/test";
import { currentStep, type Lab, open, step, test } from "./lab.ts";
import { steps } from "./seen.ts";

/** Longer than any of the page's own paces. */
const PACES_MS = 1500;

const SMALL = "data=8gaussians&model=realnvp&width=16&batch=32&lang=en&theme=light&backend=cpu";
const charts = (page: Page) =>
  page.evaluate(() =>
    ["loss-chart", "kl-chart"].map((id) =>
      window.lab.shadowRoot!.querySelector(`[data-testid=${id}]`)!.shadowRoot!.querySelector("canvas")?.toDataURL(),
    ),
  );

test("paused again and again, count, charts, sentence and voice are of one step", async ({ page }) => {
  await open(page, SMALL);
  await page.evaluate(() => window.lab.play());
  await expect(page.getByTestId("kl").locator("b")).toHaveText(/±/);
  for (const ms of [150, 420, 90, 700]) {
    await page.getByTestId("play").click();
    await page.waitForTimeout(ms);
    await page.getByTestId("pause").click();
    await expect.poll(() => page.evaluate(() => window.lab.history.at(-1)!.metrics !== undefined), "scored at rest").toBe(true);
    const at = (await currentStep(page)).toLocaleString("en");
    await expect.poll(() => steps(page)).toEqual({ count: at, loss: at, score: at, status: at, picture: at, spoken: at });
  }
});

test("language and theme there and back leave nothing behind, however fast", async ({ page }) => {
  await open(page, SMALL);
  await page.evaluate(() => window.lab.pause());
  await step(page, 10);
  await page.evaluate(() => window.lab.evaluate());
  await page.waitForTimeout(PACES_MS);
  const before = await charts(page);
  for (const pause of [0, 60]) {
    for (const ids of [
      ["lang-zh", "lang-en"],
      ["theme", "theme"],
    ]) {
      for (const id of ids) {
        await page.getByTestId(id).dispatchEvent("click");
        await page.waitForTimeout(pause);
      }
    }
  }
  await page.waitForTimeout(PACES_MS);
  expect(await charts(page)).toEqual(before);
  await page.getByTestId("theme").click();
  await page.waitForTimeout(PACES_MS);
  expect(await charts(page), "they do follow the theme").not.toEqual(before);
});

test("the first switch to another language, whose words come late, reaches every sentence of a paused page", async ({ page }) => {
  await open(page, SMALL);
  await page.evaluate(() => window.lab.pause());
  await step(page, 10);
  await expect(page.getByTestId("loss-chart").locator(".readout")).toContainText("step");
  await page.getByTestId("lang-zh").click();
  for (const id of ["status", "spoken"]) await expect(page.getByTestId(id)).toHaveText(/停在第/);
  await expect(page.getByTestId("stage")).toHaveAttribute("aria-label", /停在第/);
  await expect(page.getByTestId("loss-chart").locator(".readout")).toContainText("步");
});

test("own data are counted as the reader counts them, and others that come in their place at once", async ({ page }) => {
  await open(page, "data=exam-scores&model=nsf&lang=en&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  for (const count of [50, 61, 7]) {
    await page.evaluate((n) => window.lab.setData({ text: Array.from({ length: n }, (_, i) => 150 + ((i * 37) % 59)).join("\n") }), count);
    await expect(page.getByTestId("status")).toContainText(`${count} points`);
  }
});

test("whether it plays is the reader's: pasted and drawn data change nothing of it", async ({ page }) => {
  await open(page, SMALL);
  const paste = (text: string) =>
    page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }, text);
  const draw = async () => {
    await page.getByTestId("draw").click();
    await page.getByTestId("draw-canvas").click();
    await page.getByTestId("draw-use").click();
    await expect(page.getByTestId("draw-canvas")).toHaveCount(0);
  };
  const state = async () => [await page.getByTestId("play").getAttribute("aria-pressed"), (await currentStep(page)) > 0];
  const learned = (count: number) =>
    expect
      .poll(() => page.evaluate(async () => [window.lab.config.data, (await window.lab.sample(1)).shape[1]]))
      .toEqual(["custom", count]);

  await page.evaluate(() => window.lab.pause());
  await paste("1\n2\n4\n8\n9");
  await learned(1);
  await page.waitForTimeout(300);
  expect(await state(), "pasted while paused").toEqual(["false", false]);
  await draw();
  await learned(2);
  await page.waitForTimeout(300);
  expect(await state(), "drawn while paused").toEqual(["false", false]);

  await page.evaluate(() => window.lab.play());
  await paste("1\n2\n4\n8\n7");
  await learned(1);
  await expect.poll(state).toEqual(["true", true]);
  await draw();
  await learned(2);
  await expect.poll(state, "it rested only for the pad").toEqual(["true", true]);
  await page.getByTestId("draw").click();
  await expect.poll(async () => (await state())[0]).toBe("false");
  await page.getByTestId("draw-cancel").click();
  await expect.poll(state).toEqual(["true", true]);
});

test("after a reset no chart keeps a curve or an axis", async ({ page }) => {
  await open(page, SMALL);
  await page.evaluate(() => window.lab.pause());
  await step(page, 3);
  await page.evaluate(() => window.lab.evaluate());
  const drawn = async () => (await charts(page)).filter(Boolean).length;
  await expect.poll(drawn).toBe(2);
  await page.getByTestId("reset").click();
  await expect.poll(drawn).toBe(0);
  await step(page, 3);
  await page.evaluate(() => window.lab.evaluate());
  await expect.poll(drawn, "they come back").toBe(2);
});

test("a figure that waits for its reader waits in its own language", async ({ page }) => {
  await page.addInitScript(() => {
    const spoken = Object.assign(window, { spoken: [] as string[] }).spoken;
    document.addEventListener("DOMContentLoaded", () => {
      const figure = [...document.querySelectorAll<Lab>("dgm-lab")].at(-1)!;
      customElements.whenDefined("dgm-lab").then(() => {
        const watch = () => spoken.push(figure.shadowRoot!.querySelector("[data-testid=spoken]")?.textContent ?? "");
        new MutationObserver(watch).observe(figure.shadowRoot!, { subtree: true, childList: true, characterData: true });
      });
    });
  });
  await page.goto("./lessons/zh/flow.html");
  const last = page.locator("dgm-lab").last();
  await expect(last.getByTestId("play")).toHaveAttribute("aria-label", /[\u4e00-\u9fff]/);
  await last.scrollIntoViewIfNeeded();
  const said = () => page.evaluate(() => (window as unknown as { spoken: string[] }).spoken.filter((line) => line.trim()));
  await expect.poll(async () => (await said()).length).toBeGreaterThan(0);
  for (const line of await said()) expect(line).toMatch(/[\u4e00-\u9fff]/);
});
