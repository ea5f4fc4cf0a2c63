/** What a reader takes away from the built page, read back: numbers, pictures, a film, weights, a link, a whole run. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, test as free, type Page } from "@playwright/test";
import { nearest } from "../../www/src/state/config.ts";
import { readHash } from "../../www/src/state/hash.ts";
import { bibtex } from "../../www/src/take/bibtex.ts";
import { open, ready, step, test } from "./lab.ts";
import { chance, readSafetensors } from "./read-files.ts";

const SMALL = "width=16&batch=64&seed=3&backend=cpu&lang=en";

async function menu(page: Page): Promise<void> {
  await page.getByTestId("take").click();
  await expect(page.getByTestId("take-menu")).toBeVisible();
}

async function saved(page: Page, kind: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId(`take-${kind}`).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** The losses of the next steps, one by one, as their very bits. */
function losses(page: Page, steps: number): Promise<string[]> {
  return page.evaluate(async (steps) => {
    await window.lab.pause();
    const each: string[] = [];
    for (let i = 0; i < steps; i++) each.push((await window.lab.step(1)).losses.map((loss) => loss.toString()).join());
    return each;
  }, steps);
}

/** Another reader's browser, with an empty profile. */
async function elsewhere<T>(browser: Browser, url: string, look: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    await ready(page);
    return await look(page);
  } finally {
    await context.close();
  }
}

test("by the menu: numbers, pictures and weights are files that read back, and their names say what they are of", async ({ page }) => {
  await open(page, `data=8gaussians&model=nsf&autoplay=off&${SMALL}`);
  await step(page, 20);
  await page.evaluate(() => window.lab.evaluate());
  await menu(page);

  const history = (await saved(page, "history")).bytes.toString().trim().split("\n");
  expect(history[0]).toMatch(/^# DGM Playground \d+\.\d+\.\d+\S*, engine cpu, step 20$/);
  expect(JSON.parse(history[1]!.replace("# settings ", ""))).toMatchObject({ data: "8gaussians", model: "nsf", seed: 3, width: 16 });
  const rows = await page.evaluate(() => window.lab.history);
  // The loss and a score of this model have one name.
  expect(history[2]).toMatch(/^step,seconds,loss_nll,kl,kl_stderr,kl_floor,nll,nll_stderr/);
  expect(history.length).toBe(rows.length + 3);
  expect(Number(history.at(-1)!.split(",")[2])).toBe(rows.at(-1)!.losses[0]);

  const scores = (await saved(page, "scores")).bytes.toString();
  const kl = rows.at(-1)!.metrics!.find(({ id }) => id === "kl")!;
  expect(scores).toContain(`\nkl,${kl.value},`);
  const json = JSON.parse((await saved(page, "json")).bytes.toString());
  expect(json).toMatchObject({ step: 20, losses: ["nll"], settings: { model: "nsf" } });
  expect(json.history.length).toBe(rows.length);

  const samples = (await saved(page, "samples")).bytes.toString().trim().split("\n");
  expect(samples.length).toBe(1003);
  const { name, bytes: npy } = await saved(page, "npy");
  expect(name).toBe("nsf-8gaussians-20-samples.npy");
  expect(npy.readFloatLE(10 + npy.readUInt16LE(8)), "the same draws").toBe(Math.fround(Number(samples[3]!.split(",")[0])));

  const { metadata, read } = readSafetensors((await saved(page, "weights")).bytes);
  const said = JSON.parse(metadata.dgm!);
  expect(said).toMatchObject({ format: 1, step: 20, config: { model: "nsf" }, about: { dim: 2 } });
  expect(Object.keys(read)).toContain("pieces.0.Coupling.net.net.head.inner.weight");
  expect((await saved(page, "python")).bytes.toString()).toContain("def log_prob");
  expect((await saved(page, "bibtex")).bytes.toString()).toContain("eprint = {1906.04032}");

  const png = (await saved(page, "png")).bytes;
  const box = (await page.locator("dgm-lab .canvases").boundingBox())!;
  expect(png.readUInt32BE(16), "twice the page's pixels, and its margins").toBe(2 * (Math.round(box.width) + 32));
  const svg = (await saved(page, "svg")).bytes.toString();
  const drawn = await page.evaluate((svg) => {
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
    const count = (selector: string) => parsed.querySelectorAll(selector).length;
    const circles = [...parsed.querySelectorAll("path")].map((path) => (path.getAttribute("d")!.match(/M/g) ?? []).length);
    return {
      broken: count("parsererror"),
      images: count("image"),
      texts: parsed.documentElement.textContent,
      circles: Math.max(...circles),
    };
  }, svg);
  expect(drawn).toMatchObject({ broken: 0, images: 1 });
  expect(drawn.circles, "each point is a mark of its own").toBeGreaterThan(900);
  for (const words of ["x₁", "x₂", "data", "samples", "Density: low", "Neural spline flow", "seed=3", "width=16"])
    expect(drawn.texts).toContain(words);
});

test("pictures of the line and of digits are drawings too, and an unknown kind is refused by name", async ({ page }) => {
  for (const [hash, words] of [
    [`data=exam-scores&model=nce&${SMALL}`, "true density"],
    [`data=digits-binary&model=made-pixels&${SMALL}`, "samples"],
  ] as const) {
    await open(page, hash);
    const svg = await page.evaluate(async () => (await window.lab.export("svg")).text());
    expect(svg.match(/<(path|rect)/g)!.length).toBeGreaterThan(100);
    expect(svg).toContain(words);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    await page.goto("about:blank");
  }
  await open(page, `data=moons&model=made&${SMALL}`);
  const code = await page.evaluate(() => window.lab.export("constructor").catch((error: { code: string }) => error.code));
  expect(code).toBe("unknown_id");
});

test("a film of the run is WebM, and the button says when it records", async ({ page }) => {
  await open(page, `data=moons&model=made&${SMALL}`);
  await menu(page);
  await page.getByTestId("take-film").click();
  await expect(page.getByTestId("take-film")).toHaveText("Stop and save");
  await page.waitForTimeout(700);
  const { name, bytes } = await saved(page, "film");
  expect(name).toMatch(/^made-moons-\d+\.webm$/);
  expect(bytes.subarray(0, 4).toString("hex")).toBe("1a45dfa3");
  expect(bytes.length).toBeGreaterThan(5000);
});

test("a saved run that is dropped elsewhere goes on with the very losses; cut, edited or other files change nothing and are said", async ({
  page,
  browser,
  baseURL,
}) => {
  await open(page, `data=8gaussians&model=vae&${SMALL}`);
  await page.evaluate(() => window.lab.pause());
  await page.evaluate(() =>
    window.lab.setData({ text: Array.from({ length: 60 }, (_, i) => `${Math.sin(i)},${1000 * Math.cos(2 * i)}`).join("\n") }),
  );
  await step(page, 12);
  await menu(page);
  const { name, bytes } = await saved(page, "session");
  expect(name).toBe("vae-custom-12.dgm");
  await page.keyboard.press("Escape");
  const went = await losses(page, 5);
  const drop = (page: Page, bytes: Buffer, name: string) =>
    page.evaluate(
      ([text, name]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([Uint8Array.from(atob(text!), (c) => c.charCodeAt(0))], name!));
        window.lab.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, composed: true, cancelable: true }));
      },
      [bytes.toString("base64"), name],
    );
  await elsewhere(browser, `${baseURL}#data=moons&model=made&${SMALL}`, async (other) => {
    await other.evaluate(() => window.lab.pause());
    const before = await other.evaluate(() => window.lab.snapshot().then((each) => each.length));
    const edited = Buffer.from(bytes);
    edited[bytes.length - 40]! ^= 1;
    for (const [given, words] of [
      [bytes.subarray(0, 900), "end of this file is missing"],
      [edited, "changed after it was saved"],
      [Buffer.from("x,y\n1,2\n"), "no saved run"],
      [Buffer.from(bytes.toString("latin1").replace('"formatVersion":1', '"formatVersion":9'), "latin1"), "another version"],
    ] as const) {
      await drop(other, given, "run.dgm");
      await expect(other.getByTestId("message")).toContainText(words);
      expect(await other.evaluate(() => window.lab.config)).toMatchObject({ data: "moons", model: "made" });
      expect(await other.evaluate(() => window.lab.snapshot().then((each) => each.length))).toBe(before);
    }
    await drop(other, bytes, "run.dgm");
    await expect(other.getByTestId("message")).toContainText("open, at step 12");
    expect(await other.evaluate(() => window.lab.config)).toMatchObject({ data: "custom", model: "vae" });
    expect(await losses(other, 5)).toEqual(went);
  });
});

test("a link holds own data, the mixture and every digit: opened in another profile it learns with the very losses", async ({
  page,
  browser,
}) => {
  await open(page, `data=8gaussians&model=nsf&learning_rate=0.0034567891234&${SMALL}`);
  await page.evaluate(() => window.lab.pause());
  const own = { points: Array.from({ length: 120 }, (_, i) => (i % 2 ? 7e4 : 1) * Math.sin(i * i)), dim: 2 };
  const mixture = [1, 2, 3].map((k) => ({
    weight: k / 6,
    mean: [Math.sin(k), Math.cos(k)],
    sigma: [0.1 * Math.sqrt(k), 0.3],
    angle: k / 7,
  }));
  for (const data of [own, { mixture }]) {
    await page.evaluate((data) => window.lab.setData(data as { points: number[]; dim: number }), data);
    await page.evaluate(() => window.lab.pause());
    await page.evaluate(() => window.lab.reset());
    const kind = await page.evaluate(() => String(window.lab.config.data));
    await expect.poll(() => page.evaluate(() => location.hash)).toMatch(kind === "custom" ? /&own=[\w-]+$/ : /mixture=0\.1/);
    const link = page.url();
    const went = await losses(page, 6);
    await elsewhere(browser, `${link}&autoplay=off`, async (other) => {
      expect(await other.evaluate(() => window.lab.config)).toMatchObject({ data: kind, learning_rate: 0.0034567891234 });
      expect(await losses(other, 6)).toEqual(went);
      await expect(other.getByTestId("message")).toBeHidden();
    });
    // A cut link opens the rest, and says so.
    if (kind !== "custom") continue;
    await elsewhere(browser, link.slice(0, -9), async (other) => {
      await expect(other.getByTestId("message")).toContainText("own=");
      expect(await other.evaluate(() => window.lab.config)).toMatchObject({ model: "nsf", width: 16 });
    });
  }
});

test("what has no room in a link is said, with the file that holds it; the address goes on without", async ({ page }) => {
  await open(page, `data=8gaussians&model=made&${SMALL}`);
  await page.evaluate(() => window.lab.pause());
  await page.evaluate(() => window.lab.setData({ points: Array.from({ length: 3000 }, (_, i) => Math.sin(i * i)), dim: 2 }));
  await menu(page);
  await page.getByTestId("take-link").click();
  await expect(page.getByTestId("take-said")).toContainText(/would have [\d,]+ letters.*Save the run as a file/);
  expect(page.url().length).toBeLessThan(1000);
});

// What looks for faults here sets styles of its own, which the page's policy refuses.
free("by keyboard alone, in both languages, on a phone, with nothing for axe to complain of", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 700 });
  for (const lang of ["en", "zh"]) {
    await open(page, `data=moons&model=made&width=16&backend=cpu&lang=${lang}&theme=${lang === "en" ? "dark" : "light"}`);
    await page.getByTestId("take").focus();
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("take-menu")).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    const wide = await page
      .getByTestId("take-menu")
      .evaluate((dialog) => [dialog.scrollWidth - dialog.clientWidth, dialog.getBoundingClientRect().width]);
    expect(wide[0], "nothing sticks out").toBeLessThanOrEqual(0);
    expect(wide[1]).toBeLessThanOrEqual(360);
    const [download] = await Promise.all([page.waitForEvent("download"), press(page, "take-history")]);
    expect(download.suggestedFilename()).toMatch(/history\.csv$/);
    await expect(page.getByTestId("take-said")).toContainText("history.csv");
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("take-menu")).toHaveCount(0);
    await expect(page.getByTestId("take")).toBeFocused();
    await page.goto("about:blank");
  }
});

async function press(page: Page, id: string): Promise<void> {
  for (let tabs = 0; tabs < 20; tabs++) {
    if (await page.getByTestId(id).evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button)) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
}

test("every model's papers are BibTeX with the authors, titles, years and numbers of its row; 1,000 random addresses open, and say what they dropped", async ({
  page,
}) => {
  await open(page, `data=moons&model=made&${SMALL}`);
  const catalogue = (await page.evaluate(() => window.lab.catalogue)) as never as Parameters<typeof nearest>[0];
  const script = readFileSync(resolve(__dirname, "../../www/public/python/dgm_torch.py"), "utf8");
  const families = script.slice(script.indexOf("FAMILIES = {"), script.indexOf("if __name__"));
  const missing = catalogue.models.filter(({ id, density }) => density !== "none" && !families.includes(`"${id}"`));
  expect(
    missing.map(({ id }) => id),
    "name them in FAMILIES of dgm_torch.py",
  ).toEqual([]);
  const keys = new Map<string, string>();
  for (const row of catalogue.models) {
    const entries = bibtex(row, catalogue.models).split(/\n(?=@)/);
    const titles = entries.map((each) => /title = {{(.*)}},/.exec(each)![1]);
    expect(titles.join("; "), row.id).toBe(
      row.paper
        .split(/; (?=[^;]+: )/)
        .map((each) => each.slice(each.indexOf(": ") + 2))
        .join("; "),
    );
    expect(entries[0]).toContain(`year = {${row.year}}`);
    if (row.arxiv) expect(entries[0]).toContain(`eprint = {${row.arxiv}}`);
    for (const [i, entry] of entries.entries()) {
      expect(entry, "every paper has its year").toMatch(/year = {\d{4}}/);
      expect(entry).not.toMatch(/undefined|et al|{}/);
      const key = /@\w+{([a-z0-9]+),/.exec(entry)![1]!;
      expect(keys.get(key) ?? titles[i], "one key, one paper").toBe(titles[i]);
      keys.set(key, titles[i]!);
      const authors = /author = {(.*)},/.exec(entry)![1]!;
      for (const author of authors.split(" and ")) if (author !== "others") expect(row.paper).toContain(author);
    }
  }

  const random = chance(11);
  const one = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)]!;
  const ids = [...new Set(catalogue.models.flatMap(({ params }) => params.map(({ id }) => id)))];
  const known = ["data", "model", "seed", "mixture", "preset", "backend", "lang", "controls", "theme", ...ids];
  const odd = [
    "",
    "NaN",
    "1e999",
    "-1",
    "9".repeat(400),
    "__proto__",
    "constructor",
    "<img src=x>",
    "%",
    "%00",
    "null",
    "📈",
    "'; drop",
    "moons",
    "nsf",
    "0.5",
    "3",
  ];
  const wrong: string[] = [];
  for (let i = 0; i < 1000; i++) {
    const parts = Array.from({ length: 1 + Math.floor(12 * random()) }, () => {
      const key = random() < 0.75 ? one(known) : one([...odd, "hidden", "onclick", "valueOf", "own"]);
      return `${encodeURIComponent(key)}=${random() < 0.5 ? encodeURIComponent(one(odd)) : one(odd)}`;
    });
    const text = parts.join("&");
    const hash = `#${random() < 0.3 ? text.slice(0, Math.floor(text.length * random())) : text}`;
    const asked = readHash(hash);
    const { config, dropped } = nearest(catalogue, asked);
    const model = catalogue.models.find(({ id }) => id === config.model)!;
    const data = catalogue.data.find(({ id }) => id === config.data)!;
    if (!model.dims.includes(data.dim)) wrong.push(`${hash}: ${model.id} does not learn ${data.id}`);
    for (const { id, min, max } of model.params) {
      const value = config.params[id] ?? min;
      if (!(value >= min && value <= max)) wrong.push(`${hash}: ${id} is ${value}`);
    }
    const said = new Set(dropped.map(({ key }) => key));
    for (const key of Object.keys(asked)) if (!known.includes(key) && !said.has(key)) wrong.push(`${hash}: ${key} is not said`);
  }
  expect(wrong).toEqual([]);
});

test("a button under the charts and a key film the run, too", async ({ page }) => {
  await open(page, `data=moons&model=made&lang=en&${SMALL}`);
  const film = page.getByTestId("film");
  await expect(film).toHaveText("Film it");
  await film.click();
  await expect(film).toHaveAttribute("aria-pressed", "true");
  await expect(film).toHaveText("Stop and save the film");
  await page.waitForTimeout(700);
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("r")]);
  expect(download.suggestedFilename()).toMatch(/^made-moons-\d+\.webm$/);
  expect(
    readFileSync(await download.path())
      .subarray(0, 4)
      .toString("hex"),
  ).toBe("1a45dfa3");
  await expect(page.getByTestId("film-said")).toContainText(".webm");
  await expect(film).toHaveAttribute("aria-pressed", "false");
});
