/** Firefox as distributions ship it, by its own automation port: WebDriver's commands, each a length and a line of JSON. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, ended, find, patiently, run, type Wire } from "./driver.ts";

/** Any free port, which Firefox writes down; and nothing is asked of the network by itself. */
const PREFERENCES = {
  "marionette.port": 0,
  "app.normandy.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "intl.accept_languages": "en-GB",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "ui.prefersReducedMotion": 0,
};
const SCRIPT_MS = 300_000;

async function start(): Promise<Wire> {
  const program = find([process.env.FIREFOX ?? "firefox-esr", "firefox"]);
  const profile = mkdtempSync(join(tmpdir(), "dgm-firefox-"));
  const lines = Object.entries(PREFERENCES).map(([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});`);
  writeFileSync(join(profile, "user.js"), lines.join("\n"));
  const child = run(program, ["--headless", "--marionette", "--no-remote", "--profile", profile], {
    MOZ_HEADLESS_WIDTH: "1360",
    MOZ_HEADLESS_HEIGHT: "860",
  });
  child.stdout!.resume();
  const port = await patiently(() => Number(readFileSync(join(profile, "MarionetteActivePort"), "utf8")));
  const line = new Line(await opened(port));
  await line.send("WebDriver:NewSession", { capabilities: { alwaysMatch: { timeouts: { script: SCRIPT_MS } } } });
  await line.send("WebDriver:SetTimeouts", { script: SCRIPT_MS });
  return {
    navigate: async (url) => void (await line.send("WebDriver:Navigate", { url })),
    execute: async (script, args) => (await line.send("WebDriver:ExecuteAsyncScript", { script, args, scriptTimeout: SCRIPT_MS })).value,
    act: async (actions) => void (await line.send("WebDriver:PerformActions", { actions })),
    resize: async (width, height) => void (await line.send("WebDriver:SetWindowRect", { width, height })),
    screenshot: async () => Buffer.from((await line.send("WebDriver:TakeScreenshot", { full: false })).value as string, "base64"),
    close: async () => {
      await ended(child);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function opened(port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect(port, "127.0.0.1", () => done(socket));
    socket.once("error", fail);
  });
}

type Answer = Record<string, unknown>;

class Line {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, { done(answer: Answer): void; fail(error: Error): void }>();
  #bytes = Buffer.alloc(0);
  #last = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (bytes) => this.#take(bytes));
    socket.on("close", () => {
      for (const { fail } of this.#waiting.values()) fail(new Error("Firefox hung up."));
    });
    socket.on("error", () => undefined);
  }

  send(name: string, parameters: unknown): Promise<Answer> {
    const id = ++this.#last;
    const text = JSON.stringify([0, id, name, parameters]);
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((done, fail) => this.#waiting.set(id, { done, fail }));
  }

  #take(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    for (;;) {
      const colon = this.#bytes.indexOf(":");
      const end = colon + 1 + Number(this.#bytes.subarray(0, Math.max(0, colon)));
      if (colon < 0 || this.#bytes.length < end) return;
      const message = JSON.parse(this.#bytes.toString("utf8", colon + 1, end));
      this.#bytes = this.#bytes.subarray(end);
      // The first message is a greeting.
      if (Array.isArray(message)) this.#answer(message as [number, number, { error: string; message: string } | null, Answer]);
    }
  }

  #answer([, id, error, answer]: [number, number, { error: string; message: string } | null, Answer]): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.fail(new Error(`Firefox: ${error.error}: ${error.message}`));
    else waiting?.done(answer);
  }
}

export const firefox: Browser = { name: "Firefox", start };
