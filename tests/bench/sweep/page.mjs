// A table of 100,000 runs is dropped on the lab: the longest task of the page's main thread until its picture stands, by the clock and in CPU time.

import { readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { launch, serve } from "../speed/browser.mjs";
import { Folder, prints, root } from "./command.mjs";

const ROWS = 100_000;
const dist = join(root, "www/dist");

export async function measure() {
  const server = await serve((path) => {
    const file = normalize(join(dist, path === "/" ? "index.html" : path));
    if (!file.startsWith(dist)) throw new Error(`outside the page: ${path}`);
    return readFileSync(file);
  });
  const browser = await launch();
  const rows = [];
  for (const widths of [4, 250]) rows.push(await dropped(browser, server.origin, widths));
  await browser.close();
  server.close();
  return rows;
}

async function dropped(browser, origin, widths) {
  const text = await tableOf(widths);
  const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
  await page.goto(`${origin}/#data=moons&model=made&autoplay=off&controls=full`);
  await page.waitForFunction(() => document.querySelector("dgm-lab")?.catalogue);
  await page.evaluate((text) => (window.table = new File([text], "rows.csv")), text);
  await page.waitForTimeout(2000);
  await browser.startTracing(page, { categories: ["toplevel"] });
  const seconds = await page.evaluate(async () => {
    const transfer = new DataTransfer();
    transfer.items.add(window.table);
    const begin = performance.now();
    document.querySelector("dgm-lab").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, composed: true }));
    const find = (root) => {
      for (const element of root.querySelectorAll("*")) {
        if (element.matches(".plots circle")) return element;
        const inside = element.shadowRoot && find(element.shadowRoot);
        if (inside) return inside;
      }
    };
    while (!find(document)) await new Promise((done) => setTimeout(done, 100));
    return (performance.now() - begin) / 1000;
  });
  await page.waitForTimeout(1000);
  const { cpu, wall } = longest(await browser.stopTracing());
  await page.close();
  return {
    what: `a table of ${ROWS.toLocaleString("en")} runs dropped on the lab, ${4 * widths} combinations`,
    figure: `${cpu.toFixed(0)} ms of CPU in the longest task`,
    note: `at most 50; ${wall.toFixed(0)} ms by the clock; the picture stands after ${seconds.toFixed(1)} s`,
  };
}

async function tableOf(widths) {
  const folder = new Folder();
  const seeds = ROWS / (4 * widths);
  const asked = prints(seeds, {
    models: ["made", "nce"],
    data: ["moons", "8gaussians"],
    settings: { width: Array.from({ length: widths }, (_, k) => 4 + k) },
  });
  folder.write("e.json", asked);
  const rows = [];
  for (const model of asked.models)
    for (const data of asked.data)
      for (const width of asked.settings.width)
        for (let seed = 1; seed <= seeds; seed++) {
          const metrics = ["kl", "nll", "mmd"].map((id, k) => ({
            id,
            value: 1 / width + ((seed * 7919) % 101) / 1000 + k,
            stderr: 0.01,
            floor: 0,
          }));
          rows.push(`${JSON.stringify({ model, data, seed, settings: { width }, steps: 1, metrics })}\n`);
        }
  await folder.dgm(["sweep", "e.json", "--collect", "--json"], rows.join(""));
  return readFileSync(folder.file("rows.csv"), "utf8");
}

/** Milliseconds of the longest tasks of the page's main thread. */
function longest(trace) {
  const { traceEvents } = JSON.parse(trace.toString());
  const thread = ({ pid, tid }) => `${pid} ${tid}`;
  const main = new Set(traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(thread));
  const tasks = traceEvents.filter((event) => event.ph === "X" && /RunTask$/.test(event.name) && main.has(thread(event)));
  const most = (key) => Math.max(...tasks.map((event) => event[key] ?? 0)) / 1000;
  return { cpu: most("tdur"), wall: most("dur") };
}
