// Six models side by side, as the page opens: how often each panel is drawn, the longest task of the main thread, by the clock and in CPU time, and
// the memory of the page's process after 20 s, until when tasks are traced, and at the end; from then on a key is pressed on a slider now and then, and
// it is told how long the page takes to show it and how long the panel takes to draw by it. On a busy machine the clock says more about the machine than about the page.
//
// panels.mjs [--seconds N]: by default 60 s.

import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch, serve } from "./speed/browser.mjs";
import { median } from "./sweep/command.mjs";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "60" } } });
const SECONDS = Number(values.seconds);
const SETTLED = Math.min(20, SECONDS / 3);
const LONG_MS = 50;
// One that changes the picture of a running model.
const SLIDER = "param-temperature";
const PRESS_MS = 1500;

const dist = join(resolve(dirname(fileURLToPath(import.meta.url)), "../.."), "www/dist");
const server = await serve((path) => {
  const file = normalize(join(dist, path === "/" ? "index.html" : path));
  if (!file.startsWith(dist)) throw new Error(`outside the page: ${path}`);
  return readFileSync(file);
});
const browser = await launch();
// As high as it takes to have the settings in view beside all six.
const page = await browser.newPage({ viewport: { width: 1360, height: 1700 } });

// Every picture drawn: the moments in which a panel's canvases are cleared.
await page.addInitScript(() => {
  window.drawn = new Map();
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...args) {
    const { host } = this.canvas.getRootNode();
    if (host?.matches("dgm-plane-stage")) {
      const times = window.drawn.get(host) ?? [];
      const now = document.timeline.currentTime;
      if (times.at(-1) !== now) times.push(now);
      window.drawn.set(host, times);
    }
    return clear.apply(this, args);
  };
});
// From a slider's key to the next paint, and to the next picture of a panel whose model has heard of it.
await page.addInitScript(() => {
  window.answers = { paints: [], pictures: [] };
  const paints = (list) => window.answers.paints.push(...list.getEntries().filter(({ name }) => name === "keydown"));
  new PerformanceObserver(paints).observe({ type: "event", durationThreshold: 16 });
  const settings = () => JSON.stringify(document.querySelector("dgm-lab").panels[0].config);
  const pressed = () => {
    const [start, before] = [performance.now(), settings()];
    const wait = () => {
      const heard = settings() !== before;
      const stage = document.querySelector("dgm-lab").shadowRoot.querySelector("dgm-plane-stage");
      const drawn = window.drawn.get(stage)?.at(-1);
      if (heard && drawn > wait.heard) window.answers.pictures.push(performance.now() - start);
      else {
        if (heard) wait.heard ??= document.timeline.currentTime;
        requestAnimationFrame(wait);
      }
    };
    requestAnimationFrame(wait);
  };
  window.addEventListener("keydown", pressed, true);
});
await page.goto(server.origin);
await page.waitForFunction(() => document.querySelector("dgm-lab")?.panels?.filter(({ step }) => step > 0).length === 6, undefined, {
  timeout: 120_000,
});

const cdp = await browser.newBrowserCDPSession();
const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
const mebibytes = async () => {
  const all = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => readFileSync(`/proc/${id}/statm`, "utf8"));
  return Math.max(...all.map((line) => (Number(line.split(" ")[1]) * 4096) / 2 ** 20));
};

await browser.startTracing(page, { categories: ["toplevel"] });
const measuring = page.evaluate(async (ms) => {
  const wall = [];
  const observer = new PerformanceObserver((list) => wall.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: "longtask" });
  const from = document.timeline.currentTime;
  const before = document.querySelector("dgm-lab").panels.map(({ step }) => step);
  await new Promise((done) => setTimeout(done, ms));
  const seconds = (document.timeline.currentTime - from) / 1000;
  const after = document.querySelector("dgm-lab").panels.map(({ step }) => step);
  const rates = [...window.drawn.values()].map((times) => times.filter((time) => time > from).length / seconds);
  return { wall, rates, steps: after.map((step, i) => (step - before[i]) / seconds) };
}, SECONDS * 1000);
await new Promise((done) => setTimeout(done, SETTLED * 1000));
// What a trace takes is no memory of the page.
const cpu = cpuTimes(await browser.stopTracing());
const settled = await mebibytes();
const later = [settled];
const sampling = setInterval(async () => later.push(await mebibytes()), 10_000);
let over = false;
void measuring.finally(() => {
  over = true;
});
for (let k = 0; !over; k++) {
  await page.getByTestId(SLIDER).press(k % 2 ? "ArrowLeft" : "ArrowRight");
  await new Promise((done) => setTimeout(done, PRESS_MS));
}
const { wall, rates, steps } = await measuring;
const { paints, pictures } = await page.evaluate(() => ({
  paints: window.answers.paints.map(({ duration }) => duration),
  pictures: window.answers.pictures,
}));
clearInterval(sampling);
const end = await mebibytes();
await browser.close();
server.close();

const fixed = (values, digits = 0) => values.map((value) => value.toFixed(digits)).join(", ") || "none";
console.log(`load ${loadavg()[0].toFixed(1)} on ${cpus().length} cores, ${SECONDS} s`);
console.log(`pictures a second of each panel: ${fixed(rates, 1)}`);
console.log(`steps a second of each: ${fixed(steps, 1)}`);
console.log(
  `longest task: ${Math.max(...cpu).toFixed(0)} ms of CPU; over ${LONG_MS} ms of CPU: ${fixed(cpu.filter((ms) => ms > LONG_MS))}`,
);
console.log(`over ${LONG_MS} ms by the clock: ${wall.length} tasks, the longest ${Math.max(0, ...wall).toFixed(0)} ms`);
const told = (times) =>
  times.length === 0
    ? "never"
    : `${median(times).toFixed(0)} ms in the middle, ${Math.max(...times).toFixed(0)} ms at most, of ${times.length}`;
console.log(`from a slider's key to the next paint, where that took 16 ms or more: ${told(paints)}`);
console.log(`to the panel's picture by it: ${told(pictures)}`);
console.log(
  `memory: ${settled.toFixed(0)} MiB after ${SETTLED} s, ${end.toFixed(0)} MiB at the end (${((100 * (end - settled)) / settled).toFixed(1)} %); every 10 s: ${fixed(later)}`,
);

// CPU time in ms of each task of the page's main thread.
function cpuTimes(trace) {
  const { traceEvents } = JSON.parse(trace.toString());
  const thread = ({ pid, tid }) => `${pid} ${tid}`;
  const main = new Set(traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(thread));
  return traceEvents
    .filter((event) => event.ph === "X" && /RunTask$/.test(event.name) && main.has(thread(event)))
    .map(({ tdur = 0 }) => tdur / 1000);
}
