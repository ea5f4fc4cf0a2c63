/** Figures that explain on the pages of others: what they cost, where they fit, and what is told when something is not as asked. */
import { expect } from "@playwright/test";
import { load, show, values } from "./figures.ts";
import { hosted, requests, test } from "./lab.ts";

test("an attribute that cannot be used is named, and what can be is", async ({ page, baseURL }) => {
  const figure = await show(page, baseURL!, `<dgm-bumps lang="en" gap="far" share="0.7"></dgm-bumps>`);
  await expect(figure.getByTestId("message")).toHaveText('This cannot be used and was left out: gap="far"');
  expect(await values(figure)).toMatchObject({ gap: 3, share: 0.7 });
  await figure.evaluate((element) => element.setAttribute("gap", "5"));
  await expect(figure.getByTestId("message")).toBeHidden();
  await expect(figure.getByTestId("forward-deviation")).toHaveText("2.35");
});

test("until it is near it asks for nothing; then it shares its page's one engine, and outlives a worker", async ({
  page,
  baseURL,
  complaints,
}) => {
  await requests(page, baseURL!);
  const lab = `<dgm-lab data="moons" model="realnvp" backend="cpu" controls="none" width="16" style="width: 300px"></dgm-lab>`;
  await page.goto(
    hosted(baseURL!, `${load(baseURL!)}<div id="space" style="height: 3000px"></div><dgm-bars lang="en" p="0.9 0.1"></dgm-bars>${lab}`),
  );
  const figure = page.locator("dgm-bars");
  await expect(figure.getByTestId("p-0")).toBeAttached();
  const engines = async () => (await requests(page, baseURL!)).filter(({ path }) => /\.wasm$|worker/.test(path));
  expect(await engines()).toEqual([]);
  expect(page.workers()).toHaveLength(0);
  await page.addScriptTag({ type: "module", url: `${baseURL}embed.js` });
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.getByTestId("kl")).toHaveText("0.37");
  await page.evaluate(async () => {
    await customElements.whenDefined("dgm-lab");
    await (document.querySelector("dgm-lab") as unknown as { ready: Promise<void> }).ready;
  });
  const asked = await engines();
  const modules = asked.filter(({ path }) => path.endsWith(".wasm")).map(({ path }) => path);
  expect(modules.filter((path) => /first/.test(path))).toHaveLength(1);
  expect(modules, "of each part one").toHaveLength(new Set(modules).size);

  for (const worker of page.workers()) {
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new WebAssembly.RuntimeError("unreachable");
      });
    });
  }
  await figure.getByTestId("preset-equal").click();
  await expect(figure.getByTestId("kl")).toHaveText("0.00");

  // Taken out for good it gives its place at a worker back, and the last of a page ends it.
  await page.evaluate(() => {
    for (const element of document.querySelectorAll("dgm-bars, dgm-lab")) element.remove();
  });
  await expect.poll(() => page.workers().length).toBe(0);
  expect(complaints.filter((complaint) => !complaint.includes("unreachable"))).toEqual([]);
  complaints.length = 0;
});

const ALL = (lang: string) => `
  <dgm-bars lang="${lang}" p="1 2 3 4 5 6" q="1 1 1 1 1 1" caption="$ % &amp;"></dgm-bars>
  <dgm-bumps lang="${lang}" gap="6" direction="both"></dgm-bumps><dgm-curve lang="${lang}"></dgm-curve><dgm-grid lang="${lang}" dim="784"></dgm-grid>
  <dgm-unusual lang="${lang}"></dgm-unusual>`;

for (const lang of ["en", "zh"]) {
  for (const width of [240, 800]) {
    test(`nothing is cut off or lies on another in ${width} px (${lang})`, async ({ page, baseURL }) => {
      const style = `<style>body { margin: 0 } body > * { width: ${width}px; margin-bottom: 20px }</style>`;
      await show(page, baseURL!, style + ALL(lang));
      const figures = page.locator("dgm-bars, dgm-bumps, dgm-curve, dgm-grid, dgm-unusual");
      for (const figure of await figures.all()) {
        await figure.evaluate((element) => (element as unknown as { ready: Promise<void> }).ready);
        const wrong = await figure.evaluate((element) => {
          const box = element.getBoundingClientRect();
          const wrong: string[] = [];
          const seen = [...element.shadowRoot!.querySelectorAll("*")].filter(
            (part) => part.checkVisibility() && !part.matches(".spoken, .reach, [clip-path], clipPath, clipPath *"),
          );
          for (const part of seen) {
            const { left, right, top, bottom } = part.getBoundingClientRect();
            const name = `${part.localName}.${part.getAttribute("class")} ${part.textContent?.trim().slice(0, 30)}`;
            if (left < box.left || right > box.right + 0.5 || top < box.top || bottom > box.bottom + 0.5) wrong.push(`${name} sticks out`);
            if (part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX !== "visible") wrong.push(`${name} scrolls`);
          }
          const terms = seen.filter((part) => part.matches("[data-testid^=term-]")).map((part) => part.getBoundingClientRect());
          for (const [i, term] of terms.slice(1).entries()) if (term.left < terms[i]!.right) wrong.push("terms lie on each other");
          return wrong;
        });
        expect(wrong).toEqual([]);
      }
    });
  }
}

test("in a box whose height the host sets, the picture takes what is left; on paper all of it is light", async ({ page, baseURL }) => {
  const box = `<dgm-bumps lang="en" theme="dark" style="width: 700px; height: 600px"></dgm-bumps>`;
  const figure = await show(page, baseURL!, box);
  expect((await figure.boundingBox())!.height).toBe(600);
  const picture = figure.getByTestId("picture");
  expect((await picture.boundingBox())!.height).toBeGreaterThan(300);
  const ink = () => figure.evaluate((element) => getComputedStyle(element).color);
  expect(await ink()).toBe("rgb(231, 237, 239)");
  // Paper is narrower, and waits for no frame.
  const out = await figure.evaluate((element) => {
    element.style.width = "400px";
    const parts = [...element.shadowRoot!.querySelectorAll("svg text, svg path")];
    return Math.max(...parts.map((part) => part.getBoundingClientRect().right)) - element.getBoundingClientRect().right;
  });
  expect(out).toBeLessThan(0);
  await page.emulateMedia({ media: "print" });
  expect(await ink()).toBe("rgb(27, 35, 38)");
  await expect(figure.getByTestId("gap")).toBeHidden();
  await expect(figure.getByTestId("reverse-mean")).toBeVisible();
});

/** What a host's policy has to allow, as the README says. */
const policy = (site: string, workers = "blob:") =>
  `default-src 'none'; script-src ${site} 'wasm-unsafe-eval'; worker-src ${workers}; connect-src ${site}; style-src ${site}; font-src ${site}`;

test("under a host's own policy a figure works, or names what is missing", async ({ page, baseURL, complaints }) => {
  const site = new URL(baseURL!).origin;
  const figure = await show(page, baseURL!, `<dgm-bars lang="en"></dgm-bars>`, policy(site));
  await expect(figure.getByTestId("kl")).toHaveText("1.76");
  expect(complaints).toEqual([]);
  await page.goto(hosted(baseURL!, `${load(baseURL!)}<dgm-bars lang="zh"></dgm-bars>`, policy(site, "'none'")));
  await expect(figure.getByTestId("message")).toContainText("内容安全策略");
  await expect(figure.getByTestId("message")).toContainText("worker-src");
  // The browser reports what it refused; nothing else may go wrong.
  expect(complaints.filter((complaint) => !/content security policy/i.test(complaint))).toEqual([]);
  complaints.length = 0;
});
