import { expect, test } from "@playwright/test";
import type { Adapter } from "../../www/src/engine/contract.ts";
import { LabError } from "../../www/src/engine/errors.ts";
import { Governor } from "../../www/src/engine/governor.ts";
import type { Place } from "../../www/src/engine/pool.ts";
import { EngineMemory } from "../../www/src/lab/engine-memory.ts";
import { chooseEngine } from "../../www/src/lab/open-engine.ts";

type Chooser = Parameters<typeof chooseEngine>;

/** A machine whose engines take these times a step, in ms, for each model. */
class Machine {
  backend: "cpu" | "webgpu" = "cpu";
  model = "nce";
  trials: string[] = [];
  /** Whether another run begins while one is tried. */
  left = false;
  adapter: Adapter = { usable: true, software: false, name: "a card", reason: "" };
  readonly governor = new Governor();
  readonly #costs: Record<string, Record<"cpu" | "webgpu", number>>;

  constructor(costs: Record<string, Record<"cpu" | "webgpu", number>>) {
    this.#costs = costs;
  }

  /** Some turns of the model where it is. */
  learn(model: string, turns = 20): void {
    this.model = model;
    this.governor.restart();
    // Its only turn may have compiled.
    const ms = turns === 1 ? 300 : this.#costs[model]![this.backend];
    for (let turn = 0; turn < turns; turn++) this.governor.stepped(10, 10 * ms);
  }

  get session(): Chooser[0] {
    const machine = this;
    return {
      get backend() {
        return machine.backend;
      },
      get config() {
        return { model: machine.model } as Chooser[0]["config"];
      },
      probe: async () => machine.adapter,
      move: async ({ backend }: Place, better: (ms: number) => boolean, paused) => {
        machine.trials.push(`${machine.model} ${backend}`);
        const ms = machine.#costs[machine.model]![backend];
        if (machine.left) throw new LabError("overtaken", "");
        if (better(ms)) {
          await paused(async () => {
            machine.backend = backend;
          });
        }
        return ms;
      },
    };
  }

  get trainer(): Chooser[1] {
    return { governor: this.governor, hold: (job) => job() };
  }
}

/** What a browser keeps. */
function storage(): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

const COSTS = { nce: { cpu: 1, webgpu: 3 }, vae: { cpu: 2, webgpu: 2.5 }, gan: { cpu: 9, webgpu: 2 } };

const NCE = { code: "slower", gpuMs: 3, cpuMs: 1 };
const GAN = { code: "faster", gpuMs: 2, cpuMs: 9 };

test("each model learns on the engine that is faster for it, timed once", async () => {
  const kept = storage();
  const machine = new Machine(COSTS);
  const choose = async (model: string) => {
    machine.learn(model);
    return chooseEngine(machine.session, machine.trainer, new EngineMemory(kept));
  };
  expect(await choose("nce")).toEqual(NCE);
  expect(await choose("gan")).toEqual(GAN);
  expect(machine.backend).toBe("webgpu");
  expect(machine.trials).toEqual(["nce webgpu", "gan webgpu"]);
  // From the GPU back, by what is remembered: the only trial is the move itself.
  expect(await choose("nce")).toEqual(NCE);
  expect(machine.backend).toBe("cpu");
  expect(await choose("nce")).toEqual(NCE);
  expect(machine.trials).toEqual(["nce webgpu", "gan webgpu", "nce cpu"]);
});

test("what one adapter taught says nothing of another, and what is kept may be anything", async () => {
  const kept = storage();
  const memory = new EngineMemory(kept);
  memory.put("a card", "nce", { cpu: 1, webgpu: 2 });
  expect(memory.get("another", "nce")).toBeUndefined();
  for (const spoiled of ["", "{", "null", "[]", '{"nce | a card":{"cpu":"x"}}', '{"nce | a card":null}']) {
    kept.setItem("dgm-engines", spoiled);
    expect(new EngineMemory(kept).get("a card", "nce"), spoiled).toBeUndefined();
  }
  memory.put("a card", "nce", { cpu: 1, webgpu: 2 });
  expect(memory.get("a card", "nce")).toEqual({ cpu: 1, webgpu: 2 });
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new Error("full");
    },
  };
  expect(() => new EngineMemory(full).put("a card", "nce", { cpu: 1, webgpu: 2 })).not.toThrow();
});

test("a model at rest is timed on both, and one that was left is not judged", async () => {
  const machine = new Machine(COSTS);
  const memory = new EngineMemory(storage());
  machine.model = "gan";
  expect(await chooseEngine(machine.session, machine.trainer, memory)).toEqual(GAN);
  expect(machine.trials).toEqual(["gan cpu", "gan webgpu"]);
  // So is one whose only turn was slow for another reason.
  machine.trials = [];
  machine.learn("nce", 1);
  expect(await chooseEngine(machine.session, machine.trainer, memory)).toEqual(NCE);
  expect(machine.trials).toEqual(["nce webgpu", "nce cpu"]);
  machine.learn("vae");
  machine.left = true;
  expect(await chooseEngine(machine.session, machine.trainer, memory)).toBeUndefined();
  expect(memory.get("a card", "vae")).toBeUndefined();
});

test("without a real adapter nothing is tried", async () => {
  const machine = new Machine(COSTS);
  machine.adapter = { usable: false, software: true, name: "", reason: "software_adapter" };
  expect(await chooseEngine(machine.session, machine.trainer, new EngineMemory(storage()))).toEqual({ code: "software_adapter" });
  expect(machine.trials).toEqual([]);
});
