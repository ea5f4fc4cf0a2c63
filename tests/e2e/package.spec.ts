/** The built site is a package of npm: packed, installed in an empty folder, compiled against and opened from there. */
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { ready } from "./lab.ts";
import { serve } from "./site.ts";

const WWW = resolve(__dirname, "../../www");

const USER = `
import "dgm-lab";
import type { DgmLab, LabStep } from "dgm-lab";
import "dgm-lab/figures";

const lab = document.querySelector("dgm-lab")!;
const bars = document.createElement("dgm-bars");
lab.addEventListener("lab-goal", ({ detail }) => console.log(detail.id, detail.value.toFixed(2), detail.step));
document.addEventListener("lab-step", ({ detail: { losses } }) => console.log(losses[0]));
export async function learn(): Promise<LabStep> {
  await Promise.all([lab.ready, bars.ready]);
  lab.config = { model: "realnvp", learning_rate: 0.01 };
  const [kl] = (await lab.evaluate()).filter(({ id }) => id === "kl");
  const { values } = await lab.sample(Math.round(kl?.value ?? 5));
  await lab.setData({ points: values, dim: 2 });
  return lab.step(3);
}
// @ts-expect-error: there is no such call
lab.steps(3);
// @ts-expect-error: nor such data
void lab.setData({ dots: [] });
export const made: DgmLab = document.createElement("dgm-lab");
`;

const PAGE = `<!doctype html><meta charset="utf-8"><title>A page of a package</title>
<script type="importmap">{ "imports": { "dgm-lab": "./node_modules/dgm-lab/embed.js" } }</script>
<script type="module">import "dgm-lab"; window.made = document.querySelector("dgm-lab") instanceof customElements.get("dgm-lab");</script>
<dgm-lab data="penguins" model="realnvp" width="16" backend="cpu" seed="7"></dgm-lab>`;

test("who installs the package can compile against it and open it", async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), "dgm-package-"));
  const npm = (...args: string[]) => execFileSync("npm", [...args, "--offline", "--no-audit", "--no-fund", "--silent"], { cwd: folder });
  npm("pack", join(WWW, "dist"), "--pack-destination", folder);
  const [tarball] = await readdir(folder);
  await writeFile(join(folder, "package.json"), "{}");
  npm("install", `./${tarball}`);
  const installed = await readdir(join(folder, "node_modules/dgm-lab"));
  expect(installed).toEqual(expect.arrayContaining(["LICENSE-MIT", "LICENSE-APACHE", "README.md", "embed.js", "dgm-lab.d.ts"]));
  expect(installed, "pages stay out").not.toContain("index.html");

  await writeFile(join(folder, "user.ts"), USER);
  const strict = { strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true };
  for (const [module, moduleResolution] of [
    ["ESNext", "bundler"],
    ["NodeNext", "NodeNext"],
  ]) {
    const compilerOptions = { ...strict, module, moduleResolution, target: "ES2022", types: [] };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["user.ts"] }));
    execFileSync(join(WWW, "node_modules/.bin/tsc"), ["-p", folder], { stdio: "pipe", encoding: "utf8" });
  }

  await writeFile(join(folder, "index.html"), PAGE);
  const site = await serve(folder);
  await page.goto(site.url);
  await ready(page);
  expect(await page.evaluate(() => Reflect.get(window, "made"))).toBe(true);
  expect((await page.evaluate(() => window.lab.step(2))).step).toBeGreaterThanOrEqual(2);
  expect(await page.evaluate(() => window.lab.config.data), "its files came along").toBe("penguins");
  await site.stop();
  await rm(folder, { recursive: true });
});
