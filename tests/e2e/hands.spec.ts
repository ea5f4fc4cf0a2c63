import { type CDPSession, expect, type Page } from "@playwright/test";
import { currentStep, open, test } from "./lab.ts";

/** Fingers of a real touch screen, by the browser's own protocol. */
async function fingers(page: Page) {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  return (type: "touchStart" | "touchMove" | "touchEnd" | "touchCancel", ...at: [number, number][]) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints: at.map(([x, y], id) => ({ x, y, id })) });
}

async function centre(page: Page, id: string): Promise<[number, number]> {
  await expect(page.getByTestId(id)).toBeVisible();
  const box = (await page.getByTestId(id).boundingBox())!;
  return [box.x + box.width / 2, box.y + box.height / 2];
}

const mixture = (page: Page) => page.evaluate(() => String(window.lab.config.mixture));
/** x of a component's mean, as the address spells it. */
const meanX = async (page: Page, at: number) => Number((await mixture(page)).split("*")[at]!.split("_")[1]);
const firstX = (page: Page) => meanX(page, 0);

/** How the picture is scaled now: its box may follow the data later. */
async function pixelsPerUnit(page: Page): Promise<number> {
  const [[a], [b]] = [await centre(page, "mixture-0-centre"), await centre(page, "mixture-1-centre")];
  return (b - a) / ((await meanX(page, 1)) - (await firstX(page)));
}

/** On a narrow page the data lie in a fold. */
async function unfold(page: Page): Promise<void> {
  const fold = page.getByTestId("fold-data");
  if (await fold.isVisible()) await fold.click();
}

test.describe("on a touch screen", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("a finger drags a centre of the mixture all the way, and the page stays", async ({ page }) => {
    await edit(page);
    await page.getByTestId("stage").scrollIntoViewIfNeeded();
    const touch = await fingers(page);
    const [x, y] = await centre(page, "mixture-0-centre");
    const [before, zoom, scrolled] = [await firstX(page), await pixelsPerUnit(page), await page.evaluate(() => scrollY)];
    await touch("touchStart", [x, y]);
    for (let i = 1; i <= 8; i++) await touch("touchMove", [x + 10 * i, y]);
    await touch("touchEnd");
    await expect.poll(() => firstX(page), "80 px").toBeCloseTo(before + 80 / zoom, 1);
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  });

  test("two fingers on the pad leave what the first one drew, and one undo takes it back", async ({ page }) => {
    await open(page, "data=moons&model=made&backend=cpu");
    await unfold(page);
    await page.getByTestId("draw").click();
    const pad = (await page.getByTestId("draw-canvas").boundingBox())!;
    const [x, y] = [pad.x + pad.width / 2, pad.y + pad.height / 2];
    const touch = await fingers(page);
    await touch("touchStart", [x - 60, y], [x + 60, y]);
    for (let i = 1; i <= 6; i++) await touch("touchMove", [x - 60 - 5 * i, y], [x + 60 + 5 * i, y]);
    await touch("touchEnd");
    const count = async () => Number.parseInt((await page.locator("dgm-draw-pad output").textContent())!, 10);
    expect(await count(), "30 px of one finger").toBeLessThan(200);
    await page.getByTestId("draw-undo").click();
    expect(await count()).toBe(0);
  });
});

/** Opens the mixture with its handles. */
async function edit(page: Page): Promise<void> {
  await open(page, "model=made&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await unfold(page);
  await page.getByTestId("data-mixture").click();
  await expect(page.getByTestId("mixture-0")).toBeVisible();
}

test("a drag ends where its button was let go unseen, is taken back where the browser broke it off, and a second pointer is not heard", async ({
  page,
}) => {
  await edit(page);
  const send = (type: string, x: number, y: number, init: { pointerId?: number; buttons?: number } = {}) =>
    page.evaluate(
      ([type, x, y, init]) => {
        const root = window.lab.shadowRoot!.querySelector("dgm-mixture-editor")!.shadowRoot!;
        const svg = root.querySelector("svg")!;
        svg.setPointerCapture = () => undefined;
        const target = type === "pointerdown" ? root.querySelector("[data-testid=mixture-0-centre]")! : svg;
        const all = { bubbles: true, composed: true, pointerId: 7, buttons: 1, clientX: x, clientY: y, ...init };
        target.dispatchEvent(new PointerEvent(type, all));
      },
      [type, x, y, init] as const,
    );
  const start = await mixture(page);
  const [x, y] = await centre(page, "mixture-0-centre");
  const [from, zoom] = [await firstX(page), await pixelsPerUnit(page)];

  await send("pointerdown", x, y);
  await send("pointermove", x + 40, y);
  await send("pointercancel", x + 40, y, { buttons: 0 });
  await expect.poll(async () => (await centre(page, "mixture-0-centre"))[0]).toBeCloseTo(x, 0);
  expect(await mixture(page), "a broken gesture leaves no trace").toBe(start);

  await send("pointerdown", x, y);
  await send("pointermove", x + 200, y, { pointerId: 8 });
  await send("pointermove", x + 30, y);
  await send("pointermove", x + 90, y, { buttons: 0 });
  await send("pointermove", x + 150, y);
  // The way of the pointer that held it, up to where its button was seen released; the picture's box may follow the data.
  await expect.poll(() => firstX(page)).toBeCloseTo(from + 30 / zoom, 1);
});

test("a held Space is one press; with a modifier, on a handle or while the reader edits it is not the page's", async ({ page }) => {
  await open(page, "data=moons&model=made&backend=cpu");
  const playing = () => page.getByTestId("play").getAttribute("aria-pressed");
  expect(await playing()).toBe("true");
  await page.locator("body").click({ position: { x: 2, y: 2 } });
  for (let i = 0; i < 10; i++) await page.keyboard.down("Space");
  await page.keyboard.up("Space");
  await expect.poll(playing).toBe("false");
  for (const modifier of ["Control", "Alt", "Shift"]) await page.keyboard.press(`${modifier}+Space`);
  await page.waitForTimeout(200);
  expect(await playing()).toBe("false");

  await page.getByTestId("data-mixture").click();
  await expect(page.getByTestId("mixture-0")).toBeVisible();
  await page.getByTestId("mixture-1").focus();
  const before = await playing();
  for (const key of ["Space", "Enter"]) await page.keyboard.press(key);
  await page.waitForTimeout(200);
  expect(await playing()).toBe(before);
  expect(await page.getByTestId("mixture-1").getAttribute("aria-pressed")).toBe("true");
});

test("no address styles, hides or scripts the page: what is no setting is named and left out", async ({ page }) => {
  for (const path of ["", "embed.html"]) {
    await open(page, "data=moons&model=made&backend=cpu&hidden=&inert=&style=display:none&onfocus=alert(1)&autofocus=&theme=purple", path);
    expect(
      await page.evaluate(() => window.lab.getAttributeNames().filter((name) => /hidden|inert|style|onfocus|autofocus/.test(name))),
    ).toEqual([]);
    for (const key of ["hidden", "inert", "style", "onfocus", "theme"]) await expect(page.getByTestId("message")).toContainText(key);
    await expect(page.getByTestId("stage")).toBeVisible();
    await expect.poll(() => currentStep(page)).toBeGreaterThan(0);
    await page.goto("about:blank");
  }
});

test("where the browser refuses to change the address so often, nothing breaks, and the last value gets there", async ({ page }) => {
  await page.addInitScript(() => {
    const times: number[] = [];
    const real = history.replaceState.bind(history);
    history.replaceState = (...all: Parameters<typeof real>) => {
      times.push(performance.now());
      if (times.filter((time) => time > performance.now() - 30_000).length > 100) throw new DOMException("too often", "SecurityError");
      real(...all);
    };
  });
  await open(page, "data=moons&model=nce&backend=cpu");
  const slider = page.getByTestId("param-learning_rate");
  await slider.evaluate(async (element) => {
    const input = element as HTMLInputElement;
    for (let i = 0; i < 300; i++) {
      input.value = String(100 + Math.round(80 * Math.sin(i)));
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((done) => setTimeout(done, 10));
    }
  });
  const rate = await page.evaluate(() => window.lab.config.learning_rate);
  await expect.poll(() => page.evaluate(() => Number(new URLSearchParams(location.hash.slice(1)).get("learning_rate")))).toBe(rate);
});
