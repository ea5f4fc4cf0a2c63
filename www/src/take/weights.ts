/** What was learned as a safetensors file, whose metadata say all that `dgm_torch.py` needs to build the model again. */
import type { Weights } from "../engine/types.ts";
import type { About } from "./run.ts";
import { writeSafetensors } from "./safetensors.ts";

/** Of what stands under the key "dgm" of the metadata. */
const FORMAT = 1;

export function weightsFile({ tensors, levels, shift, scale, logZ }: Weights, about: About): Uint8Array<ArrayBuffer> {
  const { settings, ...rest } = about;
  const seen = {
    dim: shift.length,
    levels,
    shift: [...shift],
    scale: [...scale],
    log_z: logZ && [...logZ],
  };
  const said = { format: FORMAT, ...rest, config: settings, about: seen };
  return writeSafetensors(tensors, { format: "pt", dgm: JSON.stringify(said) });
}
