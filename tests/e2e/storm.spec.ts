/** Gestures of every kind, in an order that a seed fixes: nothing breaks, sticks, blurs, goes stale or is lost. */
import { type CDPSession, expect, type Page } from "@playwright/test";
import { currentStep, open, ready, test } from "./lab.ts";
import { ratios, settled, steps } from "./seen.ts";

/** A quarter of a storm in every run of the tests; GESTURES=2000 for the whole, a minute, and SEED for another one. */
const GESTURES = Number(process.env.GESTURES ?? 500);
const SEED = Number(process.env.SEED ?? 17);
const SIZES = [
  [1360, 860],
  [390, 844],
  [844, 390],
  [1000, 700],
] as const;
const MOST_FIGURES = 3;

test.use({ hasTouch: true });
test.setTimeout(240_000);

/** Mulberry32: numbers from 0 to 1 that a seed fixes. */
function dice(seed: number) {
  let state = seed;
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { roll, below: (n: number) => Math.floor(n * roll()), of: <T>(list: readonly T[]): T => list[Math.floor(list.length * roll())]! };
}

/** Gestures that go out together; between them the page is looked at anew. */
const TOGETHER = 25;

/** Places of what can be pressed or pulled and is in view, as the page lies now. */
const targets = (page: Page): Promise<[number, number][]> =>
  page.evaluate(() => {
    const found: [number, number][] = [];
    const look = (root: ParentNode) => {
      for (const element of root.querySelectorAll("*")) {
        if (element.matches("button, summary, input[type=range], input[type=checkbox], .reach, canvas[data-testid]")) {
          const { left, top, width, height } = element.getBoundingClientRect();
          const [x, y] = [left + width / 2, top + height / 2];
          if (width > 0 && x > 0 && y > 0 && x < innerWidth && y < innerHeight) found.push([x, y]);
        }
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(window.lab.shadowRoot!);
    return found.length > 0 ? found : [[innerWidth / 2, innerHeight / 2]];
  });

/** Hands on a page: each call is one whole gesture. */
function hands(page: Page, cdp: CDPSession, places: () => [number, number][], { roll, below, of }: ReturnType<typeof dice>) {
  type Pen = "mouse" | "pen";
  const all = (jobs: Promise<unknown>[]) => Promise.all(jobs);
  const mouse = (type: "mousePressed" | "mouseMoved" | "mouseReleased", x: number, y: number, pointerType: Pen = "mouse") =>
    cdp.send("Input.dispatchMouseEvent", {
      ...{ type, x, y, pointerType, clickCount: type === "mouseMoved" ? 0 : 1 },
      ...(type === "mouseMoved" ? { button: "none" as const } : { button: "left" as const, buttons: type === "mousePressed" ? 1 : 0 }),
    });
  const pull = async (kind: Pen) => {
    const [x, y] = of(places());
    const [dx, dy] = [200 * roll() - 100, 200 * roll() - 100];
    const move = (t: number) =>
      cdp.send("Input.dispatchMouseEvent", {
        type: "mouseMoved",
        x: x + t * dx,
        y: y + t * dy,
        button: "left",
        buttons: 1,
        pointerType: kind,
      });
    const released = () => mouse("mouseReleased", x + dx, y + dy, kind);
    await all([mouse("mouseMoved", x, y, kind), mouse("mousePressed", x, y, kind), move(0.5), move(1), released()]);
  };
  const touch = (type: "touchStart" | "touchMove" | "touchEnd" | "touchCancel", ...at: [number, number][]) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints: at.map(([x, y], id) => ({ x, y, id })) });
  const press = async () => {
    const [x, y] = of(places());
    await all([mouse("mouseMoved", x, y), mouse("mousePressed", x, y), mouse("mouseReleased", x, y)]);
  };
  const fingers = async () => {
    const [[a, b], [c, d]] = [of(places()), of(places())];
    const [dx, dy] = [100 * roll() - 50, 100 * roll() - 50];
    const two = roll() < 0.5;
    const end = roll() < 0.15 ? "touchCancel" : "touchEnd";
    const moved: [number, number][] = [[a + dx, b + dy], ...(two ? [[c - dx, d - dy] as [number, number]] : [])];
    const jobs = [touch("touchStart", [a, b])];
    if (two) jobs.push(touch("touchStart", [a, b], [c, d]));
    await all([...jobs, touch("touchMove", ...moved), touch(end)]);
  };
  const keys = ["Tab", "Tab", "Space", "Enter", "ArrowRight", "ArrowLeft", "ArrowUp", "PageDown", "PageUp", "Escape", "Home"];
  const key = async () => {
    const name = of(keys);
    for (let i = below(4); i >= 0; i--) await page.keyboard.down(name);
    await page.keyboard.up(name);
  };
  const screen = () => {
    const [width, height] = of(SIZES);
    return cdp.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: of([1, 2, 1.5]), mobile: false });
  };
  const wheel = async () => {
    const [x, y] = of(places());
    await cdp.send("Input.dispatchMouseEvent", { type: "mouseWheel", x, y, deltaX: 0, deltaY: 240 * roll() - 120 });
  };
  const switched = () =>
    page.evaluate(
      (id) => window.lab.shadowRoot!.querySelector<HTMLElement>(`[data-testid=${id}]`)?.click(),
      of(["lang-zh", "lang-en", "theme"]),
    );
  const pace = () => page.evaluate((play) => void (play ? window.lab.play() : window.lab.pause()), roll() < 0.5);
  /** Figures beside the lab, as a slide deck or a framework would treat them. */
  const figure = () =>
    page.evaluate(
      ([what, most]) => {
        const others = [...document.querySelectorAll("dgm-lab")].filter((each) => each !== window.lab);
        if (what === 0 && others.length < most!) {
          const added = document.createElement("dgm-lab");
          for (const [key, value] of Object.entries({ backend: "cpu", model: "made", width: "16", controls: "basic" }))
            added.setAttribute(key, value);
          document.body.append(added);
        } else if (what === 1) others[0]?.remove();
        else if (what === 2 && others[0]) document.body.append(others[0]);
        else window.lab.parentElement!.append(window.lab);
      },
      [below(4), MOST_FIGURES] as const,
    );
  /** How often each comes, out of a hundred. */
  const often: [number, () => Promise<unknown>][] = [
    [28, press],
    [16, () => pull("mouse")],
    [8, () => pull("pen")],
    [14, fingers],
    [18, key],
    [5, wheel],
    [2, screen],
    [3, switched],
    [3, pace],
    [3, figure],
  ];
  return () => {
    const at = 100 * roll();
    let sum = 0;
    for (const [share, gesture] of often) {
      sum += share;
      if (at < sum) return gesture();
    }
    return press();
  };
}

test("after a storm of random gestures the page is well, sharp and of one step, and its address opens what it says", async ({
  page,
  browser,
  baseURL,
}) => {
  // What would leave the page: its links, and menus and choosers of the browser's own.
  await page.addInitScript(() => {
    const own = (event: Event) => {
      const [first] = event.composedPath();
      if (first instanceof Element && first.closest("a, select, option, input[type=file]")) event.preventDefault();
    };
    for (const name of ["click", "mousedown", "keydown"])
      addEventListener(name, (event) => !(event instanceof KeyboardEvent && event.key === "Tab") && own(event), true);
  });
  // Selected text is dragged by the system, outside of the protocol.
  await page.addInitScript(() => addEventListener("dragstart", (event) => event.preventDefault(), true));
  // A link leads away from what is tried.
  await page.addInitScript(() => {
    const leads = (event: Event) => event.composedPath().some((node) => node instanceof HTMLAnchorElement);
    addEventListener("click", (event) => leads(event) && event.preventDefault(), true);
  });
  await open(page, "data=moons&model=made&width=16&batch=32&lang=en&backend=cpu");
  const cdp = await page.context().newCDPSession(page);
  // Fingers that pull far sideways go back to the page before; here there is none.
  await cdp.send("Page.resetNavigationHistory");
  let places = await targets(page);
  const gesture = hands(page, cdp, () => places, dice(SEED));
  const begun = performance.now();
  for (let i = 0; i < GESTURES; i += TOGETHER) {
    await Promise.all(Array.from({ length: TOGETHER }, gesture));
    places = await targets(page);
  }
  // A tap is told to the page a moment after the fingers have left it.
  await page.waitForTimeout(700);
  console.log(`${GESTURES} gestures in ${((performance.now() - begun) / 1000).toFixed(0)} s`);

  await cdp.send("Emulation.setDeviceMetricsOverride", { width: 1360, height: 860, deviceScaleFactor: 1, mobile: false });
  await page.evaluate(async () => {
    for (const each of [...document.querySelectorAll("dgm-lab")]) if (each !== window.lab) each.remove();
    const root = window.lab.shadowRoot!;
    root.querySelector<HTMLElement>("[data-testid=lang-en]")!.click();
    root.querySelector("dgm-draw-pad")?.dispatchEvent(new Event("cancel"));
    for (const over of [document, root]) for (const dialog of over.querySelectorAll("dialog, dgm-experiment")) dialog.remove();
    await window.lab.pause();
    // Of models side by side the first stays.
    window.lab.config = { panels: "" };
    await window.lab.ready;
    // Own data are in no address.
    if (window.lab.config.data === "custom") window.lab.config = { data: "moons" };
    await window.lab.ready;
  });
  await settled(page);
  await page.evaluate(async () => {
    await window.lab.step(3);
    await window.lab.evaluate();
  });
  await expect.poll(() => ratios(page), "sharp").toEqual([1]);
  const at = (await currentStep(page)).toLocaleString("en");
  await expect.poll(() => steps(page), "of one step").toEqual({ count: at, loss: at, score: at, status: at, picture: at, spoken: at });
  await expect.poll(() => page.workers().filter((worker) => worker.url().includes("/worker-")).length, "no worker too many").toBe(1);

  // A pointer without a button moves over everything: nothing follows it.
  const config = () => page.evaluate(() => window.lab.config);
  const before = await config();
  for (let i = 0; i < 12; i++) await page.mouse.move(100 * i + 60, 60 * i + 60);
  await page.waitForTimeout(500);
  expect(await config(), "no drag is stuck").toEqual(before);
  expect((await currentStep(page)).toLocaleString("en"), "it rests").toBe(at);

  const fresh = await browser.newContext({ baseURL: baseURL! });
  const other = await fresh.newPage();
  await other.goto(page.url());
  await ready(other);
  const same = ({ preset: _, backend: __, ...rest }: Record<string, unknown>) => rest;
  expect(same(await other.evaluate(() => window.lab.config))).toEqual(same(before));
  await fresh.close();
});
