/** A step in slow motion: deed by deed, by itself and by hand, and then the very step that would have been taken. */
import { expect, type Page } from "@playwright/test";
import { currentStep, open, step, test } from "./lab.ts";

const SMALL = "width=16&batch=32&seed=2&backend=cpu&autoplay=off";
const said = (page: Page) => page.getByTestId("slow-said");
const deed = (page: Page) => said(page).getAttribute("data-deed");

/** How many pixels of the layer over the picture are near a colour, once what is shown is drawn. */
const pixels = (page: Page, colour: readonly [number, number, number]) =>
  page.evaluate(async (colour) => {
    for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
    const canvas = window.lab.shadowRoot!.querySelector("dgm-slow-picture")!.shadowRoot!.querySelector("canvas")!;
    if (canvas.width === 0) return 0;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    let found = 0;
    for (let i = 0; i < data.length; i += 4) {
      const apart = colour.reduce((sum, level, k) => sum + Math.abs(level - data[i + k]!), 0);
      if (data[i + 3]! > 200 && apart < 60) found++;
    }
    return found;
  }, colour);
const DATA = [0x1f, 0x5f, 0xc4] as const;
const SAMPLES = [0xe0, 0x67, 0x0a] as const;

/** Goes on by hand until a deed is told. */
async function until(page: Page, wanted: string): Promise<void> {
  await expect(async () => {
    if ((await deed(page)) !== wanted) await page.getByTestId("slow-next").click();
    expect(await deed(page)).toBe(wanted);
  }).toPass({ timeout: 60_000, intervals: [50] });
}

/** Opens slow motion and lets it rest at its first deed. */
async function slowly(page: Page): Promise<void> {
  await page.getByTestId("slow").click();
  await expect(said(page)).toHaveText(/^1\//);
  await page.getByTestId("slow-pause").click();
  await expect(page.getByTestId("slow-play")).toBeVisible();
  await until(page, "batch");
}

test("a GAN's step is told in its order by keys, both players', and what follows is the run that was not looked at", async ({ page }) => {
  await open(page, `data=8gaussians&model=gan&theme=light&lang=en&${SMALL}`);
  const losses = await page.evaluate(async () => {
    const found: number[][] = [];
    for (let k = 0; k < 6; k++) found.push((await window.lab.step(1)).losses);
    await window.lab.reset();
    return found;
  });
  await page.keyboard.press("m");
  await expect(said(page)).toHaveText(/^\d\/9/);
  await page.keyboard.press(" ");
  await expect(page.getByTestId("slow-play")).toBeVisible();
  await expect(async () => {
    if ((await deed(page)) !== "batch") await page.keyboard.press("ArrowLeft");
    expect(await deed(page)).toBe("batch");
  }).toPass({ timeout: 60_000, intervals: [50] });
  await expect(said(page)).toHaveText("1/9 A batch of 32 points is drawn from the data.");
  await expect.poll(() => pixels(page, DATA)).toBeGreaterThan(100);
  const order = ["fakes", "judged", "sharpened", "attempts", "loss", "push", "update", "again"];
  for (const [i, next] of order.entries()) {
    await page.keyboard.press("ArrowRight");
    await expect(said(page)).toHaveAttribute("data-deed", next);
    await expect(said(page).locator("b")).toHaveText(`${i + 2}/9`);
  }
  expect(await currentStep(page), "nothing is learned before the end").toBe(0);
  await until(page, "again");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(said(page)).toHaveAttribute("data-deed", "push");
  await expect.poll(() => pixels(page, SAMPLES), "arrows and samples").toBeGreaterThan(300);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => currentStep(page), "then the step is taken").toBe(1);
  await expect(said(page)).toHaveAttribute("data-deed", "batch");
  await page.keyboard.press("m");
  await expect(page.locator("dgm-slow")).toHaveCount(0);
  const after = await page.evaluate(async () => {
    const found = [window.lab.history.at(-1)!.losses];
    for (let k = 1; k < 6; k++) found.push((await window.lab.step(1)).losses);
    return found;
  });
  expect(after).toEqual(losses);
});

test("it goes on by itself, in Chinese, until the reader plays at full speed", async ({ page }) => {
  await open(page, `data=moons&model=fm&lang=zh&theme=light&${SMALL}`);
  await page.getByTestId("slow").click();
  await expect(page.getByTestId("slow")).toHaveAttribute("aria-label", "慢动作");
  await expect(said(page)).toHaveText(/^\d\/8/);
  // Each line stands for less than a second, which a look now and then may miss.
  const lines = await page.evaluateHandle(() => {
    const bar = window.lab.shadowRoot!.querySelector("dgm-slow")!.shadowRoot!;
    const seen = new Set<string>();
    const look = () => seen.add(bar.querySelector("p")!.textContent!.trim());
    new MutationObserver(look).observe(bar, { subtree: true, childList: true, characterData: true, attributes: true });
    return seen;
  });
  await page.getByTestId("slow-pace").click();
  await expect(page.getByTestId("slow-pace")).toHaveText("2×");
  await expect.poll(() => currentStep(page)).toBeGreaterThan(1);
  const told = await lines.evaluate((seen) => [...seen].join("\n"));
  for (const line of [
    "从数据中抽出一批，共 32 个点。",
    "抽出 32 个高斯噪声点，每个数据点配一个。",
    "每个噪声点朝它的数据点走一段，走到一个随机的时刻。",
    "正确答案：从噪声到数据的速度。",
    "网络的回答。损失就是它与正确答案差多远。",
  ]) {
    expect(told).toContain(line);
  }
  await page.getByTestId("play").click();
  await expect(page.locator("dgm-slow")).toHaveCount(0);
  await expect(page.getByTestId("slow")).toHaveAttribute("aria-pressed", "false");
});

test("arrows of pull and push on a phone, by touch of the hand alone where motion is not wanted", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 720 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page, `data=8gaussians&model=nce&lang=en&theme=light&${SMALL}`);
  await step(page, 3);
  await page.getByTestId("slow").click();
  await expect(said(page)).toHaveText(/^1\//);
  await expect(page.getByTestId("slow-play")).toHaveCount(0);
  await until(page, "noise");
  const points = await pixels(page, DATA);
  await until(page, "push");
  await expect.poll(() => pixels(page, DATA), "arrows at the data").toBeGreaterThan(points + 60);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(360);
});

test("on the line too, and in a figure whose show names it", async ({ page }) => {
  await open(page, `data=exam-scores&model=nsf&lang=en&theme=light&${SMALL}`);
  await slowly(page);
  await until(page, "pull");
  await expect.poll(() => pixels(page, DATA)).toBeGreaterThan(100);
  for (const [controls, there] of [
    ["transport slow", 1],
    ["transport", 0],
  ] as const) {
    // An address that differs after its # alone opens nothing anew.
    await page.goto("about:blank");
    await open(
      page,
      `data=moons&model=made&lang=en&theme=light&show=${encodeURIComponent(`controls: ${controls}`)}&${SMALL}`,
      "embed.html",
    );
    await expect(page.getByTestId("step")).toBeVisible();
    await expect(page.getByTestId("slow")).toHaveCount(there);
    if (there === 0) continue;
    await page.getByTestId("slow").click();
    await expect(said(page)).toContainText("A batch of 32 points");
  }
});

/** Which inks are seen in the upper and in the lower half of the layer. */
const inks = (page: Page) =>
  page.evaluate(async () => {
    for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
    const canvas = window.lab.shadowRoot!.querySelector("dgm-slow-picture")!.shadowRoot!.querySelector("canvas")!;
    const half = Math.floor(canvas.height / 2);
    return [0, half].map((top) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, top, canvas.width, half);
      let [blue, orange] = [0, 0];
      for (let i = 0; i < data.length; i += 4) {
        const apart = data[i + 2]! - data[i]!;
        if (apart > 40) blue++;
        if (apart < -40) orange++;
      }
      const seen = (count: number) => count > 200;
      return [seen(blue) ? "blue" : "", seen(orange) ? "orange" : ""].join(" ").trim();
    });
  });

test("pictures: what each pixel is foretold to be, and what of it is missed", async ({ page }) => {
  await open(page, `data=digits-binary&model=made-pixels&lang=en&theme=light&${SMALL}`);
  await step(page, 40);
  await slowly(page);
  await expect(said(page)).toHaveText("1/6 A batch of 32 pictures is drawn from the data.");
  await expect.poll(() => inks(page)).toEqual(["blue", ""]);
  await until(page, "foretold");
  await expect.poll(() => inks(page)).toEqual(["blue", "orange"]);
  await until(page, "missed");
  await expect.poll(() => inks(page), "ink that came and ink that did not").toEqual(["blue", "blue orange"]);
  await until(page, "update");
  await expect(said(page)).toContainText("what the same random numbers gave before");
  await expect.poll(() => inks(page)).toEqual(["orange", "orange"]);
});

test("pictures on a phone, in Chinese: right answers above those of the network", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 720 });
  await open(page, `data=digits&model=fm-pixels&lang=zh&theme=light&${SMALL}`);
  // A network that has learned nothing answers next to nothing.
  await step(page, 200);
  await slowly(page);
  await expect(said(page)).toHaveText("1/8 从数据中抽出一批，共 32 张图。");
  await until(page, "target_velocity");
  await until(page, "answer");
  await expect.poll(() => inks(page)).toEqual(["blue orange", "blue orange"]);
  await until(page, "again");
  await page.getByTestId("slow-next").click();
  await expect.poll(() => currentStep(page)).toBe(201);
});
