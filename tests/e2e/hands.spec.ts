import { type CDPSession, expect, type Page } from "@playwright/test";
import { open, step, test } from "./lab.ts";

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
    await page.evaluate(() => {
      const counted = Object.assign(window, { restarts: 0 });
      window.lab.addEventListener("lab-config", () => counted.restarts++);
    });
    const touch = await fingers(page);
    const [x, y] = await centre(page, "mixture-0-centre");
    const [before, zoom, scrolled] = [await firstX(page), await pixelsPerUnit(page), await page.evaluate(() => scrollY)];
    await touch("touchStart", [x, y]);
    for (let i = 1; i <= 8; i++) await touch("touchMove", [x + 10 * i, y]);
    await touch("touchEnd");
    await expect.poll(() => firstX(page), "80 px").toBeCloseTo(before + 80 / zoom, 1);
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
    expect(await page.evaluate(() => (window as unknown as { restarts: number }).restarts), "one gesture, one restart").toBe(1);
  });

  test("a swipe on the stage beside the handles scrolls the page and moves nothing", async ({ page }) => {
    await edit(page);
    const before = await mixture(page);
    const touch = await fingers(page);
    const { x, y, height } = (await page.getByTestId("stage").boundingBox())!;
    const from = y + height - 20;
    const scrolled = await page.evaluate(() => scrollY);
    await touch("touchStart", [x + 12, from]);
    for (let i = 1; i <= 8; i++) await touch("touchMove", [x + 12, from - 15 * i]);
    await touch("touchEnd");
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(scrolled + 50);
    expect(await mixture(page)).toBe(before);
  });

  test("a pen draws on the pad, and a finger that rests on it meanwhile does not", async ({ page }) => {
    await open(page, "data=moons&model=made&backend=cpu");
    await unfold(page);
    await page.getByTestId("draw").click();
    const pad = (await page.getByTestId("draw-canvas").boundingBox())!;
    const [x, y] = [pad.x + pad.width / 2, pad.y + pad.height / 2];
    const cdp = await page.context().newCDPSession(page);
    const touch = await fingers(page);
    const pen = (type: "mousePressed" | "mouseMoved" | "mouseReleased", dx: number, dy: number, buttons: number) =>
      cdp.send("Input.dispatchMouseEvent", {
        ...{ type, x: x + dx, y: y + dy, button: "left", buttons, pointerType: "pen", clickCount: type === "mouseMoved" ? 0 : 1 },
      });
    const count = async () => Number.parseInt((await page.locator("dgm-draw-pad output").textContent())!, 10);
    await pen("mousePressed", 0, 0, 1);
    for (let i = 1; i <= 4; i++) await pen("mouseMoved", 5 * i, 0, 1);
    await expect.poll(count).toBeGreaterThan(3);
    const drawn = await count();
    await touch("touchStart", [x - 100, y + 60]);
    for (let i = 1; i <= 4; i++) await touch("touchMove", [x - 100, y + 60 - 20 * i]);
    await touch("touchEnd");
    expect(await count(), "the palm").toBe(drawn);
    await pen("mouseMoved", 40, 0, 1);
    await pen("mouseReleased", 40, 0, 0);
    // Lifted, it hovers.
    await pen("mouseMoved", 60, 60, 0);
    expect(await count(), "the pen went on").toBeGreaterThan(drawn);
    await page.getByTestId("draw-undo").click();
    expect(await count(), "one stroke").toBe(0);
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

test("what the hand did last is kept when its handles go, unless other data were chosen under it", async ({ page }) => {
  await edit(page);
  const start = await mixture(page);
  // A key, and away before it has rested.
  await page.getByTestId("mixture-0").focus();
  await page.keyboard.press("ArrowRight");
  await page.getByTestId("mixture-done").click();
  await expect.poll(() => mixture(page)).not.toBe(start);
  const kept = await mixture(page);

  await page.getByTestId("mixture-edit").click();
  const [x, y] = await centre(page, "mixture-0-centre");
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 3 });
  await page.evaluate(() => {
    window.lab.config = { data: "moons" };
    return window.lab.ready;
  });
  await page.mouse.up();
  await expect(page.locator("dgm-mixture-editor")).toHaveCount(0);
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => window.lab.config.data)).toBe("moons");
  await page.getByTestId("data-mixture").click();
  await expect(page.getByTestId("mixture-0")).toBeVisible();
  expect(await mixture(page)).toBe(kept);
  const said = Number(kept.split("*")[0]!.split("_")[1]);
  await expect(page.getByTestId("mixture-0"), "the handles show what is learned").toHaveAttribute(
    "aria-label",
    new RegExp(`centre ${String(said).slice(0, 4)}`),
  );
});

test("Enter held down on a button presses it once", async ({ page }) => {
  await open(page, "data=moons&model=made&width=16&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  const before = (await step(page, 1)).step;
  await page.getByTestId("step").focus();
  for (let i = 0; i < 10; i++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect.poll(() => page.evaluate(() => window.lab.history.at(-1)!.step)).toBe(before + 1);
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => window.lab.history.at(-1)!.step)).toBe(before + 1);
});
