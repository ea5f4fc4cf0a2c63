/** What sets panels apart: settings of theirs that are not as usual, and those of one model that differ between panels. */
import type { ParamSpec } from "../engine/types.ts";
import type { Store } from "../lab/store.ts";

export interface Difference {
  spec: ParamSpec;
  value: number;
  /** Whether another panel with the same model has another value. */
  differs: boolean;
}

export function differences(store: Store, all: readonly Store[]): Difference[] {
  const { model } = store;
  if (!model) return [];
  const valueIn = ({ config }: Store, spec: ParamSpec) => config!.params[spec.id] ?? spec.default;
  const kin = all.filter((other) => other.config && other.model?.id === model.id);
  return model.params
    .filter(({ group }) => group !== "data")
    .map((spec) => {
      const value = valueIn(store, spec);
      return { spec, value, differs: kin.some((other) => valueIn(other, spec) !== value) };
    })
    .filter(({ spec, value, differs }) => differs || value !== spec.default);
}
