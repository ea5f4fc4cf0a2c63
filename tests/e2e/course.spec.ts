/** The course: every lesson opens and runs in both languages, says the same in both, and its figures stand as well elsewhere. */
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { type Lab, open, ready, test } from "./lab.ts";

const LANGS = ["en", "zh"] as const;
const COURSE = [
  "map",
  "objective",
  "kl",
  "partition",
  "energy",
  "autoregressive",
  "vae",
  "flow",
  "gan",
  "control",
  "diffusion",
  "failures",
];
const WORDS = 400;
const CHARACTERS = 700;

const folder = (lang: string) => resolve(__dirname, "../../www/lessons", lang);
const text = (lang: string, id: string) => readFileSync(resolve(folder(lang), `${id}.md`), "utf8");
const ids = (lang: string) => readdirSync(folder(lang)).map((name) => name.replace(/\.md$/, ""));

/** Figures as they are written, without what a reader of one language alone reads. */
const figures = (lang: string, id: string) =>
  [...text(lang, id).matchAll(/<dgm-[^\n]*>/g)].map(([tag]) => tag.replace(/ caption="[^"]*"/, ""));

/** What is read: no figures, no formulas, no addresses, no marks. */
const prose = (lang: string, id: string) =>
  text(lang, id)
    .replace(/^---[\s\S]*?\n---\n/, "")
    .replace(/<dgm-[^\n]*>/g, "")
    .replace(/\$\$[\s\S]*?\$\$|\$[^$\n]*\$/g, " ")
    .replace(/\]\([^)]*\)|<[^>]*>|[*#|>`-]/g, " ");

/** What everybody looks at: the figure of a page that has an anchor of its own. */
const labs = (page: Page) => page.locator(".figures dgm-lab");

for (const lang of LANGS) {
  test(`all lessons are there, and none is longer than it may be (${lang})`, () => {
    expect(ids(lang).sort()).toEqual([...COURSE].sort());
    for (const id of COURSE) {
      const read = prose(lang, id);
      if (lang === "en") expect(read.match(/[\w’'.]+/g)!.length, id).toBeLessThan(WORDS);
      else expect(read.match(/\p{Script=Han}/gu)!.length, id).toBeLessThan(CHARACTERS);
    }
  });

  for (const id of COURSE) {
    test(`${lang}/${id} opens and its figures run`, async ({ page }) => {
      await page.goto(`./lessons/${lang}/${id}.html`);
      expect(await page.locator("html").getAttribute("lang")).toBe(lang === "zh" ? "zh-Hans" : "en");
      await expect(page.locator(".figures > figure")).toHaveCount(figures(lang, id).length);
      // The settings are the same in both languages, so that it is enough to start them all in one.
      const started = await labs(page).evaluateAll(async (labs, all) => {
        await customElements.whenDefined("dgm-lab");
        const asked = (all ? labs : labs.slice(0, 1)) as Lab[];
        await Promise.all(asked.map((lab) => lab.ready));
        return asked.map(({ lang, config }) => ({ lang, data: config.data }));
      }, lang === "en");
      for (const figure of started) expect(figure.lang).toBe(lang);
      const others = await page
        .locator(".figures > figure > :first-child:not(dgm-lab)")
        .evaluateAll((figures) => figures.map(({ localName }) => localName));
      await page.waitForFunction((names) => names.every((name) => customElements.get(name)), others);
      const warned = await page.locator("dgm-lab").getByTestId("message").filter({ visible: true }).allTextContents();
      expect(warned, "every setting is known").toEqual([]);
      expect(await page.locator("[style]").count(), "no style of a formula's own").toBe(0);
    });
  }
}

test("both languages have the same figures with the same settings, and the same parts", () => {
  for (const id of COURSE) {
    expect(figures("zh", id), id).toEqual(figures("en", id));
    const parts = (lang: string) => text(lang, id).match(/^(#+ |> |\d\. |<details>|\| |order: \d+)/gm);
    expect(parts("zh"), id).toEqual(parts("en"));
  }
});

test("every link leads somewhere, and the lessons lead from one to the next", async ({ page }) => {
  for (const lang of LANGS) {
    await page.goto(`./lessons/${lang}/index.html`);
    await expect(page.locator(".contents a")).toHaveCount(COURSE.length);
    const read = await page.evaluate(async (course) => {
      const reader = new DOMParser();
      const pages = await Promise.all(
        ["index", ...course].map(async (id) => {
          const at = new URL(`${id}.html`, location.href).href;
          return { at, page: reader.parseFromString(await (await fetch(at)).text(), "text/html") };
        }),
      );
      const links = pages.flatMap(({ at, page }) =>
        [...page.querySelectorAll("a, link")].map((link) => ({ at, href: new URL(link.getAttribute("href")!, at).href })),
      );
      const dead = links.filter(({ at, href }) => {
        const [there, anchor] = href.split("#");
        return there === at && anchor && !pages.find((each) => each.at === at)!.page.getElementById(anchor);
      });
      const status: Record<string, number> = {};
      for (const href of new Set(links.map(({ href }) => href.replace(/#.*/, "")))) {
        status[href] = (await fetch(href)).status;
      }
      const next = pages.map(({ page }) => page.querySelector("a[rel=next], .contents a")?.getAttribute("href"));
      const twins = pages.map(({ page }) => page.querySelector("nav a[hreflang]")?.getAttribute("href"));
      return { dead, missing: Object.entries(status).filter(([, code]) => code !== 200), next, twins };
    }, COURSE);
    const other = lang === "en" ? "zh" : "en";
    expect(read).toEqual({
      dead: [],
      missing: [],
      next: [...COURSE.map((id) => `${id}.html`), undefined],
      twins: ["index", ...COURSE].map((id) => `../${other}/${id}.html`),
    });
  }
});

test("the lab leads to the course, and each family to its lesson, in the reader's language", async ({ page }) => {
  await open(page, "backend=cpu&lang=zh");
  await expect(page.getByTestId("course")).toHaveAttribute("href", /\/lessons\/zh\/index\.html$/);
  const leads = await page.evaluate(async () => {
    const { families, models } = window.lab.catalogue;
    const found: string[] = [];
    for (const { id } of families) {
      window.lab.config = { model: models.find(({ family, dims }) => family === id && dims.includes(2))!.id };
      await window.lab.ready;
      const { href } = window.lab.shadowRoot!.querySelector<HTMLAnchorElement>("[data-testid=lesson]")!;
      found.push(`${(await fetch(href)).status} ${href.replace(/.*lessons/, "")}`);
    }
    return { found, families: families.map(({ id }) => `200 /zh/${id}.html`) };
  });
  expect(leads.found).toEqual(leads.families);
  await page.getByTestId("lang-en").click();
  await expect(page.getByTestId("course")).toHaveAttribute("href", /\/lessons\/en\/index\.html$/);
});

test("on paper a lesson is its text with its pictures, and answers are open", async ({ page }) => {
  await page.goto("./lessons/en/control.html");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const part of [".top", ".ways", ".tools"]) await expect(page.locator(part).first()).toBeHidden();
  await expect(page.locator("details p").last()).toBeVisible();
  await expect(page.locator("#temperature dgm-lab")).toBeVisible();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe("rgb(255, 255, 255)");
});

for (const [path, width] of [
  ["en/index", 1280],
  ["en/objective", 1280],
  ["en/kl", 1280],
  ["en/embed", 1280],
  ["zh/embed", 360],
  ["zh/vae", 360],
] as const) {
  test(`nothing in ${path} stands in a reader's way (axe, ${width} px)`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`./lessons/${path}.html`);
    if (!/index|kl/.test(path)) await ready(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), "nothing sticks out").toBe(width);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`)).toEqual([]);
  });
}

test("no formula and no table is wider than a phone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  // The text alone.
  await page.route("**/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  for (const lang of LANGS) {
    for (const id of COURSE) {
      await page.goto(`./lessons/${lang}/${id}.html`);
      const wide = await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
        const all = [...document.querySelectorAll("article :is(math, table, .formula)")];
        return all
          .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > innerWidth)
          .map((part) => part.textContent);
      });
      expect.soft(wide, `${lang} ${id}`).toEqual([]);
    }
  }
});
