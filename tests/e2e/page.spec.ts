import { readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "@playwright/test";
import { beforeFirstStep, open, requests, step, test } from "./lab.ts";

const FIRST_PICTURE_MS = 2000;
const FIRST_STEP_MS = 3000;
const BUDGET_BYTES = 550_000; // gzipped, before the first step on the CPU engine

test("opens within its time and its weight, on the CPU engine, from its own origin only", { tag: "@alone" }, async ({ page, baseURL }) => {
  await requests(page, baseURL!);
  await open(page, "backend=cpu");
  const stepped = await page.evaluate(() => window.times.steps > 0);
  if (!stepped) await page.getByTestId("play").click();

  const asked = await beforeFirstStep(page, baseURL!);
  const bytes = asked.reduce((sum, request) => sum + request.bytes, 0);
  const times = await page.evaluate(() => window.times);
  console.log(
    `first picture ${times.ready!.toFixed(0)} ms, first step ${times.firstStep!.toFixed(0)} ms, ${(bytes / 1000).toFixed(0)} kB gzipped in ${asked.length} requests`,
  );

  expect(asked.filter(({ status }) => status !== 200)).toEqual([]);
  expect(
    asked.filter(({ path }) => path.includes("/engine/gpu/")),
    "the GPU artefact is not for this browser",
  ).toEqual([]);
  expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
  expect(times.ready!).toBeLessThan(FIRST_PICTURE_MS);
  expect(times.firstStep!).toBeLessThan(FIRST_STEP_MS);
});

test("without WebGPU it runs on the CPU and says so", async ({ page, baseURL }) => {
  await requests(page, baseURL!);
  await open(page, "seed=1");
  await expect(page.getByTestId("engine")).toContainText("CPU");
  await expect(page.getByTestId("engine")).toContainText(/WebGPU/); // the reason names what is missing
  expect((await step(page, 10)).step).toBeGreaterThanOrEqual(10);
  expect((await requests(page, baseURL!)).filter(({ path }) => path.includes("/engine/gpu/"))).toEqual([]);
});

test("the language switches in place", async ({ page }) => {
  await open(page, "lang=en");
  const play = page.getByTestId("play");
  const name = async () => (await play.getAttribute("aria-label")) ?? (await play.textContent());
  const english = await name();
  expect(english).not.toMatch(/[\u4e00-\u9fff]/);
  await step(page, 5);
  await page.getByTestId("lang-zh").click();
  // The page is drawn again in its own time; the switch itself is in Chinese from the start.
  await expect.poll(name).toMatch(/[\u4e00-\u9fff]/);
  expect(await page.evaluate(() => window.lab.history.length), "nothing was reset").toBeGreaterThan(0);
  await page.getByTestId("lang-en").click();
  await expect.poll(name).toBe(english);
});

test("every file of the page is served as it was built", async ({ page, baseURL }) => {
  const manifest = await (await page.request.get(new URL("engine/manifest.json", baseURL).href)).json();
  expect(manifest.cpu.profile).toBe("release");
  const index = await (await page.request.get(baseURL!)).body();
  expect(gzipSync(index).length).toBeLessThan(BUDGET_BYTES);
});

test("a font is there in one form, the smallest", async ({ baseURL: _ }, { project }) => {
  const files = readdirSync(join(project.testDir, "../../www/dist/assets"));
  const fonts = files.filter((file) => /^KaTeX_/.test(file));
  expect(fonts.length).toBeGreaterThan(0);
  expect(fonts.filter((file) => !file.endsWith(".woff2"))).toEqual([]);
});

for (const lang of ["en", "zh"]) {
  test(`on a phone nothing is cut off or wider than the screen, every fold open (${lang})`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 780 });
    await open(page, `lang=${lang}&backend=cpu`);
    await step(page, 5);
    await page.evaluate(() => window.lab.evaluate());
    for (const { id } of await page.evaluate(() => window.lab.catalogue.families)) {
      await page.evaluate(() => {
        for (const fold of window.lab.shadowRoot!.querySelectorAll("details")) fold.open = true;
      });
      const family = page.getByTestId(`family-${id}`);
      await family.click();
      await expect(family).toHaveAttribute("aria-pressed", "true");
      const wide = await page.evaluate(() => {
        // A long formula scrolls within its own box.
        const elements = [...window.lab.shadowRoot!.querySelectorAll("*:not(dgm-formula)")];
        const out = elements.filter((element) => element.getBoundingClientRect().right > innerWidth + 1);
        return [document.documentElement.scrollWidth, ...out.map(({ tagName, className }) => `${tagName} ${className}`)];
      });
      expect(wide, id).toEqual([360]);
    }
  });
}
