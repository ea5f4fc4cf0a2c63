/** The one number that compares families, wherever there is no room for the rest. */
import type { Metric } from "../engine/types.ts";
import type { Store } from "./store.ts";

/** The KL; where the truth is not known, what the model says of points kept back. Models without a density have neither. */
export function headline({ metrics, model }: Pick<Store, "metrics" | "model">): Metric | undefined {
  if (model?.density === "none") return undefined;
  const known = (id: string) => metrics.find((metric) => metric.id === id && !Number.isNaN(metric.value));
  return known("kl") ?? known("nll");
}

/** What it is called, also before it was first measured. */
export function headlineName({ metrics, model, truth, text, lang }: Store): string {
  const known = headline({ metrics, model });
  if (known) return known.id === "kl" ? text.kl : known.label[lang];
  return truth ? text.kl : text.nll;
}

/** What kind of number it is. A model that knows its density exactly has but a bound where whole numbers were spread for it. */
export function kindOf({ text, model }: Store, { kind }: Metric): string {
  return kind === "bound" && model?.density !== "bound" ? text.kind_spread : text.kind[kind];
}
