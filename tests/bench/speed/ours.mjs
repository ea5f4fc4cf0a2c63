// The engine as the page runs it. A step pays for all that it does by default: drawing its batch and its noise, the gradient's norm, Adam, the
// running average of the weights, and the losses of every step.

import { serve } from "./contestant.mjs";

// Compute dispatches so far: each is a kernel that the GPU engine starts.
let dispatches = 0;
for (const name of ["dispatchWorkgroups", "dispatchWorkgroupsIndirect"]) {
  const prototype = self.GPUComputePassEncoder?.prototype;
  const original = prototype?.[name];
  if (!original) continue;
  prototype[name] = function (...sizes) {
    dispatches++;
    return original.apply(this, sizes);
  };
}

serve(async ({ backend, patch, steps }) => {
  const folder = `/engine/${backend === "cpu" ? "cpu" : "gpu"}`;
  const dgm = await import(`${folder}/dgm.js`);
  // All of it: the page's own first part asks for the rest as it needs it.
  await dgm.default({ module_or_path: `${folder}/dgm_bg.wasm` });
  if (patch.data.startsWith("digits")) dgm.provideFile("digits.csv", await (await fetch("/digits.csv")).text());
  const engine = await dgm.Engine.open(backend);
  await engine.configure(patch);
  return {
    async losses() {
      const all = [];
      for (let i = 0; i < steps; i++) {
        const before = dispatches;
        all.push([...(await engine.step(1)).losses]);
        if (i === steps - 1) return { losses: all, dispatches: dispatches - before };
      }
    },
    run: (n) => engine.step(n),
  };
});
