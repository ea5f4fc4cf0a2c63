/** What a lesson asks of a figure: where it begins and stops, how fast, what is to be reached, and what stands under it. */
import { expect, type Page } from "@playwright/test";
import { hosted, hostOf, type Lab, ready, test } from "./lab.ts";

const small = `data="8gaussians" model="realnvp" width="16" batch="32" layers="2" backend="cpu" controls="basic"`;

async function show(page: Page, baseURL: string, attributes: string, before = ""): Promise<void> {
  await page.addInitScript(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    for (const name of ["lab-state", "lab-goal", "lab-warning"]) {
      window.addEventListener(name, (event) => told.push({ name, ...(event as CustomEvent).detail }));
    }
  });
  const body = `<script type="module" src="${baseURL}embed.js"></script>${before}<dgm-lab ${small} ${attributes}></dgm-lab>`;
  await page.goto(hosted(baseURL, body));
}

const step = (page: Page) => page.evaluate(() => (document.querySelector("dgm-lab") as Lab).history.at(-1)?.step ?? 0);
const told = (page: Page, name: string) =>
  page.evaluate((name) => (window as unknown as { told: Record<string, unknown>[] }).told.filter((each) => each.name === name), name);
const playing = (page: Page) => page.evaluate(() => (window.lab as Lab & { playing: boolean }).playing);

test("it stops by itself at the step that was asked for, and goes on when it is played again", async ({ page, baseURL }) => {
  await show(page, baseURL!, 'stop-at="37"');
  await ready(page);
  await expect.poll(() => playing(page)).toBe(false);
  expect(await step(page)).toBe(37);
  await page.evaluate(() => window.lab.play());
  await expect.poll(() => step(page)).toBeGreaterThan(45);
  await page.evaluate(() => window.lab.reset());
  await expect.poll(() => playing(page), "a new run stops there again").toBe(false);
  expect(await step(page)).toBe(37);
});

test("it begins at a step, or from a snapshot, and by hand where it should", async ({ page, baseURL }) => {
  await show(page, baseURL!, 'start-at="12" autoplay="off"');
  await ready(page);
  expect(await step(page)).toBe(12);
  const belief = () => page.evaluate(async () => [...(await window.lab.logProb(new Float32Array([0, 0, 1, 0.5]))).values]);
  const [before, bytes] = [await belief(), await page.evaluate(async () => [...(await window.lab.snapshot())])];
  await page.waitForTimeout(500);
  expect(await step(page), "nobody pressed play").toBe(12);

  await page.route("**/kept.bin", (route) => route.fulfill({ body: Buffer.from(bytes), headers: { "access-control-allow-origin": "*" } }));
  await show(page, baseURL!, `start-at="${baseURL}kept.bin" autoplay="off"`);
  await ready(page);
  expect(await belief()).toEqual(before);
  expect((await page.evaluate(() => window.lab.step(1))).step).toBe(13);
});

test("a speed is kept to", async ({ page, baseURL }) => {
  await show(page, baseURL!, 'speed="5"');
  await ready(page);
  await expect.poll(() => step(page)).toBeGreaterThan(1);
  const from = await step(page);
  await page.waitForTimeout(2000);
  expect((await step(page)) - from).toBeLessThanOrEqual(11);
  await expect(page.locator("dgm-lab .speed output")).toHaveText("5/s");
});

test("a goal is told once a run, with the step and the score", async ({ page, baseURL }) => {
  await show(page, baseURL!, 'goal="kl<50" autoplay="off"');
  await ready(page);
  await page.evaluate(() => window.lab.step(3));
  const metrics = await page.evaluate(() => window.lab.evaluate());
  await page.evaluate(() => window.lab.evaluate());
  expect(await told(page, "lab-goal")).toEqual([
    { name: "lab-goal", id: "kl", step: 3, value: metrics.find(({ id }) => id === "kl")!.value },
  ]);
  await page.evaluate(async () => {
    await window.lab.reset();
    await window.lab.step(1);
    await window.lab.evaluate();
  });
  expect(await told(page, "lab-goal")).toHaveLength(2);
  await page.evaluate(async () => {
    window.lab.setAttribute("stop-at", "90");
    await window.lab.evaluate();
  });
  expect(await told(page, "lab-goal"), "the same run to another end").toHaveLength(2);

  await page.evaluate(() => window.lab.setAttribute("goal", "kl<-1"));
  await page.evaluate(() => window.lab.evaluate());
  expect(await told(page, "lab-goal"), "not reached").toHaveLength(2);
});

test("a caption stands under the picture, also in a frame", async ({ page, baseURL }) => {
  const caption = "Eight bumps, and a flow that finds them.";
  await show(page, baseURL!, `caption="${caption}" style="height: 300px; width: 400px"`);
  await expect(page.getByTestId("caption")).toHaveText(caption);
  await ready(page);
  await expect(page.getByTestId("caption")).toBeInViewport({ ratio: 1 });
  await page.evaluate(() => window.lab.setAttribute("caption", "Another."));
  await expect(page.getByTestId("caption")).toHaveText("Another.");

  const src = `${baseURL}embed.html#${new URLSearchParams({ caption, "stop-at": "9", backend: "cpu", model: "realnvp", parent: hostOf(baseURL!) })}`;
  await page.goto(hosted(baseURL!, `<iframe width="500" height="400" src="${src}"></iframe>`));
  const inside = page.frameLocator("iframe");
  await expect(inside.getByTestId("caption")).toHaveText(caption);
  await expect(inside.getByTestId("step-count")).toHaveText("9");
});

test("a lesson says which controls, layers, charts and scores a figure has, also in a frame", async ({ page, baseURL }) => {
  const only = "controls: transport width; layers: samples; charts: side score; scores: reverse_kl";
  await show(page, baseURL!, `show="${only}" autoplay="off"`);
  await ready(page);
  await page.evaluate(() => window.lab.step(2));
  await page.evaluate(() => window.lab.evaluate());
  const lab = page.locator("dgm-lab");
  for (const id of ["play", "param-width", "side", "kl-chart", "score-reverse_kl"]) await expect(lab.getByTestId(id)).toBeVisible();
  for (const id of ["speed", "data", "model", "engine", "param-learning_rate", "status", "loss-chart", "kl", "score-kl"]) {
    await expect(lab.getByTestId(id), id).toHaveCount(0);
  }
  await expect(lab.getByTestId("legend")).toHaveText(/^\s*samples, from P_φ\s*$/);
  const inked = () =>
    page.evaluate(() => {
      const { shadowRoot } = window.lab.shadowRoot!.querySelector("dgm-plane-stage")!;
      return [...shadowRoot!.querySelectorAll("canvas")].map((canvas) => {
        if (canvas.width === 0) return false;
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value) => value > 0);
      });
    });
  await expect.poll(inked, "field, data, samples, walkers, axes").toEqual([false, false, true, false, false]);
  await page.evaluate(() => window.lab.setAttribute("show", "layers: data"));
  await expect.poll(inked).toEqual([false, true, false, false, false]);
  await expect(lab.getByTestId("data"), "a group that is not named is as usual").toBeVisible();

  await page.goto(
    hosted(
      baseURL!,
      `<iframe width="1000" height="700" src="${baseURL}embed.html#${new URLSearchParams({ show: only, backend: "cpu" })}"></iframe>`,
    ),
  );
  const inside = page.frameLocator("iframe");
  await expect(inside.getByTestId("param-width")).toBeVisible();
  await expect(inside.getByTestId("kl-chart")).toBeVisible();
  await expect(inside.getByTestId("data")).toHaveCount(0);
});

test("an energy is shown as the energy or as the density, as a lesson likes", async ({ page, baseURL }) => {
  await show(page, baseURL!, "");
  for (const [look, named] of [
    ["density", "density, by numerical integration"],
    ["energy", "energy E(x)"],
  ] as const) {
    await page.goto(
      hosted(
        baseURL!,
        `<script type="module" src="${baseURL}embed.js"></script><dgm-lab model="nce" width="16" batch="32" backend="cpu" autoplay="off" show="layers: ${look}"></dgm-lab>`,
      ),
    );
    await ready(page);
    await expect(page.getByTestId("legend")).toContainText(named);
  }
});

test("it says when it plays, rests out of view and is paused; told to play on, it does so everywhere", async ({ page, baseURL }) => {
  const states = async () => (await told(page, "lab-state")).map(({ state }) => state);
  await show(page, baseURL!, "", '<div style="height: 3000px"></div>');
  await page.waitForTimeout(500);
  expect(await step(page)).toBe(0);
  await page.evaluate(() => document.querySelector("dgm-lab")!.scrollIntoView());
  await ready(page);
  await expect.poll(states).toEqual(["resting", "paused", "playing"]);
  await page.evaluate(() => scrollTo(0, 0));
  await expect.poll(states).toEqual(["resting", "paused", "playing", "resting"]);
  await page.evaluate(() => document.querySelector("dgm-lab")!.scrollIntoView());
  await page.evaluate(() => window.lab.pause());
  await expect.poll(async () => (await states()).at(-1)).toBe("paused");

  await show(page, baseURL!, 'autoplay="on"', '<div style="height: 3000px"></div>');
  await expect.poll(() => step(page)).toBeGreaterThan(10);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.evaluate(() => document.querySelector("dgm-lab")!.scrollIntoView());
  await expect.poll(states).toContain("playing");
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(500);
  const away = await step(page);
  await expect.poll(() => step(page), "out of view again").toBeGreaterThan(away);
});

test("what a lesson says wrongly is named, and the figure works", async ({ page, baseURL }) => {
  await show(page, baseURL!, 'speed="fast" goal="small" stop-at="-3" autoplay="maybe" show="controls: transport colour"');
  await ready(page);
  const [warning] = await told(page, "lab-warning");
  expect(warning).toMatchObject({ code: "dropped" });
  for (const part of ["speed=fast", "20", "goal=small", "kl<0.05", "stop-at=-3", "autoplay=maybe", "visible, on, off", "show=colour"]) {
    expect(String(warning!.message)).toContain(part);
  }
  await expect.poll(() => step(page)).toBeGreaterThan(3);

  await show(page, baseURL!, 'show="layers: data paint"');
  await ready(page);
  const [layer] = await told(page, "lab-warning");
  expect(String(layer!.message)).toContain("show=layers: data paint");
});

test("where its snapshot cannot be had it says so and begins at the beginning", async ({ page, baseURL, complaints }) => {
  await show(page, baseURL!, `start-at="${baseURL}gone.bin"`);
  await ready(page);
  await expect(page.getByTestId("message").first()).toContainText("gone.bin");
  await expect.poll(() => step(page)).toBeGreaterThan(3);
  // The browser reports the missing file; nothing else may go wrong.
  expect(complaints.filter((complaint) => !/404/.test(complaint))).toEqual([]);
  complaints.length = 0;
});
