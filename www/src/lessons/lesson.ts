/** A page of the course: its figures, and what stands under each. */
import "../elements/dgm-lab.ts";
import { isLab } from "./code.ts";
import { copyButtons } from "./copy.ts";

const SITE = new URL("../../", location.href).href;

/** Figures that explain without a model; a page that has none does not fetch them. */
const explaining = import.meta.glob("../figures/index.ts");

const scenes = [...document.querySelectorAll(".figures figure")].map((scene) => ({
  figure: scene.firstElementChild!,
  tools: scene.querySelector(".tools")!,
}));
for (const { figure, tools } of scenes) copyButtons(figure, tools, SITE);
if (!scenes.every(({ figure }) => isLab(figure))) for (const load of Object.values(explaining)) void load();
