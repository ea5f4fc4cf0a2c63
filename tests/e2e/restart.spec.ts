import { expect, type Page } from "@playwright/test";
import { currentStep, open, test } from "./lab.ts";

/** What a panic in the engine is for its worker: an uncaught trap, and a call that never settles. */
async function panic(page: Page): Promise<void> {
  const worker = page.workers().find((worker) => worker.url().includes("/worker-"));
  expect(worker, "the engine's worker").toBeDefined();
  await worker!.evaluate(() => {
    setTimeout(() => {
      throw new WebAssembly.RuntimeError("unreachable");
    });
  });
}

test("a panic in the worker restarts it from the last good state and says so", async ({ page, complaints }) => {
  await open(page, "data=8gaussians&model=realnvp&width=16&batch=32&backend=cpu");
  await page.evaluate(() => window.lab.play());
  await page.waitForFunction(() => window.times.steps > 20);
  // A pause keeps the state that a restart goes back to.
  await page.evaluate(() => window.lab.pause());
  const kept = await currentStep(page);
  const warning = page.evaluate(
    () =>
      new Promise<{ code: string; message: string }>((resolve) =>
        window.lab.addEventListener("lab-warning", (event) => resolve((event as CustomEvent).detail)),
      ),
  );
  await page.evaluate(() => window.lab.play());
  await expect.poll(() => currentStep(page)).toBeGreaterThan(kept);
  await panic(page);
  expect((await warning).code).toBe("engine_lost");
  await expect(page.getByTestId("message").first()).toContainText("restarted from step");

  const restarted = Number(/step (\d+)/.exec((await warning).message)![1]);
  expect(restarted).toBeGreaterThanOrEqual(kept);
  expect(restarted).toBeGreaterThan(0);
  await expect.poll(() => currentStep(page), "training goes on").toBeGreaterThan(restarted + 10);
  const steps = await page.evaluate(() => window.lab.history.map(({ step }) => step));
  expect(steps, "one history, without the lost steps").toEqual([...new Set(steps)].sort((a, b) => a - b));
  // The browser reports the trap itself; nothing else may go wrong.
  expect(complaints.filter((complaint) => !complaint.includes("unreachable"))).toEqual([]);
  complaints.length = 0;
});

test("a state taken out is put back with its history", async ({ page }) => {
  await open(page, "data=moons&model=realnvp&width=16&batch=32&backend=cpu");
  const { before, after } = await page.evaluate(async () => {
    const { lab } = window;
    await lab.pause();
    await lab.reset();
    await lab.step(20);
    const seen = () => ({ step: lab.history.at(-1)?.step, losses: lab.history.map(({ losses }) => losses[0]) });
    const before = seen();
    const bytes = await lab.snapshot();
    await lab.step(15);
    lab.config = { data: "8gaussians", model: "vae" };
    await lab.ready;
    await lab.restore(bytes);
    return { before, after: { ...seen(), data: lab.config.data, model: lab.config.model, next: (await lab.step(1)).step } };
  });
  expect(after).toEqual({ ...before, data: "moons", model: "realnvp", next: 21 });
});
