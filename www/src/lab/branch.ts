/** What another run needs to go on from a step of this one, with settings of its own where it is given some. */
import { saidConfig } from "../state/config.ts";
import type { Said } from "../state/setting.ts";
import type { Store } from "./store.ts";

export interface Branch {
  /** As attributes and addresses say them, as they were at that step. */
  settings: Record<string, Said>;
  /** The state of that step; the reader's own data are in it. */
  snapshot: Uint8Array;
}

/** Of `step`, or of the last step before it that is kept; the run itself stays where it is. */
export function branchAt({ session, trainer, catalogue }: Store, step: number): Promise<Branch> {
  // A step that is taken meanwhile could thin out what is asked for.
  return trainer.hold(async () => {
    const config = await session.ask("configAt", step);
    return { settings: saidConfig(config, catalogue!), snapshot: await session.ask("snapshot", step) };
  });
}
