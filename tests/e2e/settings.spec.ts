import { expect, type Page } from "@playwright/test";
import zh from "../../www/src/i18n/zh.ts";
import { open, step, test } from "./lab.ts";

const config = (page: Page) => page.evaluate(() => window.lab.config);
const hash = (page: Page) => page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));

test("a choice is said by its id: in the address, in lab.config and on the page", async ({ page }) => {
  await open(page, "data=moons&model=realnvp&width=16&optimizer=sgd&learning_rate=0.0001&backend=cpu");
  expect((await config(page)).optimizer).toBe("sgd");
  await page.getByTestId("group-training").locator("summary").click();
  const select = page.getByTestId("param-optimizer");
  await expect(select).toHaveValue("sgd");
  await select.selectOption("adamw");
  await expect.poll(async () => (await config(page)).optimizer).toBe("adamw");
  await expect.poll(async () => (await hash(page)).optimizer).toBe("adamw");
  await select.selectOption("adam");
  await expect.poll(async () => (await hash(page)).optimizer, "a default is not written").toBeUndefined();
  expect((await step(page, 2)).step).toBeGreaterThanOrEqual(2);
});

test("an unknown option is dropped with its name and the known ones, or refused, also as an index", async ({ page }) => {
  await open(page, "data=moons&model=realnvp&width=16&optimizer=banana&backend=cpu");
  await expect(page.getByTestId("message")).toContainText("banana");
  await expect(page.getByTestId("message")).toContainText("adam, adamw, sgd, rmsprop");
  const refused = await page.evaluate(() =>
    ["banana", 1].map((optimizer) => {
      try {
        window.lab.config = { optimizer };
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        return { code, message };
      }
      return undefined;
    }),
  );
  for (const each of refused) {
    expect(each?.code).toBe("unknown_id");
    expect(each?.message).toContain("adam, adamw, sgd, rmsprop");
  }
  expect((await config(page)).optimizer).toBe("adam");
});

test("the model's fold is open, training and data are folded, and what is about the data survives another model", async ({ page }) => {
  await open(page, "data=8gaussians&model=realnvp&width=16&backend=cpu");
  await expect(page.getByTestId("param-learning_rate")).toBeVisible();
  await expect(page.getByTestId("param-batch")).toBeVisible();
  await expect(page.getByTestId("param-width")).toBeVisible();
  await expect(page.getByTestId("param-optimizer")).toBeHidden();
  await expect(page.getByTestId("param-train_set")).toBeHidden();
  await page.getByTestId("group-data").locator("summary").click();
  await page.getByTestId("param-train_set").selectOption("fixed");
  await expect.poll(async () => (await config(page)).train_set).toBe("fixed");
  await page.getByTestId("family-autoregressive").click();
  await expect.poll(async () => (await config(page)).model).toBe("made");
  expect((await config(page)).train_set).toBe("fixed");
  await expect(page.getByTestId("param-train_set")).toHaveValue("fixed");
});

test("every model of the chosen family that can learn the data is offered, the first is the default", async ({ page }) => {
  await open(page, "data=8gaussians&backend=cpu");
  for (const { id } of await page.evaluate(() => window.lab.catalogue.families)) {
    await page.getByTestId(`family-${id}`).click();
    const models = await page.evaluate(
      (family) => window.lab.catalogue.models.filter((model) => model.family === family && model.dims.includes(2)).map((model) => model.id),
      id,
    );
    await expect.poll(async () => (await config(page)).model).toBe(models[0]);
    for (const model of models) await expect(page.getByTestId(`model-${model}`)).toBeVisible();
    const last = models.at(-1)!;
    await page.getByTestId(`model-${last}`).click();
    await expect.poll(async () => (await config(page)).model).toBe(last);
  }
});

test("a preset goes wrong by its name: chosen, in the address, and left when a setting is changed", async ({ page }) => {
  await open(page, "backend=cpu");
  const [preset] = await page.evaluate(() => window.lab.catalogue.presets ?? []);
  expect(preset, "the core names at least one failure").toBeDefined();
  await page.evaluate(() => window.lab.pause());
  await page.getByTestId("preset").selectOption(preset!.id);
  await expect.poll(async () => (await config(page)).preset).toBe(preset!.id);
  const { data, model } = await config(page);
  expect({ data, model }).toEqual({ data: preset!.patch.data, model: preset!.patch.model });
  await expect.poll(async () => (await hash(page)).preset).toBe(preset!.id);
  await expect(page.getByTestId("preset-sentence")).not.toBeEmpty();
  await expect(page.getByTestId("play"), "it plays").toHaveAttribute("aria-pressed", "true");
  await page.evaluate(() => {
    window.lab.config = { seed: 77 };
  });
  await page.evaluate(() => {
    window.lab.config = { batch: 64 };
  });
  await expect.poll(async () => (await hash(page)).preset).toBeUndefined();
});

test("an address that names a preset opens it", async ({ page }) => {
  await open(page, "backend=cpu");
  const presets = await page.evaluate(() => window.lab.catalogue.presets ?? []);
  const { id, patch } = presets.at(-1)!;
  await page.goto("about:blank");
  await open(page, `preset=${id}&backend=cpu`);
  expect(await config(page)).toMatchObject({ preset: id, model: patch.model, data: patch.data });
});

test("every unit of a setting or a score has a Chinese word", async ({ page }) => {
  await open(page, "data=8gaussians&model=made&backend=cpu");
  const units = await page.evaluate(async () => {
    const settings = window.lab.catalogue.models.flatMap(({ params }) => params.map(({ unit }) => unit));
    return [...settings, ...(await window.lab.evaluate()).map(({ unit }) => unit)];
  });
  expect([...new Set(units)].filter((unit) => unit && !(unit in zh.unit))).toEqual([]);
});
