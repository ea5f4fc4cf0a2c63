/** A figure in the box that its host gives it: nothing cut off, and what does not fit behind one button. */
import { expect, type Page } from "@playwright/test";
import { naturalHeight } from "../../www/src/elements/box.ts";
import { hosted, hostOf, ready, test } from "./lab.ts";

const BOXES = [
  [240, 200],
  [320, 480],
  [480, 360],
  [800, 520],
  [1200, 300],
] as const;
/** What must be seen together. */
const ESSENTIAL = ["stage", "play", "pause", "step", "reset", "step-count", "legend"];

/** Where things lie outside of a box `[left, top, right, bottom]`, and what scrolls within itself. */
const misplaced = (page: Page, ids: string[]) =>
  page.evaluate((ids) => {
    const lab = document.querySelector("dgm-lab")!;
    const box = lab.getBoundingClientRect();
    const out = ({ left, top, right, bottom }: DOMRect) =>
      left < box.left - 0.5 || top < box.top - 0.5 || right > box.right + 0.5 || bottom > box.bottom + 0.5;
    const wrong: string[] = [];
    for (const id of ids) {
      const element = lab.shadowRoot!.querySelector(`[data-testid="${id}"]`);
      if (!element?.checkVisibility()) wrong.push(`${id} is not there`);
      else if (out(element.getBoundingClientRect())) wrong.push(`${id} is cut off`);
    }
    for (const element of lab.shadowRoot!.querySelectorAll<HTMLElement>("*")) {
      if (!element.checkVisibility() || element.matches(".spoken, dgm-ramp *")) continue;
      const name = `${element.localName}.${element.className}`;
      if (element.getBoundingClientRect().width > 1 && out(element.getBoundingClientRect())) wrong.push(`${name} sticks out`);
      if (/auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight + 1)
        wrong.push(`${name} scrolls`);
      if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "auto") wrong.push(`${name} is wider`);
    }
    return wrong;
  }, ids);

const figure = (baseURL: string, style: string, attributes: string) =>
  `<style>body { margin: 10px }</style><script type="module" src="${baseURL}embed.js"></script>
   <dgm-lab style="${style}" ${attributes} data="8gaussians" backend="cpu" controls="basic"></dgm-lab>`;

for (const [lang, model] of [
  ["en", "realnvp"],
  ["zh", "dsm"],
] as const) {
  for (const [width, height] of BOXES) {
    test(`stage, transport and legend are in view together in ${width} × ${height} (${lang}, ${model})`, async ({ page, baseURL }) => {
      const style = `width: ${width}px; height: ${height}px`;
      await page.goto(hosted(baseURL!, figure(baseURL!, style, `lang="${lang}" model="${model}"`)));
      await ready(page);
      await page.evaluate(() => window.lab.pause());
      await page.evaluate(() => window.lab.step(3));
      await page.evaluate(() => window.lab.evaluate());
      await expect.poll(() => misplaced(page, ESSENTIAL)).toEqual([]);
      const size = () => page.evaluate(() => [window.lab.offsetWidth, window.lab.offsetHeight]);
      expect(await size(), "the host's word").toEqual([width, height]);
      const stage = (await page.getByTestId("stage").boundingBox())!;
      // In a wide box everything else stands beside the picture, which is as high as the box.
      const share = width > 1.5 * height ? 0.9 : 0.35;
      expect(Math.min(stage.width, stage.height)).toBeGreaterThan(share * Math.min(width, height));

      const more = page.getByTestId("more");
      const rest = ["data", "model", "kl", "speed"];
      if ((await more.count()) === 0) {
        expect(await misplaced(page, [...ESSENTIAL, ...rest]), "everything fits").toEqual([]);
        return;
      }
      await expect(page.getByTestId("model")).toBeHidden();
      await more.click();
      for (const id of rest) {
        await page.getByTestId(id).scrollIntoViewIfNeeded();
        await expect(page.getByTestId(id)).toBeInViewport();
      }
      for (const id of ["play", "legend", "more"]) await expect(page.getByTestId(id), "still there").toBeInViewport();
      await page.getByTestId("model").selectOption("vae");
      await expect.poll(() => page.evaluate(() => window.lab.config.model)).toBe("vae");
      await page.keyboard.press("Escape");
      await expect(page.getByTestId("model")).toBeHidden();
      expect(await size()).toEqual([width, height]);
    });
  }
}

test("whose host sets no height is as high as it needs to be, with nothing behind a button", async ({ page, baseURL }) => {
  for (const width of [240, 500, 900]) {
    await page.goto(hosted(baseURL!, figure(baseURL!, `width: ${width}px`, 'model="realnvp"')));
    await ready(page);
    await expect.poll(() => misplaced(page, [...ESSENTIAL, "data", "model", "kl", "speed"]), `${width} px wide`).toEqual([]);
    expect(await page.getByTestId("more").count()).toBe(0);
  }
});

test("a lab with all its controls is a figure in a low box and scrolls within a high one", async ({ page, baseURL }) => {
  const whole = (height: number) => `<script type="module" src="${baseURL}embed.js"></script>
    <dgm-lab style="width: 480px; height: ${height}px" data="8gaussians" backend="cpu"></dgm-lab>`;
  await page.goto(hosted(baseURL!, whole(360)));
  await ready(page);
  await expect.poll(() => misplaced(page, ESSENTIAL)).toEqual([]);
  await expect(page.getByTestId("play"), "one of each").toHaveCount(1);
  await page.goto(hosted(baseURL!, whole(800)));
  await ready(page);
  await expect(page.getByTestId("play")).toBeInViewport();
  const settings = page.getByText("Settings", { exact: true });
  await settings.scrollIntoViewIfNeeded();
  const [lab, place] = await Promise.all([page.locator("dgm-lab").boundingBox(), settings.boundingBox()]);
  expect(lab!.height).toBe(800);
  expect(place!.y + place!.height, "what is scrolled to lies within the box").toBeLessThanOrEqual(lab!.y + 800);
});

test("a box that grows, moves and shrinks is filled anew", async ({ page, baseURL }) => {
  await page.goto(hosted(baseURL!, figure(baseURL!, "width: 300px; height: 240px", 'model="realnvp"')));
  await ready(page);
  await expect(page.getByTestId("more")).toBeVisible();
  await page.evaluate(() => Object.assign(window.lab.style, { width: "900px", height: "500px" }));
  await expect(page.getByTestId("more")).toHaveCount(0);
  await expect.poll(() => misplaced(page, [...ESSENTIAL, "data", "model", "kl", "speed"])).toEqual([]);
  await page.evaluate(() => document.body.append(window.lab));
  await page.evaluate(() => Object.assign(window.lab.style, { width: "300px", height: "240px" }));
  await expect(page.getByTestId("more")).toBeVisible();
  await expect.poll(() => misplaced(page, ESSENTIAL)).toEqual([]);
});

test("a figure fills its frame, and tells how high it would be at best", async ({ page, baseURL }) => {
  const src = `${baseURL}embed.html#${new URLSearchParams({ data: "moons", backend: "cpu", parent: hostOf(baseURL!) })}`;
  const body = `<script>addEventListener("message", ({ data }) => { if (data.event === "height") window.told = data.height })</script>
    <iframe width="640" height="520" style="border: 0" src="${src}"></iframe>`;
  await page.goto(hosted(baseURL!, body));
  const inside = page.frameLocator("iframe");
  for (const id of ESSENTIAL) await expect(inside.getByTestId(id)).toBeInViewport({ ratio: 1 });
  const scrolls = await inside.locator("html").evaluate((html) => html.scrollHeight > innerHeight || html.scrollWidth > innerWidth);
  expect(scrolls).toBe(false);
  const told = () => page.evaluate(() => (window as unknown as { told?: number }).told);
  await expect.poll(told).toBe(naturalHeight(640));
  await page.evaluate((told) => document.querySelector("iframe")!.setAttribute("height", String(told)), await told());
  await expect(inside.getByTestId("model")).toBeInViewport({ ratio: 1 });
  await expect(inside.getByTestId("more")).toHaveCount(0);
});
