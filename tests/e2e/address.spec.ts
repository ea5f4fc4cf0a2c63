/** The address: what it may ask for, and that it always says what is set. */
import { expect, type Page } from "@playwright/test";
import { currentStep, open, ready, test } from "./lab.ts";

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

test("a key by a name that every object has is no key, and is named too", async ({ page }) => {
  for (const path of ["", "embed.html"]) {
    await open(page, "constructor=1&__proto__=2&toString=&params=3&seed=-1&width=1e999&data=moons&model=made&backend=cpu", path);
    for (const words of ["constructor=1", "__proto__=2", "toString=", "params=3", "seed=-1 (now 0)", "width=1e999"])
      await expect(page.getByTestId("message")).toContainText(words);
    expect(await page.evaluate(() => window.lab.config)).toMatchObject({ data: "moons", model: "made", seed: 0 });
    const codes = await page.evaluate(() =>
      ["constructor", "__proto__", "toString"].map((key) => {
        try {
          window.lab.config = JSON.parse(`{"${key}":"x"}`);
        } catch (error) {
          return (error as { code: string }).code;
        }
        return "taken";
      }),
    );
    expect(codes).toEqual(["unknown_id", "unknown_id", "unknown_id"]);
    await page.goto("about:blank");
  }
});

const says = (page: Page, key: string) => page.evaluate((key) => new URLSearchParams(location.hash.slice(1)).get(key), key);
const rate = (page: Page) => page.evaluate(() => String(window.lab.config.learning_rate));

/** Sets the learning rate's slider to another place every 10 ms. */
async function drag(page: Page, ms: number): Promise<void> {
  await page.getByTestId("param-learning_rate").evaluate(async (element, ms) => {
    const input = element as HTMLInputElement;
    for (let i = 0; i < ms / 10; i++) {
      input.value = String(100 + Math.round(80 * Math.sin(i)));
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((done) => setTimeout(done, 10));
    }
  }, ms);
}

test("it is written at most once a second, and again where the browser refuses: the last value gets there", async ({ page }) => {
  await page.addInitScript(() => {
    const tries: number[] = [];
    const watched = Object.assign(window, { tries, refusing: false });
    const real = history.replaceState.bind(history);
    history.replaceState = (...all: Parameters<typeof real>) => {
      tries.push(performance.now());
      if (watched.refusing) throw new DOMException("too often", "SecurityError");
      real(...all);
    };
  });
  await open(page, "data=moons&model=nce&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  const refuse = (refusing: boolean) => page.evaluate((refusing) => void Object.assign(window, { refusing }), refusing);
  const tries = () => page.evaluate(() => (window as unknown as { tries: number[] }).tries);
  const gaps = (times: number[]) => times.slice(1).map((time, i) => time - times[i]!);
  // Once a second while the hand holds it, wherever it is.
  await page.mouse.move(2, 2);
  await page.mouse.down();
  await page.evaluate(() => (window as unknown as { tries: number[] }).tries.splice(0));
  await drag(page, 2500);
  expect((await tries()).length).toBeGreaterThan(1);
  expect(Math.min(...gaps(await tries()))).toBeGreaterThan(990);
  await page.mouse.up();
  await refuse(true);
  await drag(page, 600);
  const before = await says(page, "learning_rate");
  expect(before, "refused so far").not.toBe(await rate(page));
  await refuse(false);
  const set = await rate(page);
  await expect.poll(() => says(page, "learning_rate"), { timeout: 2000 }).toBe(set);
  expect(Math.min(...gaps(await tries()))).toBeGreaterThan(320);
});

test("who leaves at once takes the last value along", async ({ page }) => {
  await open(page, "data=moons&model=nce&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  await drag(page, 300);
  const set = await rate(page);
  await page.goto("about:blank");
  await page.goBack();
  await ready(page);
  expect(await rate(page)).toBe(set);
});
