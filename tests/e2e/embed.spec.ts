import { expect } from "@playwright/test";
import { ready, test } from "./lab.ts";

const BARE = `<!doctype html><meta charset="utf-8"><title>A course page</title>
<script type="module" src="./embed.js"></script>
<p>One live figure.</p>
<dgm-lab data="moons" model="realnvp" seed="7" backend="cpu" lang="zh" controls="basic" width="16" learning_rate="0.002" optimizer="adamw"></dgm-lab>`;

test("the element works in a bare page by its contract", async ({ page, baseURL }) => {
  const bare = new URL("course.html", baseURL).href;
  await page.route(bare, (route) => route.fulfill({ contentType: "text/html", body: BARE }));
  await page.goto(bare);
  await ready(page);

  const seen = await page.evaluate(async () => {
    const { lab } = window;
    lab.pause();
    const config = lab.config as { data: string; model: string; seed: number; params?: Record<string, number> } & Record<string, unknown>;
    let events = 0;
    lab.addEventListener("lab-step", () => events++);
    await lab.reset();
    const stepped = await lab.step(12);
    const sample = await lab.sample(7);
    const density = await lab.logProb(new Float32Array([0, 0, 1, 0.5]));
    const metrics = await lab.evaluate();
    const width = config.params?.width ?? config.width;
    return {
      config: { data: config.data, model: config.model, seed: config.seed, width, optimizer: config.optimizer },
      stepped,
      events,
      history: lab.history.length,
      shape: sample.shape,
      isFloats: sample.values instanceof Float32Array,
      finite: [...sample.values, ...density.values].every(Number.isFinite),
      kind: density.kind,
      logProbs: density.values.length,
      metrics: metrics.map(({ id }) => id),
      catalogue: Object.keys(lab.catalogue).sort(),
    };
  });
  expect(seen.config).toEqual({ data: "moons", model: "realnvp", seed: 7, width: 16, optimizer: "adamw" });
  expect(seen.stepped.step).toBe(12);
  expect(seen.stepped.losses.length).toBeGreaterThan(0);
  expect(seen.events).toBeGreaterThan(0);
  expect(seen.history).toBeGreaterThan(0);
  expect(seen.shape).toEqual([7, 2]);
  expect(seen.isFloats && seen.finite).toBe(true);
  expect(seen.kind).toBe("exact");
  expect(seen.logProbs).toBe(2);
  expect(seen.metrics).toContain("kl");
  expect(seen.catalogue).toEqual(expect.arrayContaining(["data", "families", "models"]));
});

test("the same seed gives the same losses", async ({ page, baseURL }) => {
  const bare = new URL("course.html", baseURL).href;
  await page.route(bare, (route) => route.fulfill({ contentType: "text/html", body: BARE }));
  await page.goto(bare);
  await ready(page);
  const [first, second] = await page.evaluate(async () => {
    const { lab } = window;
    lab.pause();
    const run = async () => {
      await lab.reset();
      return (await lab.step(5)).losses;
    };
    return [await run(), await run()];
  });
  expect(second).toEqual(first);
});
