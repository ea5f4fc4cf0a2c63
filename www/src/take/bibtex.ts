/** The papers of a model as BibTeX, from its row: "Authors: Title", several of them parted by semicolons. */
import type { ModelSpec } from "../engine/types.ts";

type Row = Pick<ModelSpec, "paper" | "year" | "arxiv">;

/** Year and number of a row are its first paper's; those of the others are in the `rows` that have them first. */
export function bibtex(row: Row, rows: readonly Row[] = []): string {
  const [first, ...others] = papersOf(row.paper);
  const known = (paper: string) => rows.find((other) => papersOf(other.paper)[0] === paper);
  return [entry(first!, row), ...others.map((paper) => entry(paper, known(paper)))].join("\n");
}

/** A semicolon may stand in a title too: what follows it is a paper only where it has authors. */
function papersOf(paper: string): string[] {
  return paper.split(/; (?=[^;]+: )/);
}

function entry(paper: string, row?: Row): string {
  const { year, arxiv } = row ?? {};
  const colon = paper.indexOf(": ");
  const title = paper.slice(colon + 2);
  const authors = paper
    .slice(0, colon)
    .split(/, | and /)
    .map((name) => name.replace(/^(.*) et al\.$/, "$1 and others"));
  const word = title.match(/[\p{L}\p{N}]{4,}/u)?.[0] ?? "";
  const key = [authors[0], year ?? "", word]
    .join("")
    .normalize("NFD")
    .replace(/[^A-Za-z0-9]/g, "")
    .toLowerCase();
  const fields: [string, string | number | undefined][] = [
    ["author", authors.join(" and ")],
    // Braces keep the capitals of names and of what is short for something.
    ["title", `{${title}}`],
    ["year", year],
    ["eprint", arxiv || undefined],
    ["archivePrefix", arxiv ? "arXiv" : undefined],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = {${value}},`]));
  return `@${arxiv ? "misc" : "article"}{${key},\n${lines.join("\n")}\n}\n`;
}
