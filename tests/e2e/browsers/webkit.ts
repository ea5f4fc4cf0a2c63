/** WebKit, Safari's engine, as GTK's distributions ship it, by its WebDriver, on a screen that nobody sees. */
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { type Browser, ended, find, patiently, run, type Wire } from "./driver.ts";

const SCRIPT_MS = 60_000;

/** The small browser that comes with the library; of several generations the newest. */
function miniBrowser(): string {
  const libraries = ["/usr/lib", "/usr/libexec", ...inside("/usr/lib").filter((path) => path.endsWith("-linux-gnu"))];
  const generations = libraries.flatMap(inside).filter((path) => /webkit2?gtk-[\d.]+$/.test(path));
  return find([
    process.env.WEBKIT ?? "MiniBrowser",
    ...generations
      .toSorted()
      .toReversed()
      .map((path) => `${path}/MiniBrowser`),
  ]);
}

function inside(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

async function start(): Promise<Wire> {
  const [driverPath, screenPath, binary] = [find(["WebKitWebDriver"]), find(["Xvfb"]), miniBrowser()];
  const screen = run(screenPath, ["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]);
  const display = await new Promise<string>((done) => screen.stdout!.once("data", (number) => done(`:${String(number).trim()}`)));
  const port = await freePort();
  // Nothing composes pictures on a graphics card that is not there; and in a container there is no sandbox to be had.
  const env = { DISPLAY: display, WEBKIT_DISABLE_COMPOSITING_MODE: "1", WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" };
  const driver = run(driverPath, [`--port=${port}`], env);
  driver.stdout!.resume();
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const { value } = (await answer.json()) as { value: unknown };
    if (!answer.ok) throw new Error(`WebKit: ${JSON.stringify(value)}`);
    return value;
  };
  await patiently(() => ask("GET", "/status"));
  const options = { binary, args: ["--automation"] };
  const session = { alwaysMatch: { "webkitgtk:browserOptions": options, timeouts: { script: SCRIPT_MS } } };
  const { sessionId } = (await ask("POST", "/session", { capabilities: session })) as { sessionId: string };
  const at = `/session/${sessionId}`;
  const post = (path: string, body: unknown) => ask("POST", `${at}/${path}`, body);
  return {
    navigate: async (url) => void (await post("url", { url })),
    execute: (script, args) => post("execute/async", { script, args }),
    act: async (actions) => void (await post("actions", { actions })),
    resize: async (width, height) => void (await post("window/rect", { width, height })),
    screenshot: async () => Buffer.from((await ask("GET", `${at}/screenshot`)) as string, "base64"),
    close: async () => {
      await ask("DELETE", at).catch(() => undefined);
      await ended(driver);
      await ended(screen);
    },
  };
}

export const webkit: Browser = { name: "WebKit", start };
