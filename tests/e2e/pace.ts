/** How fast the machine is now, beside the one that the bounds on times are set for. */

/** What sorting a million numbers takes there, when it does nothing else, in ms. */
const QUIET_MS = 80;
const TRIES = 5;

/**
 * How many times slower it is at worst, never below 1: by CPU time, which grows, too, where others share a core's caches, and by the clock, which
 * also waits for a core that other work holds. The worst of some tries, since it stands beside the longest of many times.
 */
export function pace(): { cpu: number; clock: number } {
  const cpu: number[] = [];
  const clock: number[] = [];
  for (let i = 0; i < TRIES; i++) {
    const numbers = Float64Array.from({ length: 1e6 }, (_, i) => (i * 7919) % 1000003);
    const [used, at] = [process.cpuUsage(), performance.now()];
    numbers.sort();
    clock.push(performance.now() - at);
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1000);
  }
  return { cpu: Math.max(1, Math.max(...cpu) / QUIET_MS), clock: Math.max(1, Math.max(...clock) / QUIET_MS) };
}
