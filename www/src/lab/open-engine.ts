/** Which engine a lab runs on, and why: the CPU at once, the GPU where it exists and is faster. */
import type { Adapter } from "../engine/contract.ts";
import type { Session } from "../engine/session.ts";
import type { Trainer } from "../engine/trainer.ts";
import type { Backend } from "../engine/types.ts";
import { number, type Strings } from "../i18n/index.ts";

export interface Why {
  code: "asked" | "starting" | "gpu_asked" | "gpu_missing" | "slower" | "faster" | Exclude<Adapter["reason"], "">;
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
      await session.open({ artefact: "gpu", backend: "webgpu" });
      return { code: "gpu_asked" };
    } catch {
      session.leave();
      return onCpu(session, "gpu_missing");
    }
  }
  return onCpu(session, backend === "cpu" ? "asked" : "starting");
}

async function onCpu(session: Session, code: Why["code"]): Promise<Why> {
  await session.open({ artefact: "cpu", backend: "cpu" });
  return { code };
}

/** With `backend=auto`, after training has begun: fetches the GPU engine only where a real adapter exists. */
export async function considerGpu(session: Session, trainer: Trainer): Promise<Why> {
  const adapter = await session.probe(false);
  if (!adapter.usable && adapter.reason) return { code: adapter.reason };
  const cpuMs = () => trainer.governor.millisecondsPerStep;
  try {
    const before = cpuMs();
    const gpuMs = await session.moveToGpu(cpuMs, (job) => trainer.hold(job));
    return { code: session.backend === "webgpu" ? "faster" : "slower", gpuMs, cpuMs: before };
  } catch {
    return { code: "gpu_missing" };
  }
}
