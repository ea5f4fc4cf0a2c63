/** A figure in the places that pages have for one: cells, rows, boxes as wide as what they hold, pages that run from the right. */
import { expect, type Page } from "@playwright/test";
import { naturalHeight } from "../../www/src/elements/box.ts";
import { hosted, ready, test } from "./lab.ts";

const FIGURE = `model="nce" data="moons" controls="basic" autoplay="off" width="16" batch="32" backend="cpu" theme="light"`;

async function put(page: Page, baseURL: string, around: (figure: string) => string, attributes = "", html = ""): Promise<void> {
  const figure = `<dgm-lab ${FIGURE} ${attributes}></dgm-lab>`;
  const script = `<script type="module" src="${baseURL}embed.js"></script>`;
  await page.goto(hosted(baseURL, `<!doctype html><html ${html}><body style="margin: 0">${around(figure)}${script}`));
  await ready(page);
}

/** Its sizes while it stands still, each once. */
const sizes = (page: Page) =>
  page.evaluate(async () => {
    const seen = new Set<string>();
    for (let frames = 0; frames < 40; frames++) {
      await new Promise(requestAnimationFrame);
      if (frames > 10) seen.add([window.lab.offsetWidth, window.lab.offsetHeight].join());
    }
    return [...seen].map((size) => size.split(",").map(Number) as [number, number]);
  });

const TEXT = "<p>A short text beside the figure.</p>";
const PLACES: Record<string, (figure: string) => string> = {
  "a cell beside a short text": (figure) => `<div style="display: grid; grid-template-columns: 1fr 1fr">${figure}${TEXT}</div>`,
  "a cell of its own": (figure) => `<div style="display: grid">${figure}</div>`,
  "a row that it shares": (figure) => `<div style="display: flex"><style>dgm-lab { flex: 1 }</style>${figure}${TEXT}</div>`,
  "a row beside what takes the rest": (figure) => `<div style="display: flex">${figure}<p style="flex: 1">Text.</p></div>`,
  "a cell of a table": (figure) => `<table><tr><td>${figure}</td><td>Text</td></tr></table>`,
  "a box as wide as what it holds": (figure) => `<div style="display: inline-block">${figure}</div>`,
  "a column that centres": (figure) => `<div style="display: flex; flex-direction: column; align-items: center">${figure}</div>`,
};

for (const [name, around] of Object.entries(PLACES)) {
  test(`${name}: as high as it needs to be, and it stands still`, async ({ page, baseURL }) => {
    await put(page, baseURL!, around);
    const found = await sizes(page);
    expect(found.length, `sizes: ${found.join(" ")}`).toBe(1);
    const [[width, height]] = found as [[number, number]];
    expect(width).toBeGreaterThanOrEqual(240);
    expect(height).toBeGreaterThan(0.9 * naturalHeight(width));
    expect(height).toBeLessThan(1.3 * naturalHeight(width));
  });
}

test("on a phone it is as wide as its cell, and no wider", async ({ page, baseURL }) => {
  await page.setViewportSize({ width: 360, height: 720 });
  await put(page, baseURL!, (figure) => `<div style="display: flex">${figure}</div>`);
  expect((await sizes(page)).map(([width]) => width)).toEqual([360]);
});

test("in a cell of a set height it fits, as in one that says how high it may be at most", async ({ page, baseURL }) => {
  const inside = () =>
    page.evaluate(() => {
      const box = window.lab.getBoundingClientRect();
      const all = [...window.lab.shadowRoot!.querySelectorAll<HTMLElement>(".stage, .transport, .legend")];
      return all.every((part) => part.getBoundingClientRect().bottom <= box.bottom + 1);
    });
  await put(
    page,
    baseURL!,
    (figure) => `<div style="display: grid; height: 340px; grid-template-rows: 40px 1fr"><h1>Title</h1>${figure}</div>`,
  );
  expect((await sizes(page)).map(([, height]) => height)).toEqual([300]);
  expect(await inside()).toBe(true);
  await put(page, baseURL!, (figure) => figure, `style="max-height: 300px"`);
  expect((await sizes(page)).map(([, height]) => height)).toEqual([300]);
  expect(await inside()).toBe(true);
});

test("a page's way of setting text is not the figure's, and its language is", async ({ page, baseURL }) => {
  const odd = "text-indent: 2em; letter-spacing: 0.3em; word-spacing: 1em; text-transform: uppercase; white-space: pre";
  await put(page, baseURL!, (figure) => `<article style="${odd}">${figure}</article>`, "", `lang="zh-CN" dir="rtl"`);
  await expect(page.getByTestId("play")).toHaveAttribute("aria-label", "播放");
  const style = await page.getByTestId("step-count").evaluate((element) => {
    const { direction, textIndent, letterSpacing, textTransform, whiteSpace } = getComputedStyle(element);
    return [direction, textIndent, letterSpacing, textTransform, whiteSpace];
  });
  expect(style.slice(0, 4)).toEqual(["ltr", "0px", "normal", "none"]);
  expect(style[4]).not.toBe("pre");
  await put(page, baseURL!, (figure) => figure, `lang="en-GB"`);
  await expect(page.getByTestId("play")).toHaveAttribute("aria-label", "Play");
});

test("models that begin trained begin at one step, the first one as well", async ({ page, baseURL }) => {
  await put(page, baseURL!, (figure) => figure, `panels="made; vae; nce" start-at="10"`);
  await expect
    .poll(() => page.evaluate(() => (window.lab as unknown as { panels: { step: number }[] }).panels.map(({ step }) => step)))
    .toEqual([10, 10, 10]);
});

test("a frame follows its address, and calls say what they want", async ({ page }) => {
  await page.goto("./embed.html#data=moons&model=made&backend=cpu&autoplay=off&width=16");
  await ready(page);
  await page.evaluate(() => {
    location.hash = "data=rings&model=vae&backend=cpu&autoplay=off&width=16&lang=zh";
  });
  await expect
    .poll(() => page.evaluate(() => document.querySelector<typeof window.lab>("dgm-lab")?.config?.data).catch(() => ""))
    .toBe("rings");
  await ready(page);
  const said = await page.evaluate(async () => {
    const lab = window.lab as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const code = (work: Promise<unknown>) =>
      work.then(
        () => "done",
        (error: { code: string }) => error.code,
      );
    const bytes = (await lab.snapshot!()) as Uint8Array;
    return [
      await code(
        lab.logProb!([
          [0, 0],
          [1, 1],
        ]),
      ),
      await code(lab.logProb!()),
      await code(lab.restore!()),
      await code(lab.restore!(bytes.buffer)),
      await code(lab.logProb!([0, 0, 1, 1])),
    ];
  });
  expect(said).toEqual(["bad_request", "bad_request", "bad_snapshot", "done", "done"]);
});

for (const [width, height] of [
  [480, 360],
  [320, 480],
  [600, 520],
] as const) {
  test(`several models in a frame of ${width} × ${height}: what makes them run is in view, and nothing lies over it`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto("./embed.html#panels=nce;%20vae;%20realnvp&data=moons&backend=cpu&autoplay=off&width=16&batch=32");
    await ready(page);
    const covered = await page.evaluate(() => {
      const root = window.lab.shadowRoot!;
      return ["play", "pause", "step", "reset"].filter((id) => {
        const { left, top, width, height } = root.querySelector(`[data-testid="${id}"]`)!.getBoundingClientRect();
        const there = root.elementFromPoint(left + width / 2, top + height / 2);
        return !there?.closest(`[data-testid="${id}"]`);
      });
    });
    expect(covered).toEqual([]);
  });
}

test("where a box is small the keys of classes wait behind the button, and the picture is there", async ({ page, baseURL }) => {
  const shown = `show="controls: transport slow; layers: data samples classes" caption="Eight modes" conditional="on"`;
  const box = `style="width: 240px; height: 200px"`;
  const figure = `<dgm-lab data="8gaussians" model="realnvp" autoplay="off" width="16" batch="32" backend="cpu" ${shown} ${box}></dgm-lab>`;
  await page.goto(hosted(baseURL!, `${figure}<script type="module" src="${baseURL}embed.js"></script>`));
  await ready(page);
  const stage = (await page.getByTestId("stage").boundingBox())!;
  expect(Math.min(stage.width, stage.height)).toBeGreaterThan(60);
  const outside = await page.evaluate(() => {
    const { left, right } = window.lab.getBoundingClientRect();
    const hands = [...window.lab.shadowRoot!.querySelectorAll(".transport button")].map((button) => button.getBoundingClientRect());
    return hands.filter((button) => button.left < left || button.right > right).length;
  });
  expect(outside, "buttons beyond the edge").toBe(0);
  await page.getByTestId("more").click();
  await page.getByTestId("condition-3").click();
  await expect.poll(() => page.evaluate(() => window.lab.config.condition)).toBe(3);
  await expect(page.getByTestId("slow")).toBeVisible();
});
