/** What the buttons under a lesson's figure copy shows that figure, as it stands, on a page of another origin. */
import { expect, type Page } from "@playwright/test";
import { hosted, type Lab, ready, test } from "./lab.ts";

/** Opens a lesson and keeps what is copied there. */
async function openLesson(page: Page, path: string): Promise<void> {
  await page.addInitScript(() => {
    const writeText = async (text: string) => void Object.assign(window, { copied: text });
    Object.defineProperty(navigator, "clipboard", { value: { writeText } });
  });
  await page.goto(`./lessons/${path}.html`);
}

async function copy(page: Page, figure: string, kind: "tag" | "frame", said: string): Promise<string> {
  const button = page.locator(`#${figure} [data-copy=${kind}]`);
  await button.click();
  await expect(button).toHaveText(said);
  return page.evaluate(() => (window as unknown as { copied: string }).copied);
}

const configOf = (lab: Element) => (lab as Lab).config;

test("a tag shows the figure elsewhere, with the settings that it has now", async ({ page, baseURL }) => {
  await openLesson(page, "en/vae");
  const figure = page.locator("#plane dgm-lab");
  await figure.evaluate(async (element) => {
    const lab = element as Lab;
    await lab.ready;
    lab.config = { beta: 2.5, seed: 9 };
    await lab.ready;
  });
  const here = await figure.evaluate(configOf);
  const code = await copy(page, "plane", "tag", "Copied");
  for (const part of [`src="${baseURL}embed.js"`, 'beta="2.5"', 'seed="9"', 'stop-at="2000"', 'lang="en"', "charts: side"])
    expect(code).toContain(part);
  expect(code, "what is as usual is left unsaid").not.toContain("learning_rate");
  const tools = page.locator("#plane .tools");
  await expect(tools.getByRole("status"), "an address that only this machine knows is told").toContainText("your own network");
  await expect(tools.getByRole("link", { name: "How to embed it" })).toHaveAttribute("href", "embed.html");

  await page.goto(hosted(baseURL!, code));
  await ready(page);
  expect(await page.locator("dgm-lab").evaluate(configOf)).toEqual(here);
  await expect(page.getByTestId("param-beta")).toBeVisible();
  await expect(page.getByTestId("side")).toBeVisible();
});

test("a frame does so too, as large as the figure is", async ({ page, baseURL }) => {
  await openLesson(page, "zh/failures");
  const figure = page.locator("#heart dgm-lab");
  await figure.evaluate((lab) => (lab as Lab).ready);
  const [here, box] = [await figure.evaluate(configOf), await figure.boundingBox()];
  const code = await copy(page, "heart", "frame", "已复制");
  expect(code).toContain("preset=learned-by-heart");
  expect(code, "a preset says all that it sets").not.toContain("train_set=");

  await page.goto(hosted(baseURL!, code));
  const inside = page.frameLocator("iframe").locator("dgm-lab");
  await inside.evaluate((lab) => (lab as Lab).ready);
  expect(await inside.evaluate(configOf)).toEqual(here);
  const frame = (await page.locator("iframe").boundingBox())!;
  expect(Math.abs(frame.width - box!.width)).toBeLessThan(6);
  for (const id of ["stage", "play", "param-train_points", "kl-chart"]) await expect(inside.getByTestId(id)).toBeInViewport({ ratio: 0.9 });
});

test("a figure that starts trained does so elsewhere too, unless the reader chose other settings", async ({ page, baseURL }) => {
  await openLesson(page, "en/control");
  const lab = page.locator("#temperature dgm-lab");
  await lab.evaluate((lab) => (lab as Lab).ready);
  const code = await copy(page, "temperature", "tag", "Copied");
  expect(code).toContain(`start-at="${baseURL}lessons/snapshots/temperature-1000.bin"`);
  await lab.evaluate(async (element) => {
    const lab = element as Lab;
    lab.config = { width: 16 };
    await lab.ready;
  });
  await expect(page.locator("#temperature [data-copy=tag]")).toHaveText("Copy tag");
  expect(await copy(page, "temperature", "tag", "Copied")).not.toContain("start-at");
  await page.goto(hosted(baseURL!, code));
  await ready(page);
  await expect(page.getByTestId("step-count")).toHaveText("1,000");
});

test("a figure that explains is copied as it stands now", async ({ page, baseURL }) => {
  await openLesson(page, "en/kl");
  await page.locator("#bumps dgm-bumps").getByRole("button", { name: "reverse" }).click();
  const code = await copy(page, "bumps", "tag", "Copied");
  for (const part of [`src="${baseURL}figures.js"`, 'direction="reverse"', 'gap="3"', 'lang="en"']) expect(code).toContain(part);
  await page.goto(hosted(baseURL!, code));
  await expect(page.locator("dgm-bumps").getByRole("button", { name: "reverse" })).toHaveAttribute("aria-pressed", "true");
});
