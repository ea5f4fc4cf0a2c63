/** What a figure has around its picture: what its lesson asks for, else what its set of controls stands for. */
import { html, nothing } from "lit";
import type { Store } from "../lab/store.ts";
import { SHOW_PARTS } from "../state/show.ts";
import { type ChartSpecs, lossChart, scoreChart } from "./charts.ts";
import { compactChoosers } from "./choosers.ts";
import { oneSetting } from "./params.ts";
import { engineBadge, klLine, scoreList } from "./scores.ts";
import { sideView } from "./side.ts";

const SETS: Record<Store["controls"], readonly string[]> = {
  none: ["status"],
  basic: [...SHOW_PARTS.filter((id) => id !== "slow"), "learning_rate"],
  all: [...SHOW_PARTS, "learning_rate"],
};
/** Height in pixels of a chart, a line of scores and a control, where a box is planned. */
const CHART = 175;
const SCORE = 30;
const CONTROL = 35;

export function asked(store: Store): readonly string[] {
  return store.controls === "all" ? SETS.all : (store.course.lesson.show.controls ?? SETS[store.controls]);
}

/** Choosers and settings, and the score in a line. */
export function quick(store: Store) {
  const ids = asked(store);
  const settings = ids.filter((id) => !SHOW_PARTS.includes(id));
  const line = store.course.lesson.show.scores === undefined && store.controls !== "none";
  const engine = ids.includes("engine");
  const choices = settings.length > 0 || ids.includes("data") || ids.includes("model");
  return html`
    ${choices ? html`<div class="quick">${compactChoosers(store, ids)}${settings.map((id) => oneSetting(store, id))}</div>` : nothing}
    ${line || engine ? html`<div class="quick">${line ? klLine(store) : nothing}${engine ? engineBadge(store) : nothing}</div>` : nothing}`;
}

/** The second picture, curves and scores, where a lesson asks for them. */
export function extra(store: Store, dark: boolean, specs: () => ChartSpecs | undefined) {
  const { charts = [], scores = [] } = store.course.lesson.show;
  // what is conditioned on a part stands right beneath the picture
  const others = charts.filter((id) => id !== "part");
  if (others.length + scores.length === 0) return nothing;
  const drawn = others.map((id) =>
    id === "side" ? sideView(store, dark) : id === "losses" ? lossChart(store, specs()) : scoreChart(store, specs()),
  );
  return html`<div class="extra">${drawn}${scores.length > 0 ? scoreList(store, scores) : nothing}</div>`;
}

/** Whether there is anything that a figure in a low box would have to fold away. */
export function foldable(store: Store): boolean {
  const { charts = [], scores } = store.course.lesson.show;
  const line = scores === undefined && store.controls !== "none";
  const extra = charts.length + (scores ?? []).length > 0;
  return line || extra || store.classes !== undefined || asked(store).some((id) => id !== "transport");
}

export function hasCharts({ course }: Store): boolean {
  return (course.lesson.show.charts ?? []).length > 0;
}

/** How much higher than usual everything is, in pixels; less than nothing where little is asked for. */
export function extraHeight(store: Store): number {
  const { charts = [], scores = [] } = store.course.lesson.show;
  const controls = store.controls === "none" ? 0 : asked(store).length - SETS.basic.length;
  return CHART * charts.length + SCORE * scores.length + CONTROL * controls;
}
