/** What the page says when something is not as asked. Kept as functions, so that a switch of language reaches them. */
import type { LabError } from "../engine/errors.ts";
import type { Text } from "../engine/types.ts";
import type { Strings } from "../i18n/index.ts";
import type { Dropped } from "../state/config.ts";

export type Message = (text: Strings) => string;

/** Errors whose own words say it best in every language, by code. */
const PLAIN = [
  "engine_gone",
  "too_few_points",
  "data_not_finite",
  "data_constant",
  "ragged_data",
  "unsupported_data",
  "no_numbers",
] as const;

export function errorMessage(error: LabError, model: Text | undefined, step: number): Message {
  const plain = PLAIN.find((code) => code === error.code);
  if (plain) return (text) => text.message[plain];
  if (error.code === "loss_not_finite") {
    return (text) => text.message.loss_not_finite(model?.[text.code] ?? "", Number(error.details.step ?? step));
  }
  const { key, min, max } = error.details;
  if (error.code === "out_of_range" && typeof key === "string") {
    return (text) => text.message.out_of_range(key, Number(min), Number(max));
  }
  return () => error.message;
}

export function droppedMessage(dropped: Dropped[]): Message {
  return (text) => {
    const each = dropped.map(({ key, value, used }) => text.message.dropped_one(key, value, used));
    return text.message.dropped(each.join(text.comma));
  };
}
