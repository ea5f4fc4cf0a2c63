import { expect, test } from "@playwright/test";
import { Governor } from "../../www/src/engine/governor.ts";
import { test as onPage, open } from "./lab.ts";

/** What a turn costs: a step, samples as they are wanted, walkers, and a field of 64 cells a side, in ms. */
interface Costs {
  step: number;
  samples: number;
  walkers: number;
  field: number;
  /** Whether samples cost the same however few they are. */
  lattice?: boolean;
}

const MODELS: Record<string, Costs> = {
  "a small flow": { step: 1, samples: 3, walkers: 0, field: 12 },
  "a spline flow": { step: 4, samples: 6, walkers: 0, field: 25 },
  "an energy": { step: 1, samples: 25, walkers: 1.5, field: 30, lattice: true },
  "an autoencoder": { step: 3, samples: 2, walkers: 0, field: 300 },
  "a solver": { step: 1.5, samples: 20, walkers: 0, field: 200 },
  "a game": { step: 15, samples: 2, walkers: 0, field: 8 },
};

/** Twenty seconds at full speed, beside others that take as much: the share that goes into steps, pictures a second, and the longest time between two. */
function run({ step, samples, walkers, field, lattice }: Costs, company = 1): { share: number; rate: number; gap: number } {
  const governor = new Governor();
  governor.company = company;
  const END = 20_000;
  let now = 1;
  let learning = 0;
  const drawn: number[] = [];
  while (now < END) {
    const { steps, detail } = governor.plan(now);
    governor.stepped(steps, steps * step);
    learning += steps * step;
    now += company * steps * step;
    if (detail === "none") continue;
    const cost = {
      all: 0,
      samples: samples * (lattice ? 1 : governor.draws),
      walkers,
      field: field * (governor.side / 64) ** 2,
    }[detail];
    now += company * cost;
    governor.drew(now, detail, cost);
    if (cost > 0) drawn.push(now);
  }
  const gaps = drawn.slice(1).map((at, i) => at - drawn[i]!);
  return { share: learning / now, rate: drawn.length / (now / 1000), gap: Math.max(...gaps) };
}

for (const [name, costs] of Object.entries(MODELS)) {
  test(`of ${name} nearly all of the time is learning, and a picture comes ten times a second`, () => {
    const { share, rate, gap } = run(costs);
    console.log(
      `${name}: ${(100 * share).toFixed(0)} % learning, ${rate.toFixed(1)} pictures a second, ${gap.toFixed(0)} ms at most between two`,
    );
    expect(share).toBeGreaterThan(0.85);
    expect(rate).toBeGreaterThan(10);
    expect(gap).toBeLessThan(250);
  });
}

for (const [name, costs] of Object.entries(MODELS)) {
  test(`of ${name} among three on one worker a picture comes four times a second`, () => {
    const { share, rate } = run(costs, 3);
    console.log(`${name} among three: ${(300 * share).toFixed(0)} % of its time learning, ${rate.toFixed(1)} pictures a second`);
    expect(rate).toBeGreaterThan(4);
    expect(3 * share).toBeGreaterThan(0.7);
  });
}

onPage("training goes on while scores are worked out", async ({ page }) => {
  await open(page, "data=8gaussians&model=realnvp&backend=cpu");
  await page.evaluate(() => window.lab.play());
  const turns = await page.evaluate(async () => {
    const scored = () => window.lab.history.findIndex(({ metrics }) => metrics);
    while (scored() < 0) await new Promise((resolve) => setTimeout(resolve, 1));
    return window.lab.history.length - 1 - scored();
  });
  // The first scores take as long as a dozen turns; one may be under way and one just done where they hold up the rest.
  console.log(`${turns} turns while scores were worked out`);
  expect(turns).toBeGreaterThan(4);
});
