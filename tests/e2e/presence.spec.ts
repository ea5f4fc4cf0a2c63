/** A figure that a framework or a slide deck takes out of the page, for a moment or for good. */
import { expect, type Page } from "@playwright/test";
import { currentStep, type Lab, open, step, test } from "./lab.ts";

const FIGURE = "data=moons&model=realnvp&width=16&batch=32&controls=basic&backend=cpu";

const engines = (page: Page) => page.workers().filter((worker) => worker.url().includes("/worker-")).length;

/** Steps that were reported while nothing stood on the page. */
const unseen = (page: Page) => page.evaluate(() => (window as unknown as { unseen: number }).unseen);

/** The page's figure, taken out and watched: its events do not reach the window any more. */
const away = (page: Page) =>
  page.evaluate(() => {
    Object.assign(window, { unseen: 0 });
    const { lab } = window;
    lab.addEventListener("lab-step", () => {
      if (!lab.isConnected) (window as unknown as { unseen: number }).unseen++;
    });
    lab.remove();
  });
const back = (page: Page) => page.evaluate(() => document.querySelector("main")!.append(window.lab));
const playing = (page: Page) => page.evaluate(() => (window.lab as Lab & { playing: boolean }).playing);

test("appended and removed in one task it starts nothing; appended again it does", async ({ page }) => {
  await open(page, FIGURE);
  await page.evaluate(() => window.lab.pause());
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await page.evaluate(() => {
    Object.assign(window, { unseen: 0, fleeting: document.createElement("dgm-lab") });
    const { fleeting } = window as unknown as { fleeting: Lab };
    fleeting.setAttribute("backend", "cpu");
    fleeting.addEventListener("lab-step", () => (window as unknown as { unseen: number }).unseen++);
    document.body.append(fleeting);
    fleeting.remove();
  });
  await page.waitForTimeout(1500);
  expect(
    workers.filter((url) => url.includes("/worker-")),
    "no worker",
  ).toEqual([]);
  expect(await unseen(page), "no step").toBe(0);
  await page.evaluate(() => document.body.append((window as unknown as { fleeting: Lab }).fleeting));
  await expect.poll(() => unseen(page), "now it learns").toBeGreaterThan(0);
});

test("moved to another node it plays on as if nothing had been", async ({ page }) => {
  await open(page, FIGURE);
  await page.evaluate(() => window.lab.play());
  await expect.poll(() => currentStep(page)).toBeGreaterThan(5);
  const at = await page.evaluate(() => {
    const section = document.createElement("section");
    document.body.append(section);
    section.append(window.lab);
    return window.lab.history.at(-1)!.step;
  });
  expect(await playing(page)).toBe(true);
  await expect.poll(() => currentStep(page)).toBeGreaterThan(at + 5);
  expect(engines(page)).toBe(1);
});

test("away for a moment it takes no step, and goes on with the same worker", async ({ page }) => {
  await open(page, FIGURE);
  await page.evaluate(() => window.lab.play());
  await expect.poll(() => currentStep(page)).toBeGreaterThan(5);
  const worker = page.workers().find((each) => each.url().includes("/worker-"));
  await away(page);
  // The turn under way ends.
  await page.waitForTimeout(200);
  const [at, seen] = [await currentStep(page), await unseen(page)];
  await page.waitForTimeout(300);
  expect(await unseen(page)).toBe(seen);
  expect(await currentStep(page)).toBe(at);
  await back(page);
  await expect.poll(() => currentStep(page)).toBeGreaterThan(at + 5);
  expect(page.workers()).toContain(worker);
});

test("away for good its worker ends; back after all it is what it was, and plays on if it played", async ({ page }) => {
  await open(page, FIGURE);
  await page.evaluate(() => window.lab.pause());
  await step(page, 10);
  const belief = () => page.evaluate(async () => [...(await window.lab.logProb(new Float32Array([0, 0, 1, 0.5]))).values]);
  const [at, before] = [await currentStep(page), await belief()];
  await away(page);
  await expect.poll(() => engines(page)).toBe(0);
  await back(page);
  expect(await belief()).toEqual(before);
  expect(await playing(page), "it rested before").toBe(false);
  expect((await step(page, 1)).step).toBe(at + 1);

  await page.evaluate(() => window.lab.play());
  await expect.poll(() => currentStep(page)).toBeGreaterThan(at + 5);
  await away(page);
  await expect.poll(() => engines(page)).toBe(0);
  // What is asked of it meanwhile is answered, and the worker goes again.
  const left = await currentStep(page);
  expect((await belief()).every(Number.isFinite)).toBe(true);
  await expect.poll(() => engines(page)).toBe(0);
  await back(page);
  await expect.poll(() => currentStep(page)).toBeGreaterThan(left + 5);
  const steps = await page.evaluate(() => window.lab.history.map(({ step }) => step));
  expect(steps, "one history").toEqual([...new Set(steps)].sort((a, b) => a - b));
});

test("eight figures, added and removed, leave no worker", async ({ page }) => {
  await open(page, FIGURE);
  await page.evaluate(() => window.lab.pause());
  await page.evaluate(() => {
    for (let i = 0; i < 8; i++) {
      const figure = document.createElement("dgm-lab");
      for (const [key, value] of Object.entries({ backend: "cpu", width: "16", model: "realnvp", controls: i % 2 ? "all" : "none" }))
        figure.setAttribute(key, value);
      document.body.append(figure);
    }
  });
  // All figures of a page share a few workers.
  await expect.poll(() => engines(page)).toBe(await page.evaluate(() => Math.min(4, navigator.hardwareConcurrency)));
  // Some have begun to learn, others still open their engine.
  await page.evaluate(() => (document.querySelectorAll("dgm-lab")[1] as Lab).ready);
  await page.evaluate(() => {
    for (const figure of [...document.querySelectorAll("dgm-lab")]) if (figure !== window.lab) figure.remove();
  });
  await expect.poll(() => page.workers().length).toBe(1);
  expect((await step(page, 1)).step, "the one that stays is well").toBeGreaterThan(0);
});
