/** Work that many figures of a page want to do at once, spread over tasks, so that none keeps the page from answering. */

/** What one task may take of it: well within a frame, with as much again for the browser's part. */
const TASK_MS = 8;

/** When this task's share began; none where nothing was done in it yet. */
let began: number | undefined;
let last: Promise<void> = Promise.resolve();

/** One after another: settles once those who asked before have done what they do right away, in a task that has time left. */
export function turn(): Promise<void> {
  last = last.then(open);
  return last;
}

async function open(): Promise<void> {
  while (began !== undefined && performance.now() - began > TASK_MS) await nextTask();
  if (began !== undefined) return;
  began = performance.now();
  void nextTask().then(() => {
    began = undefined;
  });
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
