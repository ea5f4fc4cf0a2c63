/** Figures on pages of another origin, with nothing but plain static hosting behind them. */
import { expect, type Page } from "@playwright/test";
import { hosted, type Lab, ready, test } from "./lab.ts";

const FIGURE = { data: "moons", model: "realnvp", seed: "7", backend: "cpu", controls: "basic", width: "16", batch: "32" };

const tag = (baseURL: string, attributes: Record<string, string>) =>
  `<script type="module" src="${baseURL}embed.js"></script>
   <dgm-lab ${Object.entries(attributes)
     .map(([key, value]) => `${key}="${value}"`)
     .join(" ")}></dgm-lab>`;

const frame = (baseURL: string, attributes: Record<string, string>, parent: string) =>
  `<iframe width="700" height="700" src="${baseURL}embed.html#${new URLSearchParams({ ...attributes, parent })}"></iframe>`;

/** What a policy of a host's own has to allow. */
const allows = (site: string) => ({
  "default-src": "'none'",
  "script-src": `${site} 'wasm-unsafe-eval'`,
  "worker-src": "blob:",
  "connect-src": site,
  "style-src": site,
  "font-src": site,
  "frame-src": site,
});
const policy = (site: string, change: Record<string, string> = {}) =>
  Object.entries({ ...allows(site), ...change })
    .map((directive) => directive.join(" "))
    .join("; ");

/** Goes through the calls of the contract, asked of a tag or of a frame by `ask`, which is a function of the page. */
async function goThrough(page: Page): Promise<void> {
  const seen = await page.evaluate(async () => {
    const { ask } = window as unknown as { ask(call: string, ...args: unknown[]): Promise<unknown> };
    type Shaped = { shape: number[]; values: Float32Array };
    await ask("ready");
    await ask("pause");
    await ask("reset");
    const stepped = (await ask("step", 12)) as { step: number };
    const metrics = (await ask("evaluate")) as { id: string; value: number }[];
    const sample = (await ask("sample", 7)) as Shaped;
    const at = new Float32Array([0, 0, 1, 0.5]);
    const before = (await ask("logProb", at)) as Shaped;
    const bytes = (await ask("snapshot")) as Uint8Array;
    await ask("step", 5);
    await ask("restore", bytes);
    const after = (await ask("logProb", at)) as Shaped;
    const next = (await ask("step", 1)) as { step: number };
    await ask("setData", { points: Float32Array.from({ length: 80 }, (_, i) => Math.sin(i * i)), dim: 2 });
    const config = (await ask("config")) as { data: string };
    return {
      step: stepped.step,
      kl: metrics.find(({ id }) => id === "kl")?.value,
      shape: sample.shape,
      finite: [...sample.values, ...before.values].every(Number.isFinite),
      size: bytes.length,
      before: [...before.values],
      after: [...after.values],
      next: next.step,
      data: config.data,
      learned: ((await ask("step", 2)) as { step: number }).step,
    };
  });
  expect(seen).toMatchObject({ step: 12, shape: [7, 2], finite: true, next: 13, data: "custom", learned: 2 });
  expect(Number.isFinite(seen.kl)).toBe(true);
  expect(seen.size).toBeGreaterThan(100);
  expect(seen.after, "restored").toEqual(seen.before);
}

const asTag = (page: Page) =>
  page.evaluate(() => {
    const ask = (call: string, ...args: unknown[]) => {
      const member = (window.lab as unknown as Record<string, unknown>)[call];
      return typeof member === "function" ? member.apply(window.lab, args) : member;
    };
    Object.assign(window, { ask });
  });

const asFrame = (page: Page) =>
  page.evaluate(() => {
    const { contentWindow, src } = document.querySelector("iframe")!;
    let ids = 0;
    const ask = (call: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++ids;
        const heard = ({ data, source }: MessageEvent) => {
          if (source !== contentWindow || data?.id !== id) return;
          window.removeEventListener("message", heard);
          if (data.error) reject(Object.assign(new Error(data.error.message), data.error));
          else resolve(data.result);
        };
        window.addEventListener("message", heard);
        contentWindow!.postMessage({ dgm: 1, id, call, args }, new URL(src).origin);
      });
    Object.assign(window, { ask });
  });

/** What `ready` rejects with. */
const refusal = (page: Page) =>
  page.evaluate(async () => {
    await customElements.whenDefined("dgm-lab");
    const lab = document.querySelector("dgm-lab")! as unknown as { ready: Promise<unknown> };
    return lab.ready.then(
      () => undefined,
      ({ code, message }: { code: string; message: string }) => ({ code, message }),
    );
  });

const host = (baseURL: string) => new URL(hosted(baseURL, "")).origin;
const site = (baseURL: string) => new URL(baseURL).origin;

for (const [name, csp] of [
  ["of another origin", undefined],
  ["of another origin with a strict policy", policy],
] as const) {
  test(`one tag in a bare page ${name} answers every call`, async ({ page, baseURL }) => {
    await page.goto(hosted(baseURL!, tag(baseURL!, FIGURE), csp?.(site(baseURL!))));
    await ready(page);
    await asTag(page);
    await goThrough(page);
  });
}

test("a frame in a page of another origin answers every call", async ({ page, baseURL }) => {
  await page.goto(hosted(baseURL!, frame(baseURL!, FIGURE, host(baseURL!))));
  await page.frameLocator("iframe").locator("dgm-lab").waitFor({ state: "attached" });
  await asFrame(page);
  await goThrough(page);
});

test("a frame obeys nobody but the parent that it names", async ({ page, baseURL }) => {
  await page.goto(hosted(baseURL!, frame(baseURL!, FIGURE, "http://127.0.0.1:9")));
  const lab = page.frameLocator("iframe").locator("dgm-lab");
  await lab.waitFor({ state: "attached" });
  const at = () => lab.evaluate((lab) => (lab as Lab).history.at(-1)?.step ?? 0);
  await lab.evaluate(async (element) => {
    const lab = element as Lab;
    await lab.ready;
    await lab.pause();
  });
  const before = await at();
  await asFrame(page);
  const answered = await page.evaluate(() => {
    const { ask } = window as unknown as { ask(call: string, n: number): Promise<unknown> };
    return Promise.race([ask("step", 3).then(() => true), new Promise((done) => setTimeout(() => done(false), 1500))]);
  });
  expect(answered).toBe(false);
  expect(await at(), "nothing was done").toBe(before);
});

test("what is asked of a worker before its code is there waits for it", async ({ page, baseURL }) => {
  await page.route("**/worker-*.js", async (route) => {
    await new Promise((done) => setTimeout(done, 1500));
    await route.continue();
  });
  await page.goto(hosted(baseURL!, tag(baseURL!, FIGURE)));
  await ready(page);
  expect((await page.evaluate(() => window.lab.step(1))).step).toBeGreaterThan(0);
});

for (const [name, inside] of [
  [
    "a page",
    (baseURL: string) =>
      `srcdoc='<script type="module" src="${baseURL}embed.js"></script><dgm-lab data="moons" model="made" width="16" backend="cpu"></dgm-lab>'`,
  ],
  ["a frame", (baseURL: string) => `src="${baseURL}embed.html#data=moons&model=made&width=16&backend=cpu"`],
] as const) {
  test(`${name} in a sandbox, which has no origin, learns too`, async ({ page, baseURL }) => {
    await page.goto(hosted(baseURL!, `<iframe sandbox="allow-scripts" width="480" height="400" ${inside(baseURL!)}></iframe>`));
    const lab = page.frameLocator("iframe").locator("dgm-lab");
    await lab.waitFor({ state: "attached" });
    await expect.poll(() => lab.evaluate((lab) => (lab as Lab).history.at(-1)?.step ?? 0)).toBeGreaterThan(3);
  });
}

test("pictures of digits and formulas come from where the figure lies", async ({ page, baseURL, complaints }) => {
  const fonts: string[] = [];
  page.on("response", (response) => {
    if (response.ok() && response.url().endsWith(".woff2")) fonts.push(response.url());
  });
  const figure = { ...FIGURE, data: "digits", controls: "all" };
  await page.goto(hosted(baseURL!, tag(baseURL!, figure), policy(site(baseURL!))));
  await ready(page);
  expect((await page.evaluate(() => window.lab.step(2))).step).toBeGreaterThanOrEqual(2);
  expect(await page.evaluate(() => window.lab.config.data)).toBe("digits");
  await page.locator("dgm-formula .katex").first().waitFor();
  await expect.poll(() => fonts.length).toBeGreaterThan(0);
  const family = await page
    .locator("dgm-formula .katex")
    .first()
    .evaluate((formula) => getComputedStyle(formula).fontFamily);
  expect(family).toContain("KaTeX_Main");
  expect(complaints).toEqual([]);
});

for (const [directive, allowed, named] of [
  ["worker-src", "'none'", "blob:"],
  ["script-src", "", "'wasm-unsafe-eval'"],
  ["connect-src", "'none'", ""],
] as const) {
  for (const [lang, words] of [
    ["en", "This page's Content-Security-Policy keeps the figure from running"],
    ["zh", "内容安全策略"],
  ] as const) {
    test(`a policy without what ${directive} needs is named in a sentence (${lang})`, async ({ page, baseURL, complaints }) => {
      const from = site(baseURL!);
      const csp = policy(from, { [directive]: allowed || from });
      await page.goto(hosted(baseURL!, tag(baseURL!, { ...FIGURE, lang }), csp));
      const error = await refusal(page);
      expect(error?.code).toBe("blocked_by_policy");
      expect(error?.message).toContain(directive);
      const message = page.getByTestId("message").first();
      await expect(message).toBeVisible();
      for (const word of [words, directive, named || from, "<iframe>"]) await expect(message).toContainText(word);
      // The browser reports what it refused; nothing else may go wrong.
      expect(complaints.filter((complaint) => !/content security policy/i.test(complaint))).toEqual([]);
      complaints.length = 0;
    });
  }
}

test("under such a policy the frame still works", async ({ page, baseURL }) => {
  const from = site(baseURL!);
  const csp = `default-src 'none'; frame-src ${from}`;
  await page.goto(hosted(baseURL!, frame(baseURL!, FIGURE, host(baseURL!)), csp));
  const lab = page.frameLocator("iframe").locator("dgm-lab");
  await lab.waitFor({ state: "attached" });
  const stepped = await lab.evaluate(async (element) => {
    const lab = element as unknown as { ready: Promise<void>; step(n: number): Promise<{ step: number }> };
    await lab.ready;
    return lab.step(3);
  });
  expect(stepped.step).toBeGreaterThanOrEqual(3);
});

test("where the page has no workers at all, ready rejects with a code and the figure says so", async ({ page, baseURL, complaints }) => {
  await page.addInitScript(() => {
    Object.assign(window, {
      Worker: class {
        constructor() {
          throw new DOMException("No workers here.", "SecurityError");
        }
      },
    });
  });
  await page.goto(hosted(baseURL!, tag(baseURL!, FIGURE)));
  expect(await refusal(page)).toMatchObject({ code: "no_worker" });
  await expect(page.getByTestId("message").first()).toContainText("web worker");
  expect(complaints).toEqual([]);
});

test("an engine that cannot be fetched is named with the reason", async ({ page, baseURL, complaints }) => {
  await page.route("**/*.wasm", (route) => route.fulfill({ status: 404, headers: { "access-control-allow-origin": "*" } }));
  await page.goto(hosted(baseURL!, tag(baseURL!, FIGURE)));
  expect(await refusal(page)).toMatchObject({ code: "no_engine" });
  await expect(page.getByTestId("message").first()).toContainText("404");
  expect(complaints.filter((complaint) => !complaint.includes("404"))).toEqual([]);
  complaints.length = 0;
});

test("a server that does not know what wasm is will do", async ({ page, baseURL }) => {
  await page.route("**/*.wasm", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-type": "application/octet-stream" } });
  });
  await page.goto(hosted(baseURL!, tag(baseURL!, FIGURE)));
  await ready(page);
  expect((await page.evaluate(() => window.lab.step(1))).step).toBeGreaterThan(0);
});
