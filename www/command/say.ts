/** What the command says: results to whoever reads them, everything else beside them, and a bar where somebody looks. */
import { once } from "node:events";
import { SingleBar } from "cli-progress";
import { EXIT } from "./exit.ts";
import type { Words } from "./words.ts";

/** A result. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Results that come faster than they may be read: no more are made than there is room for. */
export async function pour(lines: Iterable<string>): Promise<void> {
  for (const line of lines) if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
}

/** Something beside the results. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Who reads the results may stop to, or the disk that they go to be full: nothing is left to do then. What is said beside them may be lost. */
export function endWithReader({ closed, no_place }: Pick<Words, "closed" | "no_place">): void {
  process.stdout.on("error", (error) => {
    tell(`dgm: ${(error as NodeJS.ErrnoException).code === "EPIPE" ? closed : no_place(error.message)}`);
    process.exit(EXIT.output);
  });
  process.stderr.on("error", () => undefined);
}

/** Ends at once where somebody says stop: for what keeps nothing that would have to be closed. */
export function endWhenStopped(sentence: string): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      tell(`dgm: ${sentence}`);
      process.exit(EXIT.stopped);
    });
  }
}

/** Settles when all results are out; who ends before would not hear that nobody reads them. */
export function flushed(): Promise<void> {
  return new Promise((done) => process.stdout.write("", () => done()));
}

/** How far it is. Nothing at all where there is no terminal. */
export class Bar {
  readonly #total: number;
  readonly #bar: SingleBar;
  readonly #left: (seconds: number) => string;
  #began = 0;
  #from = 0;
  #running = false;

  /** `unit` names what is counted, with how many a second; `left` says how long it takes. */
  constructor({ unit, left }: { unit: string; left(seconds: number): string }, total: number) {
    this.#total = total;
    this.#left = left;
    const format = `{bar} {value}/{total} ${unit} · {rate}/s{rest}`;
    this.#bar = new SingleBar({
      format,
      stream: process.stderr,
      noTTYOutput: false,
      hideCursor: true,
      barsize: 24,
      etaBuffer: 1,
    });
  }

  /** `from` are done already. */
  start(from: number): void {
    this.#from = from;
    this.#began = performance.now();
    if (!process.stderr.isTTY) return;
    this.#running = true;
    this.#bar.start(this.#total + from, from, { rate: "–", rest: "" });
  }

  at(value: number, note: string): void {
    if (!this.#running) return;
    const rate = (value - this.#from) / ((performance.now() - this.#began) / 1000 || 1);
    const rest = (this.#total + this.#from - value) / rate;
    const left = Number.isFinite(rest) && rest > 0 ? this.#left(rest) : "";
    const parts = [note, left].filter((part) => part !== "").map((part) => ` · ${part}`);
    this.#bar.update(value, { rate: rate.toPrecision(3), rest: parts.join("") });
  }

  stop(): void {
    if (this.#running) this.#bar.stop();
    this.#running = false;
  }
}
