/** Whether WebGPU can carry the engine here. Asked in the worker, because the worker is where it will run. */
import type { Adapter } from "./contract.ts";

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render|software/i;

export async function probe(allowSoftware: boolean): Promise<Adapter> {
  // The types promise it; Firefox on some systems and every insecure page lack it.
  const gpu = navigator.gpu as GPU | undefined;
  if (!gpu) return unusable("no_webgpu");
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
  if (!adapter) return unusable("no_adapter");

  const info = adapter.info;
  const name = [info.description || info.device, info.vendor, info.architecture].filter(Boolean).join(" ");
  const software = info.isFallbackAdapter || SOFTWARE.test(name);
  if (software && !allowSoftware) return { usable: false, software, name, reason: "software_adapter" };
  // CubeCL asks for this feature without looking and panics where it is missing.
  if (!adapter.features.has("timestamp-query")) return { usable: false, software, name, reason: "no_timestamp_query" };
  return { usable: true, software, name, reason: "" };
}

function unusable(reason: Adapter["reason"]): Adapter {
  return { usable: false, software: false, name: "", reason };
}
