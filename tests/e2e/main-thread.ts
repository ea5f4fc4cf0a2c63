/** CPU time in ms of each task that the page's main thread ran, from a trace of the category "toplevel": waiting for a core that other work holds is no time of the page's. */
export function cpuTimes(trace: Buffer): number[] {
  type Event = { name: string; ph: string; pid: number; tid: number; tdur?: number; args: { name?: string } };
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: Event[] };
  const thread = (event: Event) => `${event.pid} ${event.tid}`;
  const main = new Set(traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(thread));
  return traceEvents
    .filter((event) => event.ph === "X" && /RunTask$/.test(event.name) && main.has(thread(event)))
    .map(({ tdur = 0 }) => tdur / 1000);
}
