/** A browser that Playwright does not drive, by the commands of WebDriver: what a reader does with hands, and what a script of the page does. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import "../lab.ts";

/** Commands of WebDriver that are used, as each browser's own wire wants them. */
export interface Wire {
  navigate(url: string): Promise<void>;
  /** Runs the body of a function whose last argument is to be called with its result. */
  execute(script: string, args: unknown[]): Promise<unknown>;
  act(actions: unknown[]): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

export interface Browser {
  name: string;
  start(): Promise<Wire>;
}

/** As WebDriver spells keys that write nothing. */
export const KEYS = { Control: "\uE009", Tab: "\uE004", ArrowRight: "\uE014", ArrowLeft: "\uE012", PageUp: "\uE00E", PageDown: "\uE00F" };
const POLL_MS = 60;
const PATIENCE_MS = 300_000;

export class Driver {
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  navigate(url: string): Promise<void> {
    return this.#wire.navigate(url);
  }

  /** Opens a page with a lab, and waits for its first picture. From then on what goes wrong there is kept. */
  async open(url: string): Promise<void> {
    // The same page with another hash is not loaded anew.
    await this.#wire.navigate("about:blank");
    await this.#wire.navigate(url);
    await this.evaluate(async () => {
      const wrong = Object.assign(window, { wrong: [] as string[] }).wrong;
      addEventListener("error", ({ message }) => wrong.push(message));
      addEventListener("unhandledrejection", ({ reason }) => wrong.push(String(reason)));
      await customElements.whenDefined("dgm-lab");
      window.lab = document.querySelector("dgm-lab") as typeof window.lab;
      await window.lab.ready;
    });
  }

  /** Calls a function in the page, as Playwright's `page.evaluate` does. */
  async evaluate<Result, Args extends unknown[]>(work: (...args: Args) => Result | Promise<Result>, ...args: Args): Promise<Result> {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${work})(...Array.from(arguments).slice(0, -1)))
        .then((value) => done(JSON.stringify({ value })), (error) => done(JSON.stringify({ error: String(error?.stack ?? error) + " " + (error?.message ?? "") })));`;
    const { value, error } = JSON.parse((await this.#wire.execute(script, args)) as string);
    if (error) throw new Error(error);
    return value;
  }

  /** Waits until a function of the page says something true, and returns that. */
  async until<Result, Args extends unknown[]>(
    what: string,
    work: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = await this.evaluate(work, ...args);
      if (found) return found;
      if (performance.now() > end) throw new Error(`Waited ${PATIENCE_MS / 1000} s in vain: ${what}`);
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
  }

  resize(width: number, height: number): Promise<void> {
    return this.#wire.resize(width, height);
  }

  screenshot(): Promise<Buffer> {
    return this.#wire.screenshot();
  }

  /** Presses the keys down in this order, and lets them go in the other. */
  async press(...keys: string[]): Promise<void> {
    const actions = [...keys.map((value) => ({ type: "keyDown", value })), ...keys.toReversed().map((value) => ({ type: "keyUp", value }))];
    await this.#wire.act([{ type: "key", id: "keys", actions }]);
  }

  async type(text: string): Promise<void> {
    const actions = [...text].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await this.#wire.act([{ type: "key", id: "keys", actions }]);
  }

  /** A drag along these places of the view; a click where there is one only. */
  async drag(kind: "mouse" | "touch", [first, ...rest]: [number, number][]): Promise<void> {
    const move = ([x, y]: [number, number], duration: number) => ({ type: "pointerMove", x: Math.round(x), y: Math.round(y), duration });
    const actions = [
      move(first!, 0),
      { type: "pointerDown", button: 0 },
      ...rest.map((place) => move(place, 30)),
      { type: "pointerUp", button: 0 },
    ];
    await this.#wire.act([{ type: "pointer", id: kind, parameters: { pointerType: kind }, actions }]);
  }

  async wheel([x, y]: [number, number], deltaY: number): Promise<void> {
    const scroll = { type: "scroll", x: Math.round(x), y: Math.round(y), deltaX: 0, deltaY, duration: 0 };
    await this.#wire.act([{ type: "wheel", id: "wheel", actions: [scroll] }]);
  }

  close(): Promise<void> {
    return this.#wire.close();
  }
}

/** The first of these programs that is on this machine. */
export function find(names: string[]): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = names.flatMap((name) => (name.includes("/") ? [name] : folders.map((folder) => join(folder, name)))).find(existsSync);
  if (!found)
    throw new Error(`${names[0]} is not on this machine, and so nothing was tested in it; ./build.sh setup installs it or says how.`);
  return found;
}

/** A process that ends with the tests, whatever becomes of them. */
export function run(program: string, args: string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "ignore"] });
  const kill = () => child.kill();
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  return child;
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once("exit", done));
  child.kill();
  await gone;
}

/** Tries until it does not throw. */
export async function patiently<T>(work: () => T | Promise<T>): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
  }
}
