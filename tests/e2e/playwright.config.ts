import { defineConfig } from "@playwright/test";
// `softwareWebgpu` is a WebGPU adapter without a GPU: correct, and slow.
import { quiet, softwareWebgpu } from "../chromium.json";

// Set once by the process that reads this first; the servers and the test workers inherit it.
process.env.E2E_PORT ??= String(20000 + (process.pid % 20000));
/** Tests that may run at once, each lot with a server of its own, which counts what is asked of it. */
const AT_ONCE = 2;
/** A server takes two ports. */
const port = (lot: number) => Number(process.env.E2E_PORT) + 2 * lot;
const origin = (lot: number) => `http://127.0.0.1:${port(lot)}`;
/** Where times are measured nothing else may run beside the test. */
const TIMED = /@alone/;

const browser = (args: string[]) => ({
  launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...quiet, ...args] },
});

export default defineConfig({
  testDir: ".",
  outputDir: "results",
  fullyParallel: false,
  workers: AT_ONCE,
  timeout: 120_000,
  expect: { timeout: 60_000 }, // a busy machine is slow, not wrong
  reporter: [["list"]],
  // What a page keeps for when it is offline would come beside what a test counts; the tests of that allow it.
  use: {
    baseURL: `${origin(Number(process.env.TEST_PARALLEL_INDEX ?? 0))}/playground/`,
    locale: "en-GB",
    viewport: { width: 1360, height: 860 },
    serviceWorkers: "block",
  },
  projects: [
    { name: "cpu", testIgnore: "gpu.spec.ts", grepInvert: TIMED, use: browser([]) },
    { name: "alone", testIgnore: "gpu.spec.ts", grep: TIMED, workers: 1, use: browser([]) },
    { name: "webgpu", testMatch: "gpu.spec.ts", use: browser(softwareWebgpu) },
    // Not a test: SCREENSHOT=1 playwright test --project screenshot renews the README's picture.
    ...(process.env.SCREENSHOT ? [{ name: "screenshot", testMatch: "screenshot.ts", use: browser([]) }] : []),
  ],
  webServer: Array.from({ length: AT_ONCE }, (_, lot) => ({
    command: "node server.mjs",
    env: { E2E_PORT: String(port(lot)) },
    url: `${origin(lot)}/__requests`,
    reuseExistingServer: false,
  })),
});
