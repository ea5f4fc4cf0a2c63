/** What there is to choose from, as the catalogue has it: a line each, for people; all of it as JSON, for programs. */
import type { Catalogue, ParamSpec } from "../src/engine/types.ts";
import { number, strings } from "../src/i18n/index.ts";
import { findModel, type Lang } from "../src/state/config.ts";
import { said } from "../src/state/setting.ts";
import { Ending, EXIT } from "./exit.ts";
import type { Words } from "./words.ts";

export type List = (catalogue: Catalogue, lang: Lang, words: Words) => string[];

export const models: List = ({ models, families }, lang, words) =>
  families.flatMap((family) => [
    `${family.label[lang]}`,
    ...models
      .filter((model) => model.family === family.id)
      .map(({ id, label, dims, paper }) =>
        line(id, label[lang], dims.map((dim) => words.space(dim)).join(words.comma), paper),
      ),
  ]);

export const data: List = ({ data }, lang, words) =>
  data.map(({ id, label, dim }) => line(id, label[lang], words.space(dim)));

export function settings(catalogue: Catalogue, id: string, lang: Lang, words: Words): string[] {
  const found = findModel(catalogue, id);
  if (!found) {
    const known = catalogue.models.map((model) => model.id).join(", ");
    throw new Ending(EXIT.asked, words.no_model(id, known));
  }
  return found.params.map((spec) =>
    line(
      spec.id,
      `${said(spec, spec.default)}`,
      rangeOf(spec, lang),
      `${spec.label[lang]}${words.colon}${spec.help[lang]}`,
    ),
  );
}

function rangeOf({ kind, options, min, max, unit }: ParamSpec, lang: Lang): string {
  if (kind === "choice") return options.map((option) => option.id).join(" | ");
  return `${number(min)} … ${number(max)}${unit ? ` ${strings(lang).unit[unit] ?? unit}` : ""}`;
}

const line = (id: string, ...parts: string[]) => `  ${[id, ...parts.filter((part) => part !== "")].join(" · ")}`;
