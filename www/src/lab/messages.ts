/** What the page says when something is not as asked. Kept as functions, so that a switch of language reaches them. */
import type { LabError } from "../engine/errors.ts";
import type { Catalogue, ModelSpec } from "../engine/types.ts";
import type { Strings } from "../i18n/index.ts";
import { type Dropped, findModel } from "../state/config.ts";

export type Message = (text: Strings) => string;

/** What is needed to call things by their names in the reader's language. */
export interface Named {
  catalogue: Catalogue | undefined;
  model: ModelSpec | undefined;
  step: number;
}

/** Errors whose own words say it best in every language, by code. */
const PLAIN = [
  "engine_gone",
  "data_spread",
  "ragged_data",
  "not_a_plane",
  "cannot_fill",
  "unsupported_data",
  "bad_mixture",
  "no_numbers",
  "no_text",
  "not_text",
  "wrong_dimension",
  "bad_snapshot",
  "no_picture",
  "picture_too_large",
  "not_ready",
  "no_classes",
  "not_conditional",
  "cannot_compose",
  "no_worker",
  "class_labels",
  "part_missing",
  "site_renewed",
] as const;

/** The sentence for an error, with the facts that came with it. */
export function errorMessage(error: LabError, { catalogue, model, step }: Named): Message {
  const { code, details } = error;
  const plain = PLAIN.find((known) => known === code);
  if (plain) return (text) => text.message[plain];
  switch (code) {
    case "loss_not_finite": {
      const runaway = (catalogue && findModel(catalogue, String(details.model))) ?? model;
      return (text) => text.message.loss_not_finite(runaway?.label[text.code] ?? "", Number(details.step ?? step));
    }
    case "out_of_range": {
      const { id, value, min, max } = details;
      const setting = model?.params.find((param) => param.id === id);
      return (text) => {
        const other = id === "seed" ? text.seed : text.message.things[String(id)];
        const name = setting?.label[text.code] ?? other ?? String(id);
        return text.message.out_of_range(name, String(value), Number(min), Number(max));
      };
    }
    case "unknown_id": {
      const { what, id, known } = details;
      const setting = model?.params.find((param) => param.id === what);
      return ({ message, code }) => {
        const name = setting?.label[code] ?? message.things[String(what)] ?? String(what);
        return message.unknown_id(name, String(id), String(known));
      };
    }
    case "text_too_long":
    case "too_many_columns":
      return (text) => text.message[code](Number(details.count), Number(details.max));
    case "too_many_points":
      return (text) => text.message.too_many_points(Number(details.count), Number(details.max));
    case "blocked_by_policy":
      return (text) => text.message.blocked_by_policy(String(details.directive), String(details.source));
    case "no_engine":
      return (text) => text.message.no_engine(String(details.reason));
    case "bad_file":
      return (text) => text.message.bad_file(String(details.file), String(details.reason));
    case "data_not_finite":
      return (text) => text.message.data_not_finite(Number(details.row ?? 0));
    case "no_such_class":
      return (text) => text.message.no_such_class(Number(details.class), Number(details.classes));
    case "bad_expression":
      return (text) => text.message.bad_expression(String(details.text));
    case "class_count":
      return (text) => text.message.class_count(Number(details.count), Number(details.max));
    case "class_too_small":
      return (text) => text.message.class_too_small(String(details.name));
    case "bad_request":
      return (text) => text.message.bad_request(error.message);
    case "data_outlier":
      // As people write it: 1e30, not 1e+30.
      return (text) => text.message.data_outlier(String(details.value).replace("e+", "e"));
    case "too_few_points":
    case "data_constant":
      return (text) => text.message[code](Number(details.count));
    default:
      return (text) => text.message.internal(error.message);
  }
}

export function droppedMessage(dropped: Dropped[]): Message {
  return (text) => {
    const each = dropped.map(({ key, value, used, known }) => text.message.dropped_one(key, value, used, known));
    return text.message.dropped(each.join(text.comma));
  };
}
