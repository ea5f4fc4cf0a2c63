import { expect } from "@playwright/test";
import { hosted, meanLoss, open, ready, requests, step, test } from "./lab.ts";

// SwiftShader compiles shaders on the CPU: correct, and slow.
test.setTimeout(240_000);

test("a software adapter is not used unless it is asked for", async ({ page, baseURL }) => {
  await requests(page, baseURL!);
  await open(page, "seed=1");
  await step(page, 5);
  await expect(page.getByTestId("engine")).toContainText("CPU");
  expect((await requests(page, baseURL!)).filter(({ path }) => path.includes("/engine/gpu/"))).toEqual([]);
});

test("asked for WebGPU it fetches the GPU engine and learns on it", async ({ page, baseURL }) => {
  await requests(page, baseURL!);
  await open(page, "backend=webgpu&data=8gaussians&model=realnvp&layers=2&width=16&batch=32&seed=1");
  await expect(page.getByTestId("engine")).toContainText("WebGPU", { timeout: 120_000 });
  await page.evaluate(() => window.lab.pause());
  await page.evaluate(() => window.lab.reset());
  await step(page, 10);
  await step(page, 10);
  expect(Number.isFinite(await meanLoss(page, 0, 20))).toBe(true);
  expect((await requests(page, baseURL!)).map(({ path }) => path)).toContain("/playground/engine/gpu/dgm_bg.wasm");
});

test("on a page of another origin the GPU engine comes from where the figure lies", async ({ page, baseURL }) => {
  await requests(page, baseURL!);
  const tag = `<script type="module" src="${baseURL}embed.js"></script>
    <dgm-lab backend="webgpu" data="8gaussians" model="realnvp" layers="2" width="16" batch="32"></dgm-lab>`;
  await page.goto(hosted(baseURL!, tag));
  await ready(page);
  await expect(page.getByTestId("engine")).toContainText("WebGPU", { timeout: 120_000 });
  expect(Number.isFinite((await step(page, 2)).losses[0])).toBe(true);
  expect((await requests(page, baseURL!)).map(({ path }) => path)).toContain("/playground/engine/gpu/dgm_bg.wasm");
});

test("a GPU engine of another build is left alone", async ({ page, baseURL }) => {
  await page.route("**/engine/manifest.json", async (route) => {
    const response = await route.fetch();
    const { cpu, gpu } = await response.json();
    await route.fulfill({ response, json: { cpu: { ...cpu, version: "0123456789abcdef" }, gpu } });
  });
  await requests(page, baseURL!);
  await open(page, "backend=webgpu&data=8gaussians&model=realnvp&width=16&batch=32");
  await expect(page.getByTestId("engine")).toContainText("CPU");
  expect((await step(page, 2)).step).toBeGreaterThanOrEqual(2);
  expect((await requests(page, baseURL!)).filter(({ path }) => path.includes("/engine/gpu/"))).toEqual([]);
});
