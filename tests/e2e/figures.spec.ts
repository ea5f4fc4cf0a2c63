/** Figures that explain divergence: what the core computes, under hand, finger and keys, on pages of another origin. */
import { expect } from "@playwright/test";
import { readShares, withShare } from "../../www/src/state/shares.ts";
import { centre, chance, drag, grip, show, sum, values } from "./figures.ts";
import { test } from "./lab.ts";

interface Bars {
  p: number[];
  q: number[];
  kl: number;
  terms: number[];
}
interface Fit {
  fit: { mean: number; deviation: number };
  forward: number;
  reverse: number;
}
interface Bumps {
  gap: number;
  share: number;
  forward: Fit;
  reverse: Fit[];
}
test("shares of a whole stay one in all, and keep their proportions", () => {
  const next = chance();
  for (let count = 2; count <= 6; count++) {
    let shares = readShares(Array(count).fill("3").join(" "))!;
    for (let i = 0; i < 200; i++) {
      const at = Math.floor(next() * count);
      // Beyond both ends too.
      shares = withShare(shares, at, 1.4 * next() - 0.2);
      expect(sum(shares)).toBeCloseTo(1, 12);
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
    }
  }
  expect(withShare([0.2, 0.6, 0.2], 0, 0.6).map((share) => Number(share.toFixed(6)))).toEqual([0.6, 0.3, 0.1]);
  expect(withShare([1, 0, 0], 0, 0.5), "those who have nothing share alike").toEqual([0.5, 0.25, 0.25]);
  for (const none of ["", "1", "1 x", "1 -1", "0 0", "1 2 3 4 5 6 7"]) expect(readShares(none), none).toBeUndefined();
});

for (const [lang, sentence, caption] of [
  ["en", "The divergence of P from Q is infinite.", "A coin"],
  ["zh", "P 对 Q 的散度是无穷大。", "一枚硬币"],
] as const) {
  test(`the worked numbers of the course stand under the bars (${lang})`, async ({ page, baseURL }) => {
    const figure = await show(
      page,
      baseURL!,
      `<dgm-bars lang="${lang}" caption="${caption}" p="0.5 0.5" q="0.5 0.5" labels="heads tails"></dgm-bars>`,
    );
    const says = async (terms: string[], kl: string, absolute: string) => {
      await expect(figure.getByTestId("kl")).toHaveText(kl);
      for (const [i, term] of terms.entries()) await expect(figure.getByTestId(`term-${i}`)).toHaveText(term);
      await expect(figure.getByTestId("absolute")).toHaveText(absolute);
    };
    await says(["0.00", "0.00"], "0.00", "0.00");
    await figure.getByTestId("preset-missed").click();
    await says(["+1.98", "−0.22"], "1.76", "1.60");
    await expect(figure.getByTestId("worked")).toContainText("0.90 × ln(0.90 ÷ 0.10) = +1.98");
    await figure.getByTestId("preset-exaggerated").click();
    await says(["−0.22", "+1.98"], "1.76", "1.60");
    await expect(figure.getByTestId("worked")).toContainText("0.10 × ln(0.10 ÷ 0.90) = −0.22");
    await figure.getByTestId("preset-equal").click();
    await says(["0.00", "0.00"], "0.00", "0.00");
    await figure.getByTestId("preset-excluded").click();
    await says(["+∞", "−0.09"], "∞", "0.20");
    await expect(figure.getByTestId("spoken"), "and heard when the hand rests").toHaveText(sentence);
    await expect(figure.getByTestId("caption")).toHaveText(caption);
    // The bars themselves, for who cannot see them.
    const bar = figure.getByRole("slider", { name: "P(heads)" });
    await expect(bar).toHaveAttribute("aria-valuetext", "0.10");
  });
}

test("whatever is dragged, bars are one in all and the sum is never negative, though a term may be", async ({ page, baseURL }) => {
  const figure = await show(page, baseURL!, `<dgm-bars lang="en" p="1 2 3 4" q="4 3 2 1"></dgm-bars>`);
  const next = chance();
  let least = 0;
  for (let i = 0; i < 24; i++) {
    const id = `${next() < 0.5 ? "p" : "q"}-${Math.floor(4 * next())}`;
    const before = await figure.getByTestId(id).getAttribute("aria-valuenow");
    await drag(page, await grip(figure, id), [0, 160 * (next() - 0.5)]);
    const { p, q } = await values<Bars>(figure);
    expect(sum(p)).toBeCloseTo(1, 12);
    expect(sum(q)).toBeCloseTo(1, 12);
    if (i === 0) expect(await figure.getByTestId(id).getAttribute("aria-valuenow"), "it did move").not.toBe(before);
    // By the formula itself, as soon as the core has answered.
    const terms = p.map((share, i) => (share === 0 ? 0 : share * Math.log(share / q[i]!)));
    await expect
      .poll(async () => (await values<Bars>(figure)).terms.map((term) => term.toFixed(9)))
      .toEqual(terms.map((term) => term.toFixed(9)));
    const { kl } = await values<Bars>(figure);
    expect(kl).toBeGreaterThanOrEqual(0);
    expect(kl.toFixed(9)).toBe(sum(terms).toFixed(9));
    least = Math.min(least, ...terms);
  }
  expect(least, "some term was").toBeLessThan(-0.01);
});

test("keys move a bar as they move any slider", async ({ page, baseURL }) => {
  const figure = await show(page, baseURL!, `<dgm-bars lang="en" p="0.5 0.5" q="0.3 0.7"></dgm-bars>`);
  const bar = figure.getByTestId("p-1");
  const now = async () => Number(await bar.getAttribute("aria-valuenow"));
  await bar.focus();
  const presses = { ArrowUp: 0.51, ArrowLeft: 0.5, PageUp: 0.6, "Shift+ArrowDown": 0.5, Home: 0, End: 1, PageDown: 0.9 };
  for (const [key, value] of Object.entries(presses)) {
    await page.keyboard.press(key);
    expect(await now(), key).toBeCloseTo(value, 9);
  }
  await page.keyboard.press("Tab");
  await expect(figure.getByTestId("q-1")).toBeFocused();
  await expect(figure.getByTestId("kl")).toHaveText(/0\.\d\d/);
});

test.describe("on a touch screen", () => {
  test.use({ viewport: { width: 360, height: 640 }, hasTouch: true });

  test("a finger on a bar drags it, and beside it scrolls the page", async ({ page, baseURL }) => {
    const figure = await show(page, baseURL!, `<dgm-bars lang="zh"></dgm-bars><div style="height: 2000px"></div>`);
    const cdp = await page.context().newCDPSession(page);
    const swipe = async ([x, y]: readonly [number, number], dy: number) => {
      const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...at: number[]) =>
        cdp.send("Input.dispatchTouchEvent", { type, touchPoints: at.map((y) => ({ x, y })) });
      await touch("touchStart", y);
      for (let i = 1; i <= 8; i++) await touch("touchMove", y + (dy * i) / 8);
      await touch("touchEnd");
    };
    await swipe(await grip(figure, "p-0"), 40);
    expect((await values<Bars>(figure)).p[0]).toBeLessThan(0.7);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    // Over a low bar there is nothing to take.
    const [x] = await grip(figure, "q-0");
    const { y } = (await figure.getByTestId("picture").boundingBox())!;
    await swipe([x, y + 30], -100);
    expect((await values<Bars>(figure)).q[0]).toBeCloseTo(0.1, 9);
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(50);
  });
});

test("forward covers both bumps, reverse seeks one, and each is the better by its own measure", async ({ page, baseURL }) => {
  const figure = await show(page, baseURL!, `<dgm-bumps lang="en" gap="4" share="0.6" direction="both"></dgm-bumps>`);
  const { forward, reverse } = await values<Bumps>(figure);
  const [best] = reverse;
  // Moments of .6 N(−2, ¼) + .4 N(2, ¼).
  expect(forward.fit.mean).toBeCloseTo(-0.4, 9);
  expect(forward.fit.deviation).toBeCloseTo(Math.sqrt(0.25 + 4 - 0.16), 9);
  expect(best!.fit.mean).toBeCloseTo(-2, 1);
  expect(best!.fit.deviation).toBeCloseTo(0.5, 1);
  expect(best!.forward).toBeGreaterThan(forward.forward + 1);
  expect(forward.reverse).toBeGreaterThan(best!.reverse + 0.1);
  for (const [id, value] of [
    ["forward-mean", "−0.40"],
    ["forward-deviation", "2.02"],
    ["reverse-mean", "−2.00"],
    ["reverse-deviation", "0.50"],
  ] as const)
    await expect(figure.getByTestId(id)).toHaveText(value);
  await expect(figure.locator("path.forward")).toHaveCount(1);
  await figure.getByTestId("direction-reverse").click();
  await expect(figure.locator("path.forward")).toHaveCount(0);
  await expect(figure.locator("path.reverse:not(.other)")).toHaveCount(1);
  await expect(figure.getByTestId("tell")).toContainText("keeps to one bump");

  // By hand: nearer, until both directions say the same; and heavier on the left.
  const [x, y] = await centre(figure.getByTestId("bump-0"));
  const [middle] = await centre(figure.getByTestId("picture"));
  await drag(page, [x, y], [0.75 * (middle - x), 0]);
  const near = () => values<Bumps>(figure);
  expect((await near()).gap).toBeCloseTo(1, 1);
  expect((await near()).share, "across alone leaves the weight").toBeCloseTo(0.6, 1);
  await expect(figure.getByTestId("tell")).toContainText("Pull them apart");
  await expect
    .poll(async () => {
      const { reverse, forward } = await near();
      return reverse.length === 1 && reverse[0]!.fit.deviation / forward.fit.deviation > 0.95;
    }, "one place to settle, as wide as what covers")
    .toBe(true);
  await drag(page, await centre(figure.getByTestId("bump-0")), [0, -30]);
  expect((await near()).share).toBeGreaterThan(0.7);
  await figure.getByTestId("gap").focus();
  await page.keyboard.press("End");
  expect((await near()).gap).toBe(8);
  await page.keyboard.press("ArrowLeft");
  expect((await near()).gap).toBe(7.9);
});
