/** The examples of “Put a figure on your page”, each opened as its host would show it, from another origin than the figure's. */
import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import MarkdownIt from "markdown-it";
import { examples, inFrame, learns, WWW } from "./examples.ts";
import type { Lab } from "./lab.ts";
import { serve } from "./site.ts";

test("a bare page, and one that may only hold a frame", async ({ page, baseURL }) => {
  const site = await examples(["bare.html", "frame.html"], baseURL!);
  await page.goto(`${site.url}bare.html`);
  await learns(page.locator("dgm-lab"));
  await page.goto(`${site.url}frame.html`);
  await learns(inFrame(page));
  await site.stop();
});

test("slides: a figure rests until its slide is shown, and keeps its keys", async ({ page, baseURL }) => {
  const site = await examples(["slides.html"], baseURL!);
  await symlink(join(WWW, "node_modules"), join(site.folder, "node_modules"));
  await page.goto(`${site.url}slides.html`);
  await page.locator(".reveal.ready").waitFor();
  await page.waitForTimeout(800);
  const lab = page.locator("dgm-lab");
  expect(await lab.evaluate((lab) => (lab as Lab).history.length)).toBe(0);
  await page.keyboard.press("ArrowRight");
  await expect(lab).toBeInViewport();
  await expect.poll(() => lab.evaluate((lab) => (lab as Lab).history.length)).toBeGreaterThan(0);
  await learns(lab);
  // In a deck, the space bar and arrows turn slides; on a control of a figure they are the figure's.
  const slide = () => new URL(page.url()).hash;
  await expect.poll(slide).toBe("#/1");
  await lab.getByTestId("pause").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowLeft");
  await page.waitForTimeout(500);
  expect(slide()).toBe("#/1");
  await site.stop();
});

test("a site made of Markdown", async ({ page, baseURL }) => {
  const site = await examples(["markdown.md"], baseURL!);
  const html = new MarkdownIt({ html: true }).render(await readFile(join(site.folder, "markdown.md"), "utf8"));
  await writeFile(join(site.folder, "index.html"), `<!doctype html><meta charset="utf-8"><title>A site</title>${html}`);
  await page.goto(site.url);
  await learns(page.locator("dgm-lab"));
  await site.stop();
});

test("both languages show the same examples in the same order, and every example is shown", async () => {
  const parts = async (lang: string) => {
    const text = await readFile(join(WWW, "lessons/beside", lang, "embed.md"), "utf8");
    return {
      parts: text.match(/^(##? |```\w.*|> )/gm),
      figure: /<dgm-lab[^\n]*/.exec(text)?.[0],
      shown: [...text.matchAll(/^```\w+ (\S+)$/gm)].map(([, file]) => file),
    };
  };
  const [en, zh] = [await parts("en"), await parts("zh")];
  expect(zh).toEqual(en);
  const files = await readdir(join(WWW, "examples"), { recursive: true });
  expect(en.shown.sort()).toEqual(files.filter((file) => /\.\w+$/.test(file) && file !== "book/myst.yml").sort());
});

for (const [lang, copied] of [
  ["en", "Copied"],
  ["zh", "已复制"],
] as const) {
  test(`the page's code follows its figure, and works where it is pasted (${lang})`, async ({ page }) => {
    await page.addInitScript(() => {
      const writeText = async (text: string) => void Object.assign(window, { copied: text });
      Object.defineProperty(navigator, "clipboard", { value: { writeText } });
    });
    await page.goto(`./lessons/${lang}/embed.html`);
    const lab = page.locator("dgm-lab");
    await lab.evaluate(async (element) => {
      const lab = element as Lab;
      await lab.ready;
      lab.config = { data: "8gaussians", model: "vae", beta: 2.5 };
      await lab.ready;
    });
    const codes = await page.locator(".code pre").allTextContents();
    expect(codes.join("\n"), "the address is the site's").not.toContain("site.example");
    const shown = codes.filter((code) => /embed\.(js|html)/.test(code));
    expect(shown).toHaveLength(8);
    for (const code of shown) expect(code.replaceAll("&amp;", "&")).toMatch(/data="?8gaussians"?[ &]model="?vae"?.*beta="?2\.5/s);
    const button = page.locator(".code button").nth(1);
    await button.click();
    await expect(button).toHaveText(copied);
    const site = await serve(join(WWW, "examples"));
    await writeFile(join(site.folder, "index.html"), `<!doctype html>${await page.evaluate(() => Reflect.get(window, "copied"))}`);
    await page.goto(site.url);
    const inside = await inFrame(page).evaluate(async (element) => {
      await (element as Lab).ready;
      return (element as Lab).config;
    });
    expect(inside).toMatchObject({ data: "8gaussians", model: "vae", beta: 2.5, lang });
    await site.stop();
  });
}
