/** The examples of “Put a figure on your page”, as a test opens them: from another origin than the figure's. */
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Lab } from "./lab.ts";
import { type Site, serve } from "./site.ts";

export const WWW = resolve(__dirname, "../../www");
/** What the examples call the site. */
const ANY = "https://site.example/";

/** The examples as they are, but for where the site lies. */
export async function examples(names: string[], baseURL: string): Promise<Site> {
  const site = await serve(join(WWW, "examples"));
  for (const name of names) {
    const file = join(site.folder, name);
    await writeFile(file, (await readFile(file, "utf8")).replaceAll(ANY, baseURL));
  }
  return site;
}

export async function learns(lab: Locator): Promise<void> {
  const seen = await lab.evaluate(async (element) => {
    const lab = element as Lab;
    await customElements.whenDefined("dgm-lab");
    await lab.ready;
    return { step: (await lab.step(2)).step, data: lab.config.data, model: lab.config.model };
  });
  expect(seen).toMatchObject({ data: "moons", model: "realnvp" });
  expect(seen.step).toBeGreaterThanOrEqual(2);
}

export const inFrame = (page: Page) => page.frameLocator("iframe").locator("dgm-lab");
