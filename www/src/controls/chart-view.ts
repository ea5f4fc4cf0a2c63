/** How a reader wants curves drawn: remembered from visit to visit, and the same for all charts of a page. */

/** Charts that have a scale of their own. */
export type Chart = "loss" | "score";
export const OVER = ["steps", "seconds"] as const;
export type Over = (typeof OVER)[number];

interface View {
  /** Charts whose values are on a logarithmic axis. */
  log: Chart[];
  over: Over;
  /** Whether steps or seconds are on one too. */
  along: boolean;
}

const KEY = "dgm-charts";
const USUAL: View = { log: [], over: "steps", along: false };

let view = read();
/** The score that is drawn, by its id; the one that says most where none was chosen. */
let chosen = "";

export const chartView = {
  get over(): Over {
    return view.over;
  },
  get along(): boolean {
    return view.along;
  },
  get score(): string {
    return chosen;
  },
  /** Another text where anything is drawn in another way. */
  get key(): string {
    return JSON.stringify([view, chosen]);
  },
  isLog: (chart: Chart): boolean => view.log.includes(chart),
  setLog(chart: Chart, on: boolean): void {
    const others = view.log.filter((other) => other !== chart);
    keep({ ...view, log: on ? [...others, chart] : others });
  },
  setOver(over: Over, along: boolean): void {
    keep({ ...view, over, along });
  },
  choose(id: string): void {
    chosen = id;
  },
};

function read(): View {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<View>;
    const log = (["loss", "score"] as const).filter((chart) => Array.isArray(kept.log) && kept.log.includes(chart));
    return { log, over: OVER.find((over) => over === kept.over) ?? USUAL.over, along: kept.along === true };
  } catch {
    return USUAL;
  }
}

function keep(next: View): void {
  view = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Forbidden here: it holds for this visit.
  }
}
