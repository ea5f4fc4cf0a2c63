/** A page of the course: its figures, and what stands under each. */
import "../elements/dgm-lab.ts";
import { isLab } from "./code.ts";
import { copyButtons } from "./copy.ts";
import { snippets } from "./snippets.ts";

const SITE = new URL("../../", location.href).href;

const scenes = [...document.querySelectorAll(".figures figure")].map((scene) => ({
  figure: scene.firstElementChild!,
  tools: scene.querySelector(".tools")!,
}));
for (const { figure, tools } of scenes) copyButtons(figure, tools, SITE);
// A page without figures that explain does not fetch them.
if (!scenes.every(({ figure }) => isLab(figure))) void import("../figures/index.ts");
snippets(SITE, scenes.map(({ figure }) => figure).find(isLab));
// The first seconds belong to what the reader looks at.
setTimeout(async () => (await import("../offline.ts")).keepForOffline(SITE), 3000);
