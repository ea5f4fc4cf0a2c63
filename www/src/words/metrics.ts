/** Bits per character as scores, in the shape that all scores have. */
import type { Metric } from "../engine/types.ts";
import type { Bits } from "./contract.ts";
import { said } from "./text.ts";

const label = ({ id }: Bits) => {
  const of = (lang: "en" | "zh") => (id === "model" ? said[lang].bits : said[lang].ngram(Number(id.slice(-1))));
  return { en: of("en"), zh: of("zh") };
};

/** The model's own as "bits", the tables' as "ngram-2" to "ngram-5". No perfect model is known behind a text. */
export function metricsOf({ bits, floors }: { bits: Bits | undefined; floors: readonly Bits[] }): Metric[] {
  return [...(bits ? [bits] : []), ...floors].map((row) => ({
    id: row.id === "model" ? "bits" : row.id,
    label: label(row),
    group: "divergence",
    value: row.value,
    stderr: row.stderr,
    floor: Number.NaN,
    floor_stderr: Number.NaN,
    kind: "exact",
    unit: "bits",
  }));
}
