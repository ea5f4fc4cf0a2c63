/** A figure looks at home on the page that it stands on. */
import { expect, type Page } from "@playwright/test";
import { hosted, open, ready, test } from "./lab.ts";

const figures = (
  baseURL: string,
) => `<script type="module" src="${baseURL}embed.js"></script><script type="module" src="${baseURL}figures.js"></script>
  <dgm-lab data="moons" model="realnvp" width="16" batch="32" backend="cpu" lang="en" stop-at="1" caption="Moons"></dgm-lab>
  <dgm-bars p="0.9 0.1" lang="en" caption="Bars"></dgm-bars>`;

/** What the figure's own code draws by, which no style sheet reaches: the darkest channel of the picture's corner. */
const corner = (page: Page) =>
  page.evaluate(() => {
    const canvas = window.lab.shadowRoot!.querySelector("dgm-plane-stage")!.shadowRoot!.querySelector("canvas")!;
    return Math.min(...canvas.getContext("2d")!.getImageData(2, 2, 1, 1).data.slice(0, 3));
  });
const ink = (page: Page, tag: string) => page.locator(tag).evaluate((element) => getComputedStyle(element).color);

test("light or dark, it follows the page and not the reader's system", async ({ page, baseURL }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(hosted(baseURL!, figures(baseURL!)));
  await ready(page);
  for (const tag of ["dgm-lab", "dgm-bars"]) expect(await ink(page, tag), `${tag} on a page that knows no dark`).toBe("rgb(27, 35, 38)");
  await expect.poll(() => corner(page)).toBeGreaterThan(200);
  const scheme = (value: string) => page.locator("html").evaluate((html, value) => html.style.setProperty("color-scheme", value), value);
  await scheme("dark");
  await expect.poll(() => corner(page), "the page turns dark, and its figure at rest").toBeLessThan(60);
  for (const tag of ["dgm-lab", "dgm-bars"]) expect(await ink(page, tag)).toBe("rgb(231, 237, 239)");
  await scheme("light dark");
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(() => corner(page), "and with the system where the page does").toBeGreaterThan(200);
  await page.evaluate(() => {
    window.lab.hidden = true;
    document.documentElement.style.colorScheme = "dark";
  });
  await page.waitForTimeout(300);
  await page.evaluate(() => {
    window.lab.hidden = false;
  });
  await expect.poll(() => corner(page), "of what happens while it is hidden it learns when it is shown").toBeLessThan(60);
  await scheme("light");
  await expect.poll(() => corner(page)).toBeGreaterThan(200);
  await page.evaluate(() => window.lab.setAttribute("theme", "dark"));
  await expect.poll(() => corner(page), "unless it is told").toBeLessThan(60);
});

test("a host's custom properties and parts dress every figure", async ({ page, baseURL }) => {
  const style = `<style>
    :root { --dgm-paper: rgb(1, 2, 3); --dgm-ink: rgb(4, 5, 6); --dgm-hair: rgb(7, 8, 9); --dgm-accent: rgb(10, 11, 12); --dgm-font: Courier; --dgm-radius: 3px; }
    ::part(stage), ::part(transport), ::part(legend), ::part(caption) { letter-spacing: 2px; }
  </style>`;
  await page.goto(hosted(baseURL!, style + figures(baseURL!)));
  await ready(page);
  const seen = await page.evaluate(() => {
    const of = (tag: string, inner: string) => getComputedStyle(document.querySelector(tag)!.shadowRoot!.querySelector(inner)!);
    const [stage, figure] = [of("dgm-lab", ".picture"), of("dgm-bars", ".figure")];
    return {
      frames: [stage, figure].map(({ backgroundColor, borderTopColor, borderTopLeftRadius, color, fontFamily }) => {
        return { backgroundColor, borderTopColor, borderTopLeftRadius, color, fontFamily };
      }),
      accents: ["dgm-lab", "dgm-bars"].map((tag) => getComputedStyle(document.querySelector(tag)!).getPropertyValue("--accent")),
      parts: [".picture", ".transport", ".legend", ".caption"].map((part) => of("dgm-lab", part).letterSpacing),
    };
  });
  const frame = {
    backgroundColor: "rgb(1, 2, 3)",
    borderTopColor: "rgb(7, 8, 9)",
    borderTopLeftRadius: "3px",
    color: "rgb(4, 5, 6)",
    fontFamily: "Courier",
  };
  expect(seen).toEqual({ frames: [frame, frame], accents: ["rgb(10, 11, 12)", "rgb(10, 11, 12)"], parts: ["2px", "2px", "2px", "2px"] });
});

test("what stands in the header is whole words in rows, on every width and in both languages", async ({ page }) => {
  for (const hash of ["data=moons&model=made", "panels=made%3B%20nsf"]) {
    await open(page, `${hash}&width=16&backend=cpu&autoplay=off`);
    for (const lang of ["en", "zh"]) {
      await page.evaluate((lang) => window.lab.configure({ lang }), lang);
      for (const width of [360, 390, 768, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        const wrong = () =>
          page.evaluate(() => {
            const header = window.lab.shadowRoot!.querySelector("header")!;
            const parts = [...header.querySelectorAll<HTMLElement>("h1, a, button")].filter((part) => part.checkVisibility());
            const boxes = parts.map((part) => ({ name: part.textContent!.trim(), box: part.getBoundingClientRect() }));
            return boxes.flatMap(({ name, box }, i) => [
              ...(box.height > 36 ? [`${name} is broken into lines`] : []),
              ...(box.left < 0 || box.right > innerWidth ? [`${name} sticks out`] : []),
              ...boxes
                .slice(0, i)
                .filter(
                  ({ box: other }) =>
                    box.left < other.right - 1 && other.left < box.right - 1 && box.top < other.bottom - 1 && other.top < box.bottom - 1,
                )
                .map((other) => `${name} lies over ${other.name}`),
            ]);
          });
        await expect.poll(wrong, { message: `${hash}, ${lang}, ${width} px` }).toEqual([]);
      }
    }
    await page.goto("about:blank");
  }
});
