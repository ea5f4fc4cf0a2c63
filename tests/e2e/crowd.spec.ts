/** Many figures on one page of another origin: what they cost, and that nobody sees a difference. */
import { readFileSync } from "node:fs";
import { type Browser, expect, type Page } from "@playwright/test";
import { hosted, type Lab, test } from "./lab.ts";
import { cpuTimes } from "./main-thread.ts";
import { pace } from "./pace.ts";

const FIGURES = 20;
/** Above an empty page, for the whole browser. */
const MEMORY_MB = 300;
/** A turn under way when a figure leaves the view ends in this time. */
const GRACE_MS = 500;
/** Longer than figures keep their seats without being seen. */
const FORGOTTEN_MS = 60_000;
const LONGEST_TASK_MS = 50;
const MODELS = ["realnvp", "vae", "nsf", "dsm", "fm"];

const figure = (i: number) =>
  `<p>Figure ${i}</p><div style="height: 760px; overflow: hidden"><dgm-lab data="8gaussians" model="${MODELS[i % MODELS.length]}" seed="${i}" backend="cpu" controls="basic"></dgm-lab></div>`;

const crowd = (baseURL: string) => `<script type="module" src="${baseURL}embed.js"></script>
  ${Array.from({ length: FIGURES }, (_, i) => figure(i)).join("")}<div id="end" style="height: 4000px"></div>`;

/** Counts what figures do while nobody sees them, and the steps, pictures and scores that are asked of workers. */
function watch(grace: number): void {
  const seen = { unseenSteps: 0, asked: 0, longest: 0 };
  Object.assign(window, { seen });
  const visible = (lab: Element) => {
    const { top, bottom } = lab.getBoundingClientRect();
    return bottom > 0 && top < innerHeight && document.visibilityState === "visible";
  };
  /** When each figure was last in view, and how many turns it reported a while after that. */
  const gone = new Map<Element, { at: number; turns: number }>();
  const look = () => {
    for (const lab of document.querySelectorAll("dgm-lab")) if (visible(lab)) gone.set(lab, { at: performance.now(), turns: 0 });
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.addEventListener(
    "lab-step",
    ({ target }) => {
      const lab = target as Element;
      const left = gone.get(lab) ?? { at: 0, turns: 1 };
      // The turn that was under way may have had to wait behind another figure's.
      if (!visible(lab) && performance.now() - left.at > grace && ++left.turns > 1) seen.unseenSteps++;
    },
    true,
  );
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (...args: unknown[]) {
    // To give a seat back takes a snapshot, which is neither training nor drawing.
    const { argumentList } = args[0] as { argumentList?: { value: unknown }[] };
    if (["step", "frame", "evaluate", "diagnose"].includes(String(argumentList?.[1]?.value))) seen.asked++;
    return (postMessage as (...args: unknown[]) => void).apply(this, args);
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
  }).observe({ type: "longtask" });
}

const seen = (page: Page) =>
  page.evaluate(() => (window as unknown as { seen: { unseenSteps: number; asked: number; longest: number } }).seen);

/** Nothing is asked of a worker any more, once the turns under way have ended. */
async function still(page: Page): Promise<void> {
  const askedMeanwhile = async () => {
    const before = (await seen(page)).asked;
    await page.waitForTimeout(2000);
    return (await seen(page)).asked - before;
  };
  await expect.poll(askedMeanwhile, { timeout: 12_000 }).toBe(0);
}

const scrollTo = (page: Page, i: number) =>
  page.evaluate((i) => {
    const target = document.querySelectorAll("dgm-lab, #end")[i]!;
    target.scrollIntoView({ block: target.id ? "end" : "center" });
  }, i);

const stepOf = (page: Page, i: number) =>
  page.evaluate((i) => (document.querySelectorAll("dgm-lab")[i] as Lab).history.at(-1)?.step ?? 0, i);

const beliefOf = (page: Page, i: number) =>
  page.evaluate(async (i) => {
    const lab = document.querySelectorAll("dgm-lab")[i] as Lab;
    return [...(await lab.logProb(new Float32Array([0, 0, 1, 0.5]))).values];
  }, i);

/**
 * Memory of all processes of the browser, in MB; what they share with one another is counted once. Without files that lie on disk, which
 * are the browser's program: other browsers take a part of it over while they run, and give it back when they end.
 */
async function memory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send("SystemInfo.getProcessInfo")) as { processInfo: { id: number }[] };
  await session.detach();
  return processInfo.reduce((sum, { id }) => sum + ownMemory(readFileSync(`/proc/${id}/smaps`, "utf8")), 0) / 1000;
}

/** Of one process, in kB. Shared memory has a name, too: of a file that was deleted, or of none that ever was. */
function ownMemory(smaps: string): number {
  let sum = 0;
  let onDisk = false;
  for (const line of smaps.split("\n")) {
    const [, name] = /^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) onDisk = /^\/(?!dev\/shm|memfd:)/.test(name) && !name.endsWith("(deleted)");
    const [, kilobytes] = /^Pss:\s+(\d+)/.exec(line) ?? [];
    if (kilobytes && !onDisk) sum += Number(kilobytes);
  }
  return sum;
}

test("twenty figures cost what is seen of them, and each goes on where it stood", { tag: "@alone" }, async ({ page, browser, baseURL }) => {
  test.setTimeout(600_000);
  let live = 0;
  let most = 0;
  page.on("worker", (worker) => {
    most = Math.max(most, ++live);
    worker.on("close", () => live--);
  });
  await page.addInitScript(watch, GRACE_MS);
  await page.goto(hosted(baseURL!, "<p>Nothing here.</p>"));
  await page.waitForTimeout(1000);
  const empty = await memory(browser);

  await page.goto(hosted(baseURL!, crowd(baseURL!)));
  const pool = await page.evaluate(() => Math.min(4, navigator.hardwareConcurrency));
  await expect.poll(() => stepOf(page, 0)).toBeGreaterThan(20);
  const last = await page.evaluate(() => ([...document.querySelectorAll("dgm-lab")].at(-1) as Lab).catalogue);
  expect(last, "what is far away has no engine").toBeUndefined();
  let peak = 0;
  for (let i = 1; i < FIGURES; i++) {
    await scrollTo(page, i);
    await expect.poll(() => stepOf(page, i), `figure ${i} learns`).toBeGreaterThan(3);
    peak = Math.max(peak, (await memory(browser)) - empty);
  }
  const { unseenSteps, longest, asked } = await seen(page);
  expect(asked, "what is asked of workers is counted").toBeGreaterThan(100);
  console.log(
    `${FIGURES} figures: ${peak.toFixed(0)} MB above an empty page of ${empty.toFixed(0)} MB, ${most} workers, longest task ${longest.toFixed(0)} ms`,
  );
  expect(unseenSteps, "steps out of view").toBe(0);
  expect(most, "live workers").toBeLessThanOrEqual(pool);
  expect(peak).toBeLessThan(MEMORY_MB);

  // Nothing in view: neither steps nor pictures are asked for.
  await scrollTo(page, FIGURES);
  const left = await stepOf(page, 0);
  const belief = await beliefOf(page, 0);
  await still(page);

  await expect.poll(() => live, { message: "every worker is given back", timeout: FORGOTTEN_MS + 15_000 }).toBe(0);
  await page.waitForTimeout(1000);
  console.log(`all at rest: ${((await memory(browser)) - empty).toFixed(0)} MB above an empty page`);
  expect(await beliefOf(page, 0), "from its snapshot").toEqual(belief);
  expect(await stepOf(page, 0)).toBe(left);
  await scrollTo(page, 0);
  await expect.poll(() => stepOf(page, 0), "it learns on").toBeGreaterThan(left);
  const steps = await page.evaluate(() => (document.querySelector("dgm-lab") as Lab).history.map(({ step }) => step));
  expect(steps, "one history").toEqual([...new Set(steps)].sort((a, b) => a - b));
  expect(most, "live workers").toBeLessThanOrEqual(pool);
});

test("in a tab that does not show nothing is asked of a worker", { tag: "@alone" }, async ({ page, baseURL }) => {
  await page.addInitScript(watch, GRACE_MS);
  await page.goto(hosted(baseURL!, crowd(baseURL!)));
  await expect.poll(() => stepOf(page, 0)).toBeGreaterThan(5);
  const turn = (state: string) =>
    page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await turn("hidden");
  await still(page);
  const at = await stepOf(page, 0);
  await page.waitForTimeout(1000);
  expect(await stepOf(page, 0)).toBe(at);
  await turn("visible");
  await expect.poll(() => stepOf(page, 0), "it learns on").toBeGreaterThan(at);
});

test.describe("times, on a machine that may have other work", { tag: "@alone" }, () => {
  // One quiet run in three shows what the page can do.
  test.describe.configure({ retries: 2 });

  test("while a page of twenty figures opens and is scrolled through, no task of the main thread exceeds 50 ms", async ({
    page,
    browser,
    baseURL,
  }) => {
    const before = pace().cpu;
    await browser.startTracing(page, { categories: ["toplevel"] });
    await page.goto(hosted(baseURL!, crowd(baseURL!)));
    for (let i = 0; i < FIGURES; i++) {
      await scrollTo(page, i);
      await expect.poll(() => stepOf(page, i), `figure ${i} learns`).toBeGreaterThan(0);
    }
    const cpu = cpuTimes(await browser.stopTracing());
    const slower = Math.max(before, pace().cpu);
    console.log(`longest task ${Math.max(...cpu).toFixed(0)} ms of CPU, on a machine ${slower.toFixed(2)} times slower`);
    expect(cpu.length, "the trace holds the main thread").toBeGreaterThan(100);
    expect(cpu.filter((ms) => ms > LONGEST_TASK_MS * slower)).toEqual([]);
  });
});
