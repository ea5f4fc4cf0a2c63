/** What came of an experiment: a picture of a score against the setting, and its median over the seeds. */
import { html, nothing } from "lit";
import type { Catalogue, Text } from "../engine/types.ts";
import { number } from "../i18n/index.ts";
import type { Lang, Theme } from "../state/config.ts";
import { palette } from "../views/palette.ts";
import { plot } from "./plot.ts";
import type { Summary } from "./summary.ts";
import { FIRST, type Gathered, type Group } from "./table.ts";
import { wordsIn } from "./words.ts";

/** Lines of a table that anybody reads; the file has all of them. */
const MOST_LINES = 100;

export interface Setup {
  catalogue: Catalogue;
  lang: Lang;
  theme: Theme;
  dark: boolean;
  model: string;
  data: string;
  /** What scores are called, as far as anything has told. */
  names: Map<string, Text>;
}

export function scoreName({ names, lang }: Setup, id: string): string {
  return names.get(id)?.[lang] ?? id;
}

/** The score that is asked for where it is there, else the first of those that compare most. */
export function scoreOf({ scores }: Gathered, asked: string): string {
  const ids = [...scores];
  return [asked, ...FIRST, ...ids].find((id) => ids.includes(id)) ?? "";
}

export function results(summary: Summary, score: string, along: string | undefined, setup: Setup) {
  const { catalogue, lang, dark } = setup;
  const words = wordsIn(lang);
  const named = <T extends { id: string; label: Record<Lang, string> }>(list: readonly T[], id: string) =>
    list.find((spec) => spec.id === id)?.label[lang] ?? id;
  const inWords = (groups: readonly Group[]) =>
    groups.map((group) => ({
      ...group,
      model: named(catalogue.models, group.model),
      data: named(catalogue.data, group.data),
    }));
  const { lines, marks } = summary;
  const label = along
    ? named(
        catalogue.models.flatMap(({ params }) => params),
        along,
      )
    : words.models;
  const caption = words.picture(scoreName(setup, score), label);
  const say = ({ model, settings, median, low, high, count }: Group) => {
    const place = along && settings[along] !== undefined ? `${label} ${settings[along]}` : "";
    return words.said([model, place].filter(Boolean).join(", "), number(median), number(low), number(high), count);
  };
  return html`
    <p class="quiet">${caption}</p>
    ${plot(inWords(marks), along, palette(dark).panels, caption, say)}
    <div class="scroll" tabindex="0" role="region" aria-label=${words.title}>
      <table data-testid="experiment-table">
        <thead><tr>${words.table.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
        <tbody>${inWords(lines.slice(0, MOST_LINES)).map((group) => line(group, words.failed))}</tbody>
      </table>
      ${lines.length > MOST_LINES ? html`<p class="quiet">${words.more(lines.length - MOST_LINES)}</p>` : nothing}
    </div>`;
}

function line({ model, data, settings, median, low, high, count, failed }: Group, broken: (n: number) => string) {
  const given = Object.entries(settings).map(([id, value]) => `${id} ${value}`);
  return html`
    <tr><th scope="row">${model}</th><td>${data}</td><td>${given.join(", ")}</td><td><b>${number(median)}</b></td><td>${number(low)}</td>
      <td>${number(high)}</td><td>${count}${failed > 0 ? html` <small>${broken(failed)}</small>` : nothing}</td></tr>`;
}
