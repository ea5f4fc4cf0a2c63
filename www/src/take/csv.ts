/** Rows as comma-separated values by RFC 4180, with comments above them in lines that begin with #. */

type Cell = string | number | undefined;

export function writeCsv(
  comments: readonly string[],
  names: readonly string[],
  rows: Iterable<readonly Cell[]>,
): string {
  const lines = comments.map((comment) => `# ${comment.replace(/\s+/g, " ")}`);
  lines.push(csvLine(names));
  for (const row of rows) lines.push(csvLine(row));
  return `${lines.join("\n")}\n`;
}

export const csvLine = (row: readonly Cell[]): string => row.map(cell).join(",");

/** What is not known stays empty. A text that a spreadsheet would take for a formula is kept from being one. */
function cell(value: Cell): string {
  if (value === undefined || Number.isNaN(value)) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
