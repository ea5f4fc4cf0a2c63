/** What a step of each model costs on this machine, in ms, by either engine: remembered from visit to visit, for each adapter. */

export interface Speeds {
  cpu: number;
  webgpu: number;
}

type Kept = Pick<Storage, "getItem" | "setItem">;

const KEY = "dgm-engines";
/** More than there are models, and few enough to be read at once. */
const MOST = 200;

export class EngineMemory {
  readonly #storage: Kept | undefined;

  constructor(storage: Kept | undefined = own()) {
    this.#storage = storage;
  }

  get(adapter: string, model: string): Speeds | undefined {
    const known = this.#all()[name(adapter, model)];
    const numbers = [known?.cpu, known?.webgpu];
    return numbers.every((ms) => typeof ms === "number" && ms > 0) ? known : undefined;
  }

  put(adapter: string, model: string, speeds: Speeds): void {
    const all = { ...this.#all(), [name(adapter, model)]: speeds };
    const kept = Object.fromEntries(Object.entries(all).slice(-MOST));
    try {
      this.#storage?.setItem(KEY, JSON.stringify(kept));
    } catch {
      // Full, or forbidden here: it is measured again the next time.
    }
  }

  #all(): Record<string, Speeds> {
    try {
      const all: unknown = JSON.parse(this.#storage?.getItem(KEY) ?? "{}");
      return typeof all === "object" && all !== null ? (all as Record<string, Speeds>) : {};
    } catch {
      return {};
    }
  }
}

const name = (adapter: string, model: string) => `${model} | ${adapter}`;

/** The page's own; none where a frame of another origin may not have it. */
function own(): Kept | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
