// 10,000 runs of one step through Ray on this machine: rows a second, and what the driver takes at 1,000 rows and at the end. PYTHON has Ray.

import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Folder, prints, root } from "./command.mjs";

const ROWS = 10_000;
const EARLY = 1000;
const TICKS = 100;

export async function measure() {
  const folder = new Folder();
  folder.write("e.json", prints(ROWS));
  const args = [join(root, "www/dist/python/dgm_ray.py"), "e.json"];
  const driver = spawn(process.env.PYTHON ?? "python3", args, { cwd: folder.path, stdio: ["ignore", "ignore", "pipe"] });
  let err = "";
  driver.stderr.on("data", (text) => (err += text));
  const ended = new Promise((done) => driver.on("close", done));
  const found = [];
  for (let running = true; running; ) {
    running = await Promise.race([ended.then(() => false), new Promise((done) => setTimeout(done, 100, true))]);
    const at = seen(driver.pid, folder);
    if (at) found.push(at);
  }
  if ((await ended) !== 0) throw new Error(err);
  const [, seconds] = / rows in ([\d.]+) s/.exec(err);
  // Of its first rows a cluster's start is a part.
  const [early, late] = [found.find(({ rows }) => rows >= EARLY), found.at(-1)];
  const share = (key) => (1000 * (late[key] - early[key])) / (late.rows - early.rows);
  return [
    {
      what: `${ROWS.toLocaleString("en")} runs of one step through Ray`,
      figure: `${((late.rows - early.rows) / (late.at - early.at)).toFixed(0)} rows a second`,
      note: `${seconds} s with the start; CPU a row: driver ${share("driver").toFixed(2)} ms, table ${share("table").toFixed(2)} ms`,
    },
    {
      what: `memory of the driver at ${EARLY.toLocaleString("en")} rows and at ${ROWS.toLocaleString("en")}`,
      figure: `${early.memory.toFixed(0)} MB, ${late.memory.toFixed(0)} MB`,
      note: `${((100 * late.memory) / early.memory - 100).toFixed(1)} % more; flat within 10 %`,
    },
  ];
}

/** How far it is, what the driver holds in MB, and CPU seconds of driver and table; nothing where it is not there yet, or no more. */
function seen(pid, folder) {
  try {
    const rows = readFileSync(folder.file("rows.csv"), "utf8").split("\n").length - 3;
    const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1000;
    const collects = (id) => readFileSync(`/proc/${id}/cmdline`, "utf8").includes("--collect") && parentOf(id) === pid;
    const table = readdirSync("/proc").find((id) => /^\d+$/.test(id) && collects(id));
    return { at: performance.now() / 1000, rows, memory, driver: cpuOf(pid), table: cpuOf(table) };
  } catch {
    return undefined;
  }
}

/** Fields of a process's line from its state on. */
const statOf = (pid) => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
const parentOf = (pid) => Number(statOf(pid)[1]);
const cpuOf = (pid) => (Number(statOf(pid)[11]) + Number(statOf(pid)[12])) / TICKS;
