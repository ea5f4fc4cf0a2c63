// The native contestant: a Python process that answers as the page's workers do.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

export function native(here, python) {
  const child = spawn(python, [join(here, "native/worker.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(question, argument) {
      child.stdin.write(`${JSON.stringify({ ask: question, argument })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error("the native process ended");
      const { answer, error } = JSON.parse(value);
      if (error !== undefined) throw new Error(error);
      return answer;
    },
    close: () => child.kill(),
  };
}
