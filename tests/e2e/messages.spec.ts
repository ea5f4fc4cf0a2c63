/** A frame and a thousand messages that no honest page sends: each is left alone or answered with a code, and the figure goes on. */
import { expect } from "@playwright/test";
import { hosted, hostOf, type Lab, test } from "./lab.ts";

const FIGURE = { data: "moons", model: "realnvp", seed: "7", backend: "cpu", width: "16", batch: "32", autoplay: "off" };
const MESSAGES = 1000;

test("whatever a frame is sent, it goes on, and answers only its parent", async ({ page, baseURL }) => {
  test.setTimeout(180_000);
  const src = (parent: string) => `${baseURL}embed.html#${new URLSearchParams({ ...FIGURE, parent })}`;
  // A second frame of the same page is of another origin than the parent.
  await page.goto(
    hosted(
      baseURL!,
      `<iframe id="lab" width="500" height="600" src="${src(hostOf(baseURL!))}"></iframe><iframe id="other" src="${baseURL}favicon.svg"></iframe>`,
    ),
  );
  const lab = page.frameLocator("#lab").locator("dgm-lab");
  const before = await lab.evaluate(async (element) => {
    const lab = element as Lab;
    await lab.ready;
    return { config: lab.config };
  });

  const answered = await page.evaluate(async (count) => {
    // mulberry32: the same messages every time.
    let state = 20261128;
    const random = () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
    const circle: unknown[] = [];
    circle.push(circle);
    const values = [
      undefined,
      null,
      true,
      -1,
      0,
      0.5,
      1e9,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      7n,
      "",
      "step",
      "__proto__",
      "x".repeat(100_000),
    ] as const;
    const shapes = [
      {},
      [],
      circle,
      new Date(0),
      new Map([[1, 2]]),
      new Float32Array(3),
      new Uint8Array(50_000),
      { points: "none" },
      { text: 5 },
    ] as const;
    const calls = [
      "step",
      "sample",
      "logProb",
      "setData",
      "restore",
      "configure",
      "constructor",
      "remove",
      "opening",
      "innerHTML",
      "__proto__",
      "toString",
      "",
      "eval",
    ] as const;
    const any = () => (random() < 0.6 ? one(values) : one(shapes));
    const message = (id: number): { sent: unknown; due: boolean } => {
      const kind = random();
      if (kind < 0.2) return { sent: any(), due: false };
      if (kind < 0.35) return { sent: { dgm: one([0, 2, "1", null, 1.5]), id, call: "step", args: [1] }, due: false };
      if (kind < 0.45) return { sent: { dgm: 1, id, call: one([5, null, {}, []]), args: [] }, due: false };
      // Calls that exist have something wrong among what is passed; none is one that would do as it is told.
      const call = one(calls);
      const wrong = one([
        null,
        -1,
        0.5,
        Number.NaN,
        "three",
        { dots: [] },
        { model: "none" },
        { width: -4 },
        [Number.NaN],
        {},
        call === "sample" ? 1e12 : 0,
      ]);
      const args =
        call === "configure"
          ? one([[{ model: "none" }], [{ width: -4 }], [{ nothing: 1 }]])
          : one([[wrong], [wrong, any()], one([5, null, "none", {}])]);
      return { sent: { dgm: 1, id, call, args }, due: true };
    };

    const lab = document.getElementById("lab") as HTMLIFrameElement;
    const target = new URL(lab.src).origin;
    const heard = new Map<number, { code?: string; result?: boolean }>();
    const strange: unknown[] = [];
    window.addEventListener("message", ({ data, source }) => {
      if (source !== lab.contentWindow) return;
      if (data?.dgm === 1 && typeof data.id === "number") heard.set(data.id, { code: data.error?.code, result: "result" in data });
      else if (data?.dgm !== 1 || typeof data.event !== "string") strange.push(data);
    });
    const due = new Set<number>();
    for (let id = 1; id <= count; id++) {
      const made = message(id);
      lab.contentWindow!.postMessage(made.sent, target);
      if (made.due) due.add(id);
      if (id % 50 === 0) await new Promise((done) => setTimeout(done));
    }
    // The last is an honest one: what came before it has been seen by then.
    const last = count + 1;
    lab.contentWindow!.postMessage({ dgm: 1, id: last, call: "config" }, target);
    const until = performance.now() + 60_000;
    const open = () => [...due, last].filter((id) => !heard.has(id));
    while (open().length > 0 && performance.now() < until) await new Promise((done) => setTimeout(done, 50));
    const codes = [...heard].flatMap(([id, { code }]) => (id !== last ? [code ?? ""] : []));
    return {
      due: due.size,
      open: open().length,
      undue: [...heard.keys()].filter((id) => id !== last && !due.has(id)).length,
      done: codes.filter((code) => !code).length,
      kinds: [...new Set(codes)].sort(),
      strange,
    };
  }, MESSAGES);

  expect(answered).toMatchObject({ open: 0, undue: 0, strange: [] });
  expect(answered.due).toBeGreaterThan(300);
  expect(answered.kinds, "no engine was lost to it").not.toContain("engine_lost");
  expect(answered.kinds).toEqual(expect.arrayContaining(["unknown_id", "out_of_range", "bad_request", "bad_snapshot", "ragged_data"]));

  const stood = await lab.evaluate((lab) => (lab as Lab).history.at(-1)?.step ?? 0);
  // What would be obeyed of the parent comes from a neighbour, and from the frame itself.
  const ask = "for (let i = 0; i < 100; i++) to.postMessage({ dgm: 1, id: i, call: i % 2 ? 'reset' : 'step', args: [5] }, '*')";
  for (const [name, to] of [
    ["other", "parent.frames[0]"],
    ["lab", "window"],
  ]) {
    const frame = await (await page.locator(`#${name}`).elementHandle())!.contentFrame();
    await frame!.evaluate(`{ const to = ${to}; ${ask} }`);
  }
  await page.waitForTimeout(500);
  expect(await lab.evaluate((lab) => (lab as Lab).history.at(-1)?.step ?? 0), "nothing was obeyed").toBe(stood);
  const after = await lab.evaluate(async (element) => {
    const lab = element as Lab;
    await lab.reset();
    return { config: lab.config, step: (await lab.step(2)).step };
  });
  expect(after).toEqual({ config: before.config, step: 2 });
});
