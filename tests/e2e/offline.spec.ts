/** After the first visit the site needs no server, and what it serves then is of one build. */
import { appendFile, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { hosted, type Lab, ready } from "./lab.ts";
import { type Site, serve } from "./site.ts";

const DIST = resolve(__dirname, "../../www/dist");
const SMALL = "#backend=cpu&data=moons&model=realnvp&width=16&batch=32";

/** These tests alone let a page keep the site. */
const test = base.extend<{ site: Site }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from it which fixtures this one needs.
  site: async ({}, use) => {
    const site = await serve(DIST);
    await use(site);
    await site.stop();
  },
});
test.use({ serviceWorkers: "allow" });
test.setTimeout(200_000);
/** In the first minute of its own life a browser does not look for newer builds; after it, at once. */
const LOOKS_MS = 90_000;

/** What the browser knows of the worker that keeps the site. */
const state = (page: Page) =>
  page.evaluate(async () => {
    const { active, installing, waiting } = (await navigator.serviceWorker.getRegistration()) ?? {};
    return {
      serves: active?.state === "activated" && Boolean(navigator.serviceWorker.controller),
      installs: Boolean(installing),
      waits: Boolean(waiting),
    };
  });

/** Waits until everything is kept and this page is served from it. */
const kept = (page: Page) => expect.poll(() => state(page)).toMatchObject({ serves: true });
const waits = (page: Page) => expect.poll(() => state(page), { timeout: LOOKS_MS }).toMatchObject({ waits: true });

async function learns(page: Page): Promise<void> {
  await ready(page);
  expect((await page.evaluate(() => window.lab.step(3))).step).toBeGreaterThanOrEqual(3);
}

test("after one visit the site opens and trains with no server, in a folder", async ({ page, site }) => {
  await page.goto(site.url + SMALL);
  await learns(page);
  expect(site.asked(), "first comes what is looked at").not.toContain("sw.js");
  await kept(page);
  const asked = site.asked().filter((path) => path.startsWith("assets/"));
  expect(asked.length).toBeGreaterThan(20);

  await site.stop();
  await page.reload();
  await learns(page);
  for (const [address, data] of [
    ["index.html#backend=cpu&data=digits", "digits"],
    ["lessons/zh/kl.html", undefined],
    ["lessons/en/", undefined],
    ["embed.html#backend=cpu&data=penguins", "penguins"],
  ]) {
    expect((await page.goto(site.url + address))?.ok(), address).toBe(true);
    if (!data) continue;
    await learns(page);
    expect(await page.evaluate(() => window.lab.config.data)).toBe(data);
  }
});

test("a figure elsewhere whose build is gone says so with a code, and a press has the new one", async ({ page, site, baseURL }) => {
  const tag = `<script type="module" src="${site.url}embed.js"></script><dgm-lab data="moons" width="16" autoplay="off" lang="en"></dgm-lab>`;
  await page.goto(hosted(baseURL!, tag));
  await learns(page);
  // The next build has other files in their place.
  const assets = join(site.folder, "assets");
  await rename(assets, `${assets}-old`);
  const codes = await page.evaluate(async () => {
    const codes: string[] = [];
    addEventListener("lab-error", (event) => codes.push((event as CustomEvent<{ code: string }>).detail.code));
    await window.lab.export("bibtex").catch((error) => codes.push(error.code));
    return codes;
  });
  expect(codes).toEqual(["site_renewed", "site_renewed"]);
  await expect(page.getByTestId("message")).toContainText("newer build");
  expect((await page.evaluate(() => window.lab.step(3))).step, "what is there goes on").toBeGreaterThan(3);
  await rename(`${assets}-old`, assets);
  await page.getByTestId("reload").click();
  await page.waitForURL(/html=/);
  await learns(page);
  // Where only the network is away nothing is said of another build.
  await page.route(`${site.url}**`, (route) => route.abort());
  expect(await page.evaluate(() => window.lab.export("bibtex").catch(({ code }) => code))).toBe("part_missing");
  await expect(page.getByTestId("message")).toContainText("network");
  await expect(page.getByTestId("reload")).toHaveCount(0);
});

test("what the first page loaded is not loaded again", async ({ page, site }) => {
  await page.goto(site.url + SMALL);
  await kept(page);
  const asked = site.asked().filter((path) => path.startsWith("assets/"));
  expect(asked.length, "all there is").toBe((await readdir(join(DIST, "assets"))).length);
  expect(asked.filter((path, i) => asked.indexOf(path) !== i)).toEqual([]);
});

test("a page of another's gets nothing kept, by tag or by frame", async ({ page, site, baseURL }) => {
  const tag = `<script type="module" src="${site.url}embed.js"></script><dgm-lab data="moons" width="16"></dgm-lab>`;
  await page.goto(hosted(baseURL!, `${tag}<iframe src="${site.url}embed.html"></iframe><iframe src="${site.url}"></iframe>`));
  await ready(page);
  const labs = [0, 1].map((n) => page.frameLocator("iframe").nth(n).locator("dgm-lab"));
  for (const lab of labs) await lab.evaluate((lab) => (lab as Lab).ready);
  await page.waitForTimeout(4000);
  expect(site.asked()).not.toContain("sw.js");
});

/** Another build in place of the one that is served: other code under another name, and code that is fetched late is gone. */
async function renew({ folder }: Site): Promise<void> {
  const [main] = (await readdir(join(folder, "assets"))).filter((name) => /^index-.*\.js$/.test(name));
  await rename(join(folder, "assets", main!), join(folder, "assets/index-anew.js"));
  await appendFile(join(folder, "assets/index-anew.js"), ";document.documentElement.dataset.build = 'anew';");
  const html = (await readFile(join(folder, "index.html"), "utf8")).replaceAll(main!, "index-anew.js");
  await writeFile(join(folder, "index.html"), html);
  const late = (await readdir(join(folder, "assets"))).filter((name) => /^(table-preview|own-data|tools)-/.test(name));
  for (const name of late) await rm(join(folder, "assets", name));
  const { writeWorker } = await import("../../www/offline/plugin.ts");
  await writeWorker(folder);
}
const build = (page: Page) => page.locator("html").getAttribute("data-build");

/** Brings in code that the page fetches only now. */
async function paste(page: Page): Promise<void> {
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    const rows = Array.from({ length: 40 }, (_, i) => `${i},${(i * i) % 17}`);
    clipboardData.setData("text/plain", ["a,b", ...rows].join("\n"));
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  });
  await expect(page.locator("dgm-table-preview dialog")).toBeVisible();
}

/** A reader who comes again finds the build that is kept; the browser then looks for a newer one. */
async function comeAgain(page: Page): Promise<void> {
  await page.reload();
  await ready(page);
  expect(await build(page)).toBe(null);
}

test("a new build is served whole, and a page of the old one goes on", async ({ page, context, site }) => {
  await page.goto(site.url + SMALL);
  await kept(page);
  await renew(site);
  await comeAgain(page);
  await waits(page);

  const other = await context.newPage();
  await other.goto(site.url + SMALL);
  await expect(other.locator("html")).toHaveAttribute("data-build", "anew");
  await learns(other);
  await paste(page);
  await other.close();
  await site.stop();
  await page.reload();
  await learns(page);
  expect(await build(page)).toBe("anew");
});

test("of a site that is half copied nothing is taken", async ({ page, site }) => {
  await page.goto(site.url + SMALL);
  await kept(page);
  await renew(site);
  const late = join(site.folder, "data/iris.csv");
  const whole = await readFile(late);
  await appendFile(late, "1,2\n");
  site.asked();
  await comeAgain(page);
  await expect.poll(() => site.asked(), { timeout: LOOKS_MS }).toContain("data/iris.csv");
  await expect.poll(async () => (await state(page)).installs).toBe(false);
  expect(await state(page)).toEqual({ serves: true, installs: false, waits: false });
  await writeFile(late, whole);
  await comeAgain(page);
  await waits(page);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-build", "anew");
  await learns(page);
  expect(await page.evaluate(() => window.lab.config.data), "with the address it had").toBe("moons");
});
