import { test as base, expect, type Page } from "@playwright/test";

/** What these tests use of the public element (DESIGN, section 10). */
export interface Lab extends HTMLElement {
  ready: Promise<unknown>;
  catalogue: Catalogue;
  config: Record<string, unknown>;
  history: { step: number; losses: number[]; seconds: number; metrics?: { id: string; value: number }[] }[];
  play(): unknown;
  pause(): unknown;
  reset(): Promise<unknown>;
  step(n: number): Promise<{ step: number; losses: number[] }>;
  evaluate(): Promise<{ id: string; value: number; stderr: number; floor: number; kind: string; unit: string }[]>;
  sample(n: number, options?: { condition?: number | string }): Promise<{ shape: number[]; values: Float32Array | Float64Array }>;
  logProb(points: Float32Array): Promise<{ kind: string; values: Float32Array }>;
  snapshot(): Promise<Uint8Array>;
  branch(step: number): Promise<{ settings: Record<string, string | number>; snapshot: Uint8Array }>;
  configure(settings: Record<string, unknown>): Promise<void>;
  timeline(): Promise<number[]>;
  go(step: number): Promise<{ step: number }>;
  halfStep(): Promise<{ step: number; losses: number[] } | undefined>;
  restore(bytes: Uint8Array): Promise<unknown>;
  export(kind: string): Promise<Blob>;
  setData(
    data:
      | { points: ArrayLike<number>; dim: number }
      | {
          text: string;
          columns?: (string | number)[];
          decimal?: "." | ",";
          missing?: number | number[];
          scale?: string;
          spread?: string;
          smooth?: string;
        }
      | { mixture: Gaussian[] },
  ): Promise<unknown>;
}

export interface Gaussian {
  weight: number;
  mean: [number, number];
  sigma: [number, number];
  angle: number;
}

interface Catalogue {
  families: { id: string; defaults: { plane: string; line: string } }[];
  data: { id: string; dim: number }[];
  models: {
    id: string;
    family: string;
    paper: string;
    year: number;
    arxiv: string;
    dims: number[];
    help: { en: string; zh: string };
    losses: { id: string }[];
    density: string;
    params: {
      id: string;
      unit: string;
      kind: "float" | "int" | "choice";
      scale: "linear" | "log";
      min: number;
      max: number;
      default: number;
      group: string;
      options: { id: string }[];
    }[];
  }[];
  presets?: { id: string; patch: { data?: string; model?: string; params?: Record<string, number> } }[];
}

/** When things happened on the page, in ms since it was asked for. */
export interface Times {
  ready?: number;
  firstStep?: number;
  lastStep?: number;
  steps: number;
}

declare global {
  interface Window {
    times: Times;
    lab: Lab;
  }
}

export interface Request {
  path: string;
  status: number;
  bytes: number;
  /** When it was asked for, in ms since 1970. */
  at: number;
}

/** A page that fails its test when it logs an error, throws, or asks anything of another origin. */
export const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ page, baseURL }, use) => {
      const complaints: string[] = [];
      const { origin } = new URL(baseURL!);
      page.on("console", (message) => message.type() === "error" && complaints.push(`console: ${message.text()}`));
      page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
      page.on("request", (request) => {
        const { protocol, origin: asked } = new URL(request.url());
        if (asked === hostOf(baseURL!) && request.isNavigationRequest()) return;
        if (protocol.startsWith("http") && asked !== origin) complaints.push(`asked another origin: ${request.url()}`);
      });
      await use(complaints);
      expect(complaints, "no error in the console, no request to another origin").toEqual([]);
    },
    { auto: true },
  ],
});

/** The other origin, where pages of teachers lie. */
export function hostOf(baseURL: string): string {
  const { hostname, port } = new URL(baseURL);
  return `http://${hostname}:${Number(port) + 1}`;
}

/** A page of that origin, with a policy of its own where it has one. */
export function hosted(baseURL: string, body: string, csp = ""): string {
  const html = `<!doctype html><meta charset="utf-8"><title>A course page</title>${body}`;
  return `${hostOf(baseURL)}/?${new URLSearchParams({ html, csp })}`;
}

/** Opens the page (or another path of the site) and waits until its engine runs and its first picture is drawn. */
export async function open(page: Page, hash = "", path = ""): Promise<void> {
  await page.addInitScript(() => {
    window.times = { steps: 0 };
    // Capture on the window sees events of the element whether or not they bubble.
    window.addEventListener("lab-ready", () => (window.times.ready ??= performance.now()), true);
    window.addEventListener(
      "lab-step",
      () => {
        window.times.firstStep ??= performance.now();
        window.times.lastStep = performance.now();
        window.times.steps++;
      },
      true,
    );
  });
  await page.goto(`./${path}${hash && `#${hash}`}`);
  await ready(page);
}

export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => customElements.get("dgm-lab") && document.querySelector("dgm-lab"));
  await page.evaluate(async () => {
    window.lab = document.querySelector("dgm-lab") as Lab;
    await window.lab.ready;
  });
}

/** Everything asked of the server since the last call. */
export async function requests(page: Page, baseURL: string): Promise<Request[]> {
  return (await page.request.get(new URL("/__requests", baseURL).href)).json();
}

/** What of it a reader waits for: what was asked for before the first step. */
export async function beforeFirstStep(page: Page, baseURL: string): Promise<Request[]> {
  await page.waitForFunction(() => window.times.firstStep !== undefined);
  const until = await page.evaluate(() => performance.timeOrigin + window.times.firstStep!);
  return (await requests(page, baseURL)).filter(({ at }) => at <= until);
}

export const currentStep = (page: Page): Promise<number> => page.evaluate(() => window.lab.history.at(-1)?.step ?? 0);

/** Takes `n` steps by the element's own call. */
export const step = (page: Page, n: number) => page.evaluate((n) => window.lab.step(n), n);

/** Mean of a loss (the minimised one unless another is named by its place) over a part of the history, by step number. */
export function meanLoss(page: Page, from: number, to: number, loss = 0): Promise<number> {
  return page.evaluate(
    ([from, to, loss]) => {
      const rows = window.lab.history.filter(({ step }) => step > from! && step <= to!);
      return rows.reduce((sum, { losses }) => sum + losses[loss!]!, 0) / rows.length;
    },
    [from, to, loss],
  );
}

/** How far a loss wavers: the median change from one row of the history to the next, which one wild batch does not spoil. */
export function wavering(page: Page, from: number, to: number, loss = 0): Promise<number> {
  return page.evaluate(
    ([from, to, loss]) => {
      const rows = window.lab.history.filter(({ step }) => step > from! && step <= to!);
      const changes = rows.slice(1).map(({ losses }, i) => Math.abs(losses[loss!]! - rows[i]!.losses[loss!]!));
      return changes.sort((a, b) => a - b)[Math.floor(changes.length / 2)]!;
    },
    [from, to, loss],
  );
}

/** A picture of the stage, after the page has had a moment to draw. */
export async function stage(page: Page): Promise<Buffer> {
  await page.waitForTimeout(400);
  return page.getByTestId("stage").screenshot();
}
