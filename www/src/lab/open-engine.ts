/** Which engine a lab runs on, and why: the CPU at once, the GPU where it exists and is faster. */
import type { Adapter } from "../engine/contract.ts";
import { errorFrom } from "../engine/errors.ts";
import { CPU, GPU, OVERTAKEN, type Session } from "../engine/session.ts";
import type { Trainer } from "../engine/trainer.ts";
import type { Backend } from "../engine/types.ts";
import { number, type Strings } from "../i18n/index.ts";
import type { EngineMemory, Speeds } from "./engine-memory.ts";

export interface Why {
  code:
    | "asked"
    | "starting"
    | "compared"
    | "gpu_asked"
    | "gpu_missing"
    | "slower"
    | "faster"
    | Exclude<Adapter["reason"], "">;
  gpuMs?: number;
  cpuMs?: number;
}

export function whyText(text: Strings, { code, gpuMs, cpuMs }: Why): string {
  const why = text.why[code];
  return typeof why === "string" ? why : why(number(gpuMs ?? 0, 2), number(cpuMs ?? 0, 2));
}

export async function openEngine(session: Session, backend: Backend): Promise<Why> {
  if (backend === "webgpu") {
    // Asked for by name, a software adapter will do: tests and the curious want it.
    const adapter = await session.probe(true);
    if (!adapter.usable && adapter.reason) return onCpu(session, adapter.reason);
    try {
      await session.open(GPU);
      return { code: "gpu_asked" };
    } catch {
      session.leave();
      return onCpu(session, "gpu_missing");
    }
  }
  return onCpu(session, backend === "cpu" ? "asked" : "starting");
}

async function onCpu(session: Session, code: Why["code"]): Promise<Why> {
  await session.open(CPU);
  return { code };
}

/**
 * With `backend=auto`, once a model has begun to learn: takes the engine that is faster for it here. Both are timed once per
 * adapter and model; the GPU engine is fetched only where a real adapter exists. Undefined where another run has begun meanwhile.
 */
export async function chooseEngine(
  session: Pick<Session, "probe" | "config" | "backend" | "move">,
  trainer: Pick<Trainer, "governor" | "hold">,
  memory: Pick<EngineMemory, "get" | "put">,
): Promise<Why | undefined> {
  const adapter = await session.probe(false);
  if (!adapter.usable && adapter.reason) return { code: adapter.reason };
  const { model } = session.config;
  const hold = <T>(job: () => Promise<T>) => trainer.hold(job);
  const at = (ms: Speeds): Why => ({
    code: session.backend === "webgpu" ? "faster" : "slower",
    gpuMs: ms.webgpu,
    cpuMs: ms.cpu,
  });
  try {
    const [here, there] = session.backend === "webgpu" ? [GPU, CPU] : [CPU, GPU];
    const known = memory.get(adapter.name, model);
    if (known) {
      if (known[there.backend] < known[here.backend]) await session.move(there, () => true, hold);
      return at(known);
    }
    // A model at rest is timed as it would be elsewhere; of one that learns the last turns tell.
    let hereMs = trainer.governor.millisecondsPerStep || (await session.move(here, () => false, hold));
    const thereMs = await session.move(
      there,
      (ms) => {
        hereMs = trainer.governor.millisecondsPerStep || hereMs;
        return ms < hereMs;
      },
      hold,
    );
    const speeds = here === CPU ? { cpu: hereMs, webgpu: thereMs } : { cpu: thereMs, webgpu: hereMs };
    memory.put(adapter.name, model, speeds);
    return at(speeds);
  } catch (error) {
    return errorFrom(error).code === OVERTAKEN ? undefined : { code: "gpu_missing" };
  }
}
