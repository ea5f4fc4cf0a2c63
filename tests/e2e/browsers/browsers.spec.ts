/**
 * The browsers that Playwright cannot drive as they are shipped, Firefox and Safari's WebKit: a reader's way through the page, and every model's
 * first steps, equal to the bit in Chromium, Firefox, WebKit and Node.
 */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { expect } from "@playwright/test";
import { open, test } from "../lab.ts";
import { Driver } from "./driver.ts";
import { firefox } from "./firefox.ts";
import { journey } from "./journey.ts";
import { webkit } from "./webkit.ts";

// Firefox is fifty times slower on some machines than on others.
test.setTimeout(1_200_000);

const SEED = 7;
const STEPS = 3;

interface Losses {
  model: string;
  data: string;
  losses: number[];
}

let inNode: Losses[] | undefined;
/** What every browser must get as well. */
function wanted(): Losses[] {
  const artefact = resolve(__dirname, "../../../www/src/engine/generated/cpu");
  inNode ??= JSON.parse(
    execFileSync(process.execPath, [resolve(__dirname, "losses.mjs"), artefact, String(SEED), String(STEPS)], { encoding: "utf8" }),
  );
  return inNode!;
}

/** Runs in a page with a lab: the first steps of these rows, one after another, unseen, since pictures would take most of the time. */
async function firstSteps(rows: Losses[], seed: number, steps: number): Promise<Losses[]> {
  window.lab.style.display = "none";
  const found: Losses[] = [];
  for (const { model, data } of rows) {
    window.lab.config = { model, data, seed };
    await window.lab.ready;
    await window.lab.step(steps);
    found.push({ model, data, losses: window.lab.history.at(-1)!.losses });
  }
  return found;
}

test("every model's first steps are those of Node, to the bit: Chromium", async ({ page }) => {
  await open(page, "controls=basic&backend=cpu");
  await page.evaluate(() => window.lab.pause());
  const all = `(${firstSteps})(${JSON.stringify(wanted())}, ${SEED}, ${STEPS})`;
  expect(await page.evaluate(all)).toEqual(wanted());
});

for (const { name, start } of [firefox, webkit]) {
  test.describe(name, () => {
    let driver: Driver;
    test.beforeAll(async () => {
      driver = new Driver(await start());
    });
    test.afterAll(() => driver?.close());

    test(`a reader's way through the page`, ({ baseURL }) => journey(driver, baseURL!));

    test(`every model's first steps are those of Node, to the bit`, async ({ baseURL }) => {
      await driver.open(`${baseURL}#controls=basic&backend=cpu`);
      await driver.evaluate(async () => void (await window.lab.pause()));
      // A few at a time, since a script may not take long.
      for (let i = 0; i < wanted().length; i += 5) {
        const rows = wanted().slice(i, i + 5);
        expect(await driver.evaluate(firstSteps, rows, SEED, STEPS)).toEqual(rows);
      }
    });
  });
}
