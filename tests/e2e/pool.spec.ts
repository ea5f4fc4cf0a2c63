/** Who is served when several figures share a worker; and what becomes of the others when one of them brings it down. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, type Page } from "@playwright/test";
import { Ending } from "../../www/src/engine/ending.ts";
import { ENGINE_LOST, LabError } from "../../www/src/engine/errors.ts";
import { type Guest, Line } from "../../www/src/engine/line.ts";
import { Newest } from "../../www/src/engine/queue.ts";
import { type Lab, test } from "./lab.ts";

const JOB_MS = 8;
const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Asks the line for one job after another, and says how many were done. */
async function ask(line: Line, guest: Guest, until: number): Promise<number> {
  let done = 0;
  while (performance.now() < until) {
    await line.run(guest, () => wait(JOB_MS));
    done++;
  }
  return done;
}

test("figures in view share a worker alike, however much each asks for at once", { tag: "@alone" }, async () => {
  const line = new Line();
  const [eager, modest] = [{ distance: 0 }, { distance: 0 }];
  const until = performance.now() + 100 * JOB_MS;
  const [first, second, other] = await Promise.all([ask(line, eager, until), ask(line, eager, until), ask(line, modest, until)]);
  const share = other / (first + second + other);
  expect(share).toBeGreaterThan(0.35);
  expect(share).toBeLessThan(0.65);
});

test("a figure out of view gets less of it, and never nothing", { tag: "@alone" }, async () => {
  const line = new Line();
  const until = performance.now() + 100 * JOB_MS;
  const [near, far] = await Promise.all([ask(line, { distance: 0 }, until), ask(line, { distance: 500 }, until)]);
  expect(far).toBeGreaterThan(0);
  expect(near / far).toBeGreaterThan(2);
});

test("of those who have had nothing yet the nearest is first, and one's own calls keep their order", async () => {
  const line = new Line();
  const order: string[] = [];
  const say = (name: string) => async () => void order.push(name);
  const busy = line.run({ distance: 0 }, () => wait(JOB_MS));
  const own = { distance: 200 };
  await Promise.all([
    busy,
    line.run({ distance: 900 }, say("far")),
    line.run(own, say("near, once")),
    line.run(own, say("near, again")),
    line.run({ distance: 0 }, say("seen")),
  ]);
  expect(order).toEqual(["seen", "near, once", "near, again", "far"]);
});

test("whose reader has changed something goes first, with all that it asks for one after another", async () => {
  const line = new Line();
  const order: string[] = [];
  const say = (name: string) => async () => void order.push(name);
  const busy = line.run({ distance: 0 }, () => wait(JOB_MS));
  const other = { distance: 0 };
  const changed = { distance: 0, hurried: true };
  const others = ["one", "two"].map((name) => line.run(other, say(name)));
  const gesture = async () => {
    await line.run(changed, say("setting"));
    await line.run(changed, say("picture"));
    changed.hurried = false;
    await line.run(changed, say("step"));
  };
  await Promise.all([busy, ...others, gesture()]);
  expect(order.slice(0, 2)).toEqual(["setting", "picture"]);
  expect(order.indexOf("step"), "then it waits its turn").toBeGreaterThan(order.indexOf("one"));
});

test("an end comes before every job under way, and of those that are over nothing is kept", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const ending = new Ending();
  const answers: WeakRef<object>[] = [];
  const take = async () => void answers.push(new WeakRef(await ending.before(Promise.resolve({ samples: new Float32Array(1000) }))));
  for (let i = 0; i < 100; i++) await take();
  await wait(0);
  collect();
  expect(answers.filter((answer) => answer.deref()).length).toBeLessThan(10);

  const waiting = [ending.before(new Promise(() => undefined)), ending.before(new Promise(() => undefined))];
  ending.come(new LabError(ENGINE_LOST, "first"));
  ending.come(new LabError(ENGINE_LOST, "second"));
  for (const job of [...waiting, ending.before(Promise.resolve(1))]) await expect(job).rejects.toThrow("first");
});

test("a job that fails does not hold up the line", async () => {
  const line = new Line();
  const guest = { distance: 0 };
  const failed = line.run(guest, () => Promise.reject(new Error("no")));
  const next = line.run(guest, async () => 7);
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe(7);
});

test("of wishes only the newest waits, and an older one's failure does not lose it", async () => {
  const wishes = new Newest();
  const done: number[] = [];
  const first = wishes.run(async () => {
    await wait(JOB_MS);
    throw new Error("too old to matter");
  });
  for (const k of [1, 2, 3]) void wishes.run(async () => void done.push(k));
  expect(wishes.waiting).toBe(true);
  await first;
  expect(done).toEqual([3]);
  await expect(wishes.run(() => Promise.reject(new Error("newest")))).rejects.toThrow("newest");
});

/** The address of a page with five small figures, all in view. */
async function five(page: Page, baseURL: string): Promise<string> {
  const bare = new URL("course.html", baseURL).href;
  const figure = `<dgm-lab data="moons" model="realnvp" backend="cpu" controls="none" width="16" batch="32" style="width: 200px; display: inline-block"></dgm-lab>`;
  const body = `<!doctype html><meta charset="utf-8"><title>A course page</title><script type="module" src="./embed.js"></script>${figure.repeat(5)}`;
  await page.route(bare, (route) => route.fulfill({ contentType: "text/html", body }));
  return bare;
}

const steps = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll("dgm-lab")].map((lab) => (lab as Lab).history.at(-1)?.step ?? 0));

test("five figures in view on few workers learn alike", async ({ page, baseURL }) => {
  await page.goto(await five(page, baseURL!));
  await expect.poll(async () => Math.min(...(await steps(page)))).toBeGreaterThan(20);
  const before = await steps(page);
  await page.waitForTimeout(6000);
  const taken = (await steps(page)).map((step, i) => step - before[i]!);
  console.log(`steps in six seconds: ${taken.join(", ")}`);
  // Where one worker has two of them and the other three, shares go as 2 to 3.
  expect(Math.min(...taken) / Math.max(...taken)).toBeGreaterThan(0.3);
});

test("a panic takes its worker's other figures along, and all of them come back", async ({ page, baseURL, complaints }) => {
  await page.goto(await five(page, baseURL!));
  const labs = () => steps(page);
  await expect.poll(async () => Math.min(...(await labs()))).toBeGreaterThan(20);
  // A pause keeps the state that a restart goes back to.
  await page.evaluate(() => Promise.all([...document.querySelectorAll("dgm-lab")].map((lab) => (lab as Lab).pause())));
  const kept = await labs();
  await page.evaluate(() => {
    Object.assign(window, { lost: new Set() });
    window.addEventListener("lab-warning", (event) => {
      const { detail, target } = event as CustomEvent<{ code: string }>;
      if (detail.code === "engine_lost") (window as unknown as { lost: Set<unknown> }).lost.add(target);
    });
    for (const lab of document.querySelectorAll("dgm-lab")) (lab as Lab).play();
  });
  const workers = page.workers().filter((worker) => worker.url().includes("/worker-"));
  for (const worker of workers) {
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new WebAssembly.RuntimeError("unreachable");
      });
    });
  }
  await expect.poll(() => page.evaluate(() => (window as unknown as { lost: Set<unknown> }).lost.size)).toBe(5);
  for (const [i, step] of kept.entries()) {
    await expect.poll(async () => (await labs())[i], { message: `figure ${i} learns on` }).toBeGreaterThan(step + 5);
  }
  expect(complaints.filter((complaint) => !complaint.includes("unreachable"))).toEqual([]);
  complaints.length = 0;
});
