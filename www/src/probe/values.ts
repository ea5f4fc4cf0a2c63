/** What is read off a probe: a name, a value with its unit, and one plain word for each. */
import type { Probe } from "../engine/types.ts";
import { fixed, number } from "../i18n/index.ts";
import type { Store } from "../lab/store.ts";
import { asPower } from "../views/ticks.ts";
import { latentOf, placeOf } from "./ways.ts";
import { type ProbeWords, probeWords } from "./words.ts";

export interface Row {
  id: string;
  name: string;
  value: string;
  unit: string;
  plain: string;
}

/** Coordinates of a latent that are said; more of them tell nobody anything. */
const SAID = 4;
/** Arrows by the eighth of a turn, against the clock from the right. */
const ARROWS = ["→", "↗", "↑", "↖", "←", "↙", "↓", "↘"];

/** What `probe` says of its one point, which stands at `at`. */
export function rows(store: Store, probe: Probe, at: readonly number[]): Row[] {
  const words = probeWords[store.lang];
  const { names } = store.axes;
  const { row, unit, plain } = words;
  const found: (Row | undefined)[] = [];
  const add = (id: string, name: string, value: string, of: string, word: string) =>
    found.push({ id, name, value, unit: of, plain: word });
  const { logProb, truth, energy, logit, score, dim } = probe;
  if (logProb.length > 0 && dim <= 2) {
    add("log_prob", row.log_prob[probe.kind], number(logProb[0]!), unit.nats, plain.log_prob);
  }
  if (truth) add("truth", row.truth, number(truth[0]!), unit.nats, plain.truth);
  if (energy) add("energy", row.energy, number(energy[0]!), unit.nats, plain.energy);
  if (logit) add("logit", row.logit, number(logit[0]!), "", plain.logit);
  if (score) {
    const slope = score.subarray(0, dim);
    add(
      "score",
      row.score,
      `${number(Math.hypot(...slope))} ${arrow(slope)}`,
      unit.slope,
      logit ? plain.logit_slope : plain.score,
    );
  }
  const line = conditionalAt(probe, at);
  if (line !== undefined && probe.conditional) {
    const { axis } = probe.conditional;
    add("conditional", row.conditional(names[axis]!, names[1 - axis]!), number(Math.exp(line)), "", plain.conditional);
  }
  return [...(found as Row[]), ...latentRows(words, probe)];
}

function latentRows({ row, unit, plain }: ProbeWords, probe: Probe): Row[] {
  const { path, logProb, dim } = probe;
  const found: Row[] = [];
  if (dim > 2 && logProb.length > 0) {
    const bits = -logProb[0]! / Math.LN2;
    found.push({
      id: "bits",
      name: row.bits,
      value: `${probe.kind === "bound" ? "≤ " : ""}${fixed(bits, 1)}`,
      unit: unit.bits,
      plain: plain.bits,
    });
    found.push({
      id: "bits_per_pixel",
      name: row.bits_per_pixel,
      value: number(bits / dim),
      unit: unit.bits,
      plain: plain.bits_per_pixel,
    });
  }
  const latent = latentOf(path);
  if (!latent) return found;
  if (path.code) {
    const sigma = path.code.sigma.subarray(0, path.code.dim);
    const spread = sigma.some((value) => value > 0) ? ` ± ${tuple(sigma)}` : "";
    found.push({ id: "code", name: row.code, value: `${tuple(latent)}${spread}`, unit: "", plain: plain.code });
    if (dim <= 2 && path.stops.length > 0) {
      const restored = placeOf(path, path.stops.length - 1, 0);
      found.push({ id: "restored", name: row.restored, value: tuple(restored), unit: "", plain: plain.restored });
    }
  } else {
    const timed = path.stops[0]?.at === "time";
    const id = timed ? "noise" : "latent";
    found.push({ id, name: row[id], value: tuple(latent), unit: "", plain: plain[id] });
  }
  return found;
}

/** Where it is, as the reader's axes say it. */
export function placeText(store: Store, at: readonly number[]): string {
  const { names } = store.axes;
  const { x, y } = store.box ?? store.data!.bounds;
  const said = (value: number, axis: number) => {
    const [low, high] = axis === 0 ? x : y;
    // A five-hundredth of the picture or so, which is what a hand can point at.
    const places = 2 - Math.floor(Math.log10((high - low) / 2));
    return asPower(value, Math.max(Math.abs(low), Math.abs(high)), places) ?? fixed(value, Math.max(0, places));
  };
  return at.map((value, axis) => `${names[axis] ?? "x"}\u00a0${said(value, axis)}`).join(", ");
}

/** One sentence for who listens. */
export function sentence(store: Store, found: readonly Row[], at: readonly number[]): string {
  const parts = found.map(({ name, value, unit }) => `${name} ${value}${unit ? ` ${unit}` : ""}`);
  const place = at.length <= 2 ? [placeText(store, at)] : [];
  return [...place, ...parts].join(store.lang === "zh" ? "；" : "; ");
}

/** log-density of the conditional at the point. */
function conditionalAt(probe: Probe, at: readonly number[]): number | undefined {
  if (!probe.conditional) return undefined;
  const { axis, range } = probe.conditional;
  const places = lineOf(probe)!;
  const share = (at[axis]! - range[0]!) / (range[1]! - range[0]!);
  return places[Math.min(places.length - 1, Math.max(0, Math.floor(share * places.length)))];
}

/** The log-density along the line of the point. */
export function lineOf({ conditional }: Probe): Float32Array | undefined {
  return conditional?.logProb;
}

function tuple(values: ArrayLike<number>): string {
  const said = Array.from(values)
    .slice(0, SAID)
    .map((value) => fixed(value, 2));
  return `(${said.join(", ")}${values.length > SAID ? ", …" : ""})`;
}

function arrow(slope: ArrayLike<number>): string {
  const [x, y] = [slope[0]!, slope[1] ?? 0];
  if (Math.hypot(x, y) < 1e-3) return "";
  return ARROWS[(Math.round((4 * Math.atan2(y, x)) / Math.PI) + 8) % 8]!;
}
