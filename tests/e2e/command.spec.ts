/** A run by the command: the page's numbers without a browser, and its files. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "@playwright/test";
import { Folder, hashOf, said } from "./command.ts";
import { open, test } from "./lab.ts";

/** A busy machine is slow, not wrong. */
test.setTimeout(300_000);

test("every model's losses after 50 steps are the page's, to the bit", async ({ page }) => {
  test.setTimeout(600_000);
  const folder = new Folder();
  await open(page, "controls=basic&backend=cpu&autoplay=off");
  const { models } = await page.evaluate(() => window.lab.catalogue);
  const settings = models.map(({ id, dims }) => ({ model: id, data: dims.includes(2) ? "moons" : "digits-binary", seed: "7" }));
  // Two at once, while the page does the same. What 49 steps made of the weights is seen in the loss of the next: a bit anywhere before changes it.
  const next = settings.values();
  const found = new Map<string, number[]>();
  const worker = async () => {
    for (const each of next) {
      const { code, out, err } = await folder.run(["run", hashOf(each), "--steps", "50", "--no-scores", "--json"]);
      expect([each.model, code], err).toEqual([each.model, 0]);
      expect(said(out), each.model).toMatchObject({ step: 50, engine: "cpu", config: { ...each, seed: 7, width: 8 } });
      found.set(each.model, said(out).losses);
    }
  };
  const commands = Promise.all([worker(), worker()]);
  const here = await page.evaluate(async (settings) => {
    // Unseen, since pictures would take most of the time.
    window.lab.style.display = "none";
    const found: [string, number[]][] = [];
    for (const each of settings) {
      await window.lab.configure({ ...each, seed: 7, width: 8, batch: 16 });
      await window.lab.reset();
      await window.lab.step(49);
      found.push([each.model, (await window.lab.step(1)).losses]);
    }
    return found;
  }, settings);
  await commands;
  expect([...found].sort()).toEqual(here.sort());
  expect(here.length).toBe(models.length);
});

test("what a run takes away is the page's, and either goes on from there", async ({ page }) => {
  const folder = new Folder();
  await open(page, "controls=basic&backend=cpu&autoplay=off");
  const made = { model: "made-pixels", data: "digits-binary", width: 8, seed: 3 };
  writeFileSync(folder.file("settings.json"), JSON.stringify({ ...made, steps: 20 }));
  const { out, code } = await folder.run(["run", "settings.json", "--json", "--out", "away"]);
  expect(code).toBe(0);
  const there = await page.evaluate(async (settings) => {
    await window.lab.configure(settings);
    await window.lab.reset();
    await window.lab.step(19);
    await window.lab.step(1);
    const [scores, history] = [await window.lab.evaluate(), await (await window.lab.export("history")).text()];
    return { scores: scores.map(({ id, value, stderr }) => ({ id, value, stderr })), history };
  }, made);
  expect(said(out).scores).toMatchObject(there.scores);
  expect(out).toMatch(/bits per dimension {2}[\d.]+ ± [\d.]+ bits/);
  const away = (ending: string) => readFileSync(folder.file(`away/made-pixels-digits-binary-20${ending}`));
  // Seconds are the machine's.
  const timeless = (csv: string) =>
    csv
      .trim()
      .split("\n")
      .map((line) => (line.startsWith("#") ? line : line.split(",").toSpliced(1, 1).join()));
  expect(timeless(String(away("-history.csv")))).toEqual(timeless(there.history));
  expect(String(away(".svg"))).toMatch(/^<svg [\s\S]*<rect [\s\S]*<\/svg>\n$/);
  expect(readdirSync(folder.file("away")).length).toBeGreaterThanOrEqual(9);
  // What was saved goes on with the same losses: here, and on the page.
  const on = said((await folder.run(["run", "away/made-pixels-digits-binary-20.dgm", "--steps", "1", "--no-scores", "--json"])).out);
  expect(on).toMatchObject({ step: 21, losses: await page.evaluate(async () => (await window.lab.step(1)).losses) });
  await page.evaluate(() => window.lab.configure({ data: "moons", model: "nce" }));
  await page.evaluate(
    (bytes) => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([new Uint8Array(bytes)], "run.dgm"));
      window.lab.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, composed: true }));
    },
    [...away(".dgm")],
  );
  await expect.poll(() => page.evaluate(() => window.lab.config.width), "the page opens it by dropping it").toBe(8);
  expect(await page.evaluate(async () => (await window.lab.step(1)).losses)).toEqual(on.losses);
});

test("a picture that takes long is whole all the same, and of a loss and a score of one name each has a column", async () => {
  const folder = new Folder();
  // Pixels one after another, in far more time than who drags along a run would wait.
  const { code } = await folder.run(["run", hashOf({ data: "digits", model: "nsf-pixels", width: "64" }), "--steps", "1", "--out", "away"]);
  expect(code).toBe(0);
  const svg = readFileSync(folder.file("away/nsf-pixels-digits-1.svg"), "utf8");
  const papers = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"[^>]*fill="#e0670a" fill-opacity="0.06"/g)].filter(
    ([, width]) => Number(width) > 20,
  );
  expect(papers.length).toBe(50);
  const names = readFileSync(folder.file("away/nsf-pixels-digits-1-history.csv"), "utf8").split("\n")[2]!.split(",");
  expect(names.slice(0, 3)).toEqual(["step", "seconds", "loss_nll"]);
  expect(new Set(names).size).toBe(names.length);
});

/** Chromium has a graphics adapter that needs no graphics card, and so has Dawn then. */
const CHROMIUM = "/usr/lib/chromium";
const SOFTWARE = { VK_ICD_FILENAMES: `${CHROMIUM}/vk_swiftshader_icd.json`, LD_LIBRARY_PATH: CHROMIUM, XDG_RUNTIME_DIR: "/tmp" };
const NONE = { ...SOFTWARE, VK_ICD_FILENAMES: "/dev/null" };
const GPU_ENGINE = resolve(__dirname, "../../www/dist/engine/gpu/dgm_bg.wasm");
const TINY = ["run", hashOf({ data: "moons", model: "made", seed: "7" }), "--steps", "5", "--no-scores", "--json"];

async function withoutDawn(folder: Folder): Promise<boolean> {
  return (await folder.execute(process.execPath, ["-e", 'require.resolve("webgpu")'])).code !== 0;
}
const NO_DAWN = "the npm package webgpu is not to be had: ./build.sh setup brings it where the registry can be reached";

test("where WebGPU finds no adapter nothing is begun", async () => {
  const folder = new Folder();
  test.skip(await withoutDawn(folder), NO_DAWN);
  writeFileSync(folder.file("e.json"), JSON.stringify({ models: ["made"], steps: 1 }));
  for (const asked of [TINY, ["sweep", "e.json"], ["run", "-"]]) {
    const { code, err } = await folder.run([...asked, "--engine", "webgpu"], { env: NONE });
    expect([asked[0], code, err]).toEqual([asked[0], 3, expect.stringContaining("no graphics adapter")]);
  }
  expect(existsSync(folder.file("rows.csv"))).toBe(false);
});

test("the GPU engine trains in Node as it does on the CPU", async () => {
  const folder = new Folder();
  test.skip(!existsSync(GPU_ENGINE), "the GPU engine is not built");
  test.skip(await withoutDawn(folder), NO_DAWN);
  test.skip(!existsSync(SOFTWARE.VK_ICD_FILENAMES), "Chromium's software adapter is not where Debian puts it");
  const [gpu, cpu] = [await folder.run([...TINY, "--engine", "webgpu"], { env: SOFTWARE }), await folder.run(TINY)];
  expect(gpu.code, gpu.err).toBe(0);
  expect(gpu.err, "the adapter is named").toMatch(/^webgpu: .*swiftshader/im);
  expect(said(gpu.out)).toMatchObject({ step: 5, engine: expect.stringMatching(/^webgpu \(.*swiftshader/i) });
  // The browser's bound: kernels sum in other orders.
  const [here, there] = [said(gpu.out).losses[0], said(cpu.out).losses[0]];
  expect(Math.abs(here - there)).toBeLessThan(1e-3 * Math.max(0.01, Math.abs(there)));
});
