import { expect, type Page } from "@playwright/test";
import { open, step, test } from "./lab.ts";

/** The colour that is commonest among the clearly coloured pixels of the layer of data points. */
const dataColour = (page: Page) =>
  page.evaluate(() => {
    const stage = window.lab.shadowRoot!.querySelector("dgm-plane-stage")!;
    const canvas = stage.shadowRoot!.querySelector<HTMLCanvasElement>("canvas[data-layer='1']")!;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    const counts = new Map<string, number>();
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3]! < 60) continue;
      const key = `${data[i]! >> 4} ${data[i + 1]! >> 4} ${data[i + 2]! >> 4}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  });

/** CSS pixels across A4 with a margin of a centimetre. */
const PAPER = 718;

/** What does not lie in its card as it should, by name. */
const misfits = (page: Page) =>
  page.evaluate(() => {
    const root = window.lab.shadowRoot!;
    const found: string[] = [];
    const inside = (name: string, part: Element, card: Element, least = 0) => {
      const [a, b] = [part.getBoundingClientRect(), card.getBoundingClientRect()];
      const style = getComputedStyle(card);
      const room = b.width - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight) - 2;
      if (a.left < b.left - 1 || a.right > b.right + 1 || a.bottom > b.bottom + 1) found.push(`${name} leaves its card`);
      if (a.width < least * room || a.height === 0) found.push(`${name} is ${a.width} × ${a.height} in ${room}`);
    };
    for (const id of ["loss-chart", "kl-chart"]) {
      const chart = root.querySelector(`[data-testid=${id}]`)!;
      const canvas = chart.shadowRoot!.querySelector("canvas")!;
      inside(id, canvas, chart.closest("figure")!, 0.97);
      const ratio = canvas.clientWidth / canvas.width / (canvas.clientHeight / canvas.height);
      if (Math.abs(ratio - 1) > 0.02) found.push(`${id} is stretched by ${ratio}`);
    }
    const scores = root.querySelector(".score")!;
    for (const score of scores.querySelectorAll(".scores > div, .scores > .both")) inside(score.textContent!.trim(), score, scores);
    for (const side of root.querySelectorAll("dgm-side-picture")) inside("side picture", side, side.closest("figure")!);
    for (const card of root.querySelectorAll(".chart, .score, .about, .side, .picture")) {
      const { left, right } = card.getBoundingClientRect();
      if (left < 1 || right > innerWidth - 1) found.push(`${card.className} is cut at the edge`);
    }
    return found;
  });

for (const [width, theme] of [
  [1440, "dark"],
  [360, "light"],
] as const) {
  test(`printed from a ${theme} page ${width} px wide: one light column with whole pictures, and the screen is as before`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, `data=moons&model=made&seed=7&learning_rate=0.002&lang=en&theme=${theme}&backend=cpu`);
    await page.evaluate(() => window.lab.pause());
    await step(page, 5);
    await page.evaluate(() => window.lab.evaluate());
    await page.locator("dgm-chart canvas").nth(1).waitFor();
    const chartWidths = () =>
      page.evaluate(() =>
        [...window.lab.shadowRoot!.querySelectorAll("dgm-chart")].map((chart) => chart.shadowRoot!.querySelector("canvas")!.width),
      );
    const charts = await chartWidths();
    await page.waitForTimeout(800);
    const onScreen = await dataColour(page);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    // At once: paper waits for no frame.
    const onPaper = await dataColour(page);
    if (theme === "dark") expect(onPaper).not.toBe(onScreen);
    else expect(onPaper).toBe(onScreen);
    for (const id of ["play", "fold-model", "group-model", "lang-en", "experiment", "zoom-in"])
      await expect(page.getByTestId(id)).toBeHidden();
    const stage = (await page.getByTestId("stage").boundingBox())!;
    expect(stage.width).toBeGreaterThan(Math.min(0.8 * width, 400));
    expect(stage.width / stage.height).toBeCloseTo(1, 1);
    const background = () => page.evaluate(() => getComputedStyle(window.lab).backgroundColor);
    expect(await background()).toBe("rgb(255, 255, 255)");
    const note = page.getByTestId("paper-note");
    for (const words of ["Two moons", "MADE", "Seed 7", "Learning rate 0.002", await page.evaluate(() => location.href)])
      await expect(note, "what it takes to see this again").toContainText(words);
    if (width > 800) await page.setViewportSize({ width: PAPER, height: 800 });
    expect(await misfits(page), "nothing wider than its card, nothing folded, charts as wide as theirs").toEqual([]);
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ media: "screen" });
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    expect(await dataColour(page)).toBe(onScreen);
    await expect(page.getByTestId("play")).toBeVisible();
    expect(await chartWidths()).toEqual(charts);
    await expect(note).toHaveCount(0);
  });
}

test("a density on paper shows no cells", async ({ page }) => {
  await open(page, "data=moons&model=nsf&width=16&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await step(page, 1);
  await page.waitForTimeout(800);
  const pdf = (await page.pdf({ printBackground: true })).toString("latin1");
  const widths = [...pdf.matchAll(/\/Subtype \/Image\s+\/Width (\d+)/g)].map(([, width]) => Number(width));
  // A line of a page is 700 CSS pixels long at most.
  expect(Math.max(...widths)).toBeGreaterThan(700);
});
