import { defineConfig } from "@playwright/test";
// `softwareWebgpu` is a WebGPU adapter without a GPU: correct, and slow.
import { quiet, softwareWebgpu } from "../chromium.json";

// Set once by the process that reads this first; the server and the test workers inherit it.
process.env.E2E_PORT ??= String(20000 + (process.pid % 20000));
const origin = `http://127.0.0.1:${process.env.E2E_PORT}`;

const browser = (args: string[]) => ({
  launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...quiet, ...args] },
});

export default defineConfig({
  testDir: ".",
  outputDir: "results",
  fullyParallel: false,
  workers: 1, // times are measured: nothing else may run beside a test
  timeout: 120_000,
  expect: { timeout: 60_000 }, // a busy machine is slow, not wrong
  reporter: [["list"]],
  // What a page keeps for when it is offline would come beside what a test counts; the tests of that allow it.
  use: { baseURL: `${origin}/playground/`, locale: "en-GB", viewport: { width: 1360, height: 860 }, serviceWorkers: "block" },
  projects: [
    { name: "cpu", testIgnore: "gpu.spec.ts", use: browser([]) },
    { name: "webgpu", testMatch: "gpu.spec.ts", use: browser(softwareWebgpu) },
    // Not a test: SCREENSHOT=1 playwright test --project screenshot renews the README's picture.
    ...(process.env.SCREENSHOT ? [{ name: "screenshot", testMatch: "screenshot.ts", use: browser([]) }] : []),
  ],
  webServer: { command: "node server.mjs", url: `${origin}/__requests`, reuseExistingServer: false },
});
