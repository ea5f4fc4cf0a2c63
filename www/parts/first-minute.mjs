// What a page asks of its engine before its reader does anything: one model of each family, on the plane and on the line, drawn, and a look at every
// data set. Scores, which come a while after the first steps, are left to the second part. The sizes are the page's own, since an operation has other ways for few rows than for many.

const FAMILIES = ["nce", "realnvp", "vae", "gan", "made", "fm"];
const DATA = ["8gaussians", "exam-scores"];
const POINTS = 1000;
const THUMB_POINTS = 260;
const STEPS = [1, 2, 5];
const TURNS = 140;
const STEPS_A_TURN = 30;

export async function firstMinute({
  Engine,
  catalogue,
  dataPreview,
  explainBars,
  explainBumps,
  explainCurve,
  explainGrid,
}) {
  const { models, data } = catalogue();
  const engine = await Engine.open("cpu");
  void engine.backend;
  for (const { id: set, dim } of data.filter(({ id }) => DATA.includes(id))) {
    for (const { id: model, dims, views, params: known } of models) {
      if (!FAMILIES.includes(model) || !dims.includes(dim)) continue;
      const params = Object.fromEntries(known.map((param) => [param.id, param.default]));
      const { config } = await engine.configure({ model, data: set, seed: 1, params });
      await engine.data(POINTS);
      await look(engine, views);
      for (const steps of STEPS) await engine.step(steps);
      await look(engine, views);
      await engine.diagnose();
      await engine.restore(await engine.snapshot());
      await engine.timeline();
      await engine.configure(config);
      await engine.configure({ params: { learning_rate: params.learning_rate / 2 } });
      await engine.reset();
    }
  }
  // So many turns that what is kept of a run is thinned for the first time.
  await engine.configure({ model: FAMILIES[0], data: DATA[0] });
  for (let turn = 0; turn < TURNS; turn++) await engine.step(STEPS_A_TURN);
  for (const { id } of data.filter(({ file }) => !file)) {
    dataPreview(id, THUMB_POINTS, 1);
    await engine.configure({ model: FAMILIES[0], data: id });
  }
  // The figures of lessons that need no model.
  explainBars([0.9, 0.1], [0.5, 0.5]);
  explainBumps([-1, 1], [1, 1], 0.5);
  explainCurve([1, 2, 1], -1, 1, 1);
  explainGrid(2, 10, 1e9);
  engine.free();
}

/** A picture in full and those in parts, as they follow each other while it learns. */
async function look(engine, { fields, grid, latent, walkers }) {
  const field = fields.includes("log_density") ? "log_density" : fields[0];
  const none = { samples: 0, grid: 0, latent: 0, walkers: 0, walk_steps: 2 };
  const whole = {
    samples: POINTS,
    grid: grid ? 19 : 0,
    latent: latent ? 400 : 0,
    walkers: walkers ? 48 : 0,
    walk_steps: 2,
  };
  for (const side of [24, 32, 48]) await engine.frame({ ...whole, side, field });
  await engine.frame({ ...none, samples: POINTS / 4, side: 24 });
  if (walkers) await engine.frame({ ...none, walkers: 48, side: 24 });
}
