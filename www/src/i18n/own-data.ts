/** Words about the reader's own data: the preview of a table, and all that is said about how it was read. Fetched with the reader itself. */
import type { Kind, Note, Table } from "../state/table/table.ts";

export interface Words {
  title: (name: string) => string;
  size: (rows: string, columns: number) => string;
  choose: string;
  kind: Record<Kind, string>;
  constant: (value: string) => string;
  groups_of: (n: number) => string;
  column: (name: string) => string;
  only_column: string;
  across: string;
  up: string;
  groups: string;
  learned_help: string;
  group_help: string;
  useless: string;
  missing: (n: string) => string;
  read_as: string;
  other: string;
  way: (reading: Table["reading"]) => string;
  and: string;
  learn: (names: string[]) => string;
  cancel: string;
  nothing_left_out: string;
  reading: (name: string, megabytes: string) => string;
  details: string;
  change: string;
  learned: (rows: string, names: string[], file: string) => string;
  drawn: (rows: string) => string;
  spread: string;
  spread_help: string;
  one_scale: string;
  one_scale_help: string;
  smooth: string;
  smooth_help: string;
  note: Record<string, (note: Told) => string>;
}

/** A note with its numbers written out and the places it speaks of named. */
export interface Told {
  count: number;
  n: string;
  of: string;
  where: string;
  first: string;
  name: string;
  value: string;
  /** The same without any grouping. */
  digits: string;
}

const mark = { en: { ".": "a decimal point", ",": "a decimal comma" }, zh: { ".": "点作小数点", ",": "逗号作小数点" } };
const ends = {
  en: { "\t": "tabs", ";": "semicolons", "|": "bars", ",": "commas", space: "spaces" },
  zh: { "\t": "制表符", ";": "分号", "|": "竖线", ",": "逗号", space: "空格" },
};

function isList(separator: string): boolean {
  return separator === "list" || separator === "line" || separator === "words";
}

const en: Words = {
  title: (name) => (name ? `What to learn from ${name}` : "What to learn from this"),
  size: (rows, columns) =>
    `${rows} ${rows === "1" ? "row" : "rows"}, ${columns === 1 ? "1 column" : `${columns} columns`}.`,
  choose: "Press a column to learn it or to leave it out: one lies on the line, two on the plane.",
  kind: {
    number: "numbers",
    index: "counts or names the rows",
    constant: "one value",
    date: "dates",
    word: "words",
    empty: "empty",
  },
  constant: (value) => `always ${value}`,
  groups_of: (n) => `${n} groups`,
  column: (name) => `Column ${name}`,
  only_column: "the numbers",
  across: "across",
  up: "up",
  groups: "groups",
  learned_help: "Learn this column, or leave it out.",
  group_help: "Keep the group of each row beside its numbers.",
  useless: "There are no numbers to learn in this column.",
  missing: (n) => `${n} missing`,
  read_as: "Read as",
  other: "It can be read in another way:",
  way: (reading) =>
    reading.separator === "json"
      ? "JSON"
      : isList(reading.separator)
        ? `one list, ${mark.en[reading.decimal]}`
        : `columns at ${ends.en[reading.separator as "," | ";"]}, ${mark.en[reading.decimal]}`,
  and: " and ",
  learn: (names) => `Learn ${names.join(" and ")}`,
  cancel: "Cancel",
  nothing_left_out: "Every row is used as it stands.",
  reading: (name, megabytes) => `Reading ${name || "the text"} (${megabytes} MB) …`,
  details: "How it was read",
  change: "Choose columns …",
  learned: (rows, names, file) =>
    `${rows} ${names.length > 1 ? "points" : "numbers"}: ${names.join(" and ")}${file ? `, from ${file}` : ""}.`,
  drawn: (rows) => `${rows} points of your own.`,
  spread: "Spread whole steps",
  spread_help:
    "Moves each value evenly within one step, so that few repeated values have a density. Off, a likelihood can rise without end.",
  one_scale: "One scale for both axes",
  one_scale_help: "Learns and draws both axes in the same unit, however far their spreads differ.",
  smooth: "Smooth while learning",
  smooth_help:
    "Moves each point a little every time it is learned, about as far as its neighbours are. Off, a model with many weights learns few points by heart.",
  note: {
    text_cut: ({ n, of }) => `Only the beginning was read: ${n} of ${of} MB.`,
    lines_above: ({ n, count, first }) =>
      `${count === 1 ? "The line above the table was" : `${n} lines above the table were`} passed over: ${first}.`,
    sum_below: ({ first, where }) => `The row “${first}” at the end (${where}) is left out.`,
    long_rows: ({ n, count, where }) =>
      `${count === 1 ? "1 row has" : `${n} rows have`} more cells than there are columns and ${count === 1 ? "is" : "are"} left out, the first at ${where}.`,
    unit: ({ first, name }) => (name ? `The unit of ${name} is ${first}.` : `The unit is ${first}.`),
    decimal_comma: ({ first, digits }) => `Commas are read as decimal points: ${first} is ${digits}.`,
    thousands: ({ first, digits }) => `Commas are read as marks between thousands: ${first} is ${digits}.`,
    gaps: ({ n, count, where }) =>
      count === 1
        ? `1 row lacks a value and is left out (${where}).`
        : `${n} rows lack a value and are left out, the first at ${where}.`,
    not_numbers: ({ n, count, first, where }) =>
      count === 1
        ? `1 entry is no number and is left out: ${first} (${where}).`
        : `${n} entries are no numbers and are left out, the first at ${where}: ${first}.`,
    other_unit: ({ n, count, where }) =>
      count === 1
        ? `1 entry has another unit and is left out (${where}).`
        : `${n} entries have another unit and are left out, the first at ${where}.`,
    rows_thinned: ({ n, of }) => `Of ${of} rows, ${n} are kept, evenly spaced: more are too many for a page.`,
    constant_column: ({ name, value }) => `${name} is always ${value}, so the other column is learned, on the line.`,
    few_values: ({ name, n, value }) =>
      `${name} takes only ${n} different values, ${value} apart. Each is spread evenly over one step, and scores are bounds on those of the steps.`,
    few_values_kept: ({ name, n }) =>
      `${name} takes only ${n} different values and they are not spread: a likelihood can rise without end.`,
    duplicates: ({ n, value }) =>
      `${n} rows repeat an earlier one${value ? `, most often ${value}` : ""}. Only the noise that they are learned with gives them a density.`,
    duplicates_kept: ({ n, value }) =>
      `${n} rows repeat an earlier one${value ? `, most often ${value}` : ""}. A likelihood can rise on them for as long as it is learned.`,
    on_a_line: () =>
      "The points lie on a straight line. They have no density on the plane but what the noise gives them that they are learned with.",
    on_a_line_kept: () =>
      "The points lie on a straight line. They have no density on the plane, and a likelihood can rise without end.",
    scales_apart: ({ value }) =>
      `The spreads of the two columns differ ${value} times, so each axis has its own scale.`,
    scales_apart_kept: ({ value }) =>
      `The spreads of the two columns differ ${value} times, and both axes have one scale.`,
    heavy_tails: ({ name, n }) =>
      `A few values of ${name} lie very far out. The picture shows the others; ${n} ${n === "1" ? "value lies" : "values lie"} outside it.`,
    smoothed: ({ value }) =>
      `While they are learned, points are moved by noise of ${value} % of their spread: so far they foretell one another best.`,
    smoothed_kept: () => "Points are learned as they stand, and may be learned by heart.",
    none_held_out: ({ n }) => `With ${n} points none is kept back: scores are measured on the points that are learned.`,
  },
};

const zh: Words = {
  title: (name) => (name ? `从 ${name} 里学什么` : "从这些数据里学什么"),
  size: (rows, columns) => `${rows} 行，${columns} 列。`,
  choose: "点一列，就学它或不学它：一列是直线上的数，两列是平面上的点。",
  kind: { number: "数", index: "行号或编号", constant: "只有一个值", date: "日期", word: "文字", empty: "空" },
  constant: (value) => `总是 ${value}`,
  groups_of: (n) => `${n} 组`,
  column: (name) => `第 ${name} 列`,
  only_column: "这些数",
  across: "横轴",
  up: "纵轴",
  groups: "分组",
  learned_help: "学这一列，或不学它。",
  group_help: "记下每一行属于哪一组。",
  useless: "这一列里没有可学的数。",
  missing: (n) => `缺 ${n} 个`,
  read_as: "读作",
  other: "也可以换一种读法：",
  way: (reading) =>
    reading.separator === "json"
      ? "JSON"
      : isList(reading.separator)
        ? `一列数，${mark.zh[reading.decimal]}`
        : `以${ends.zh[reading.separator as "," | ";"]}分列，${mark.zh[reading.decimal]}`,
  and: " 和 ",
  learn: (names) => `学习 ${names.join(" 和 ")}`,
  cancel: "取消",
  nothing_left_out: "每一行都照原样用上了。",
  reading: (name, megabytes) => `正在读取${name ? ` ${name}` : "文字"}（${megabytes} MB）……`,
  details: "怎样读的",
  change: "挑选列……",
  learned: (rows, names, file) =>
    `${rows} 个${names.length > 1 ? "点" : "数"}：${names.join(" 和 ")}${file ? `，来自 ${file}` : ""}。`,
  drawn: (rows) => `自己的 ${rows} 个点。`,
  spread: "把取值摊开",
  spread_help: "让每个值在一格之内均匀散开，这样少数几个重复的值才有密度；关掉的话，似然可以无限上升。",
  one_scale: "两轴用同一比例",
  one_scale_help: "不管两列的跨度相差多少，都用同一个单位来学和画。",
  smooth: "学习时略加平滑",
  smooth_help: "每次学到一个点时把它稍稍挪动，大约挪到邻近的点那么远。关掉的话，权重多的模型会把少数的点背下来。",
  note: {
    text_cut: ({ n, of }) => `只读了开头：共 ${of} MB，读了 ${n} MB。`,
    lines_above: ({ n, first }) => `表格上方的 ${n} 行已略过：${first}。`,
    sum_below: ({ first, where }) => `末尾的“${first}”（${where}）不算数据，已略去。`,
    long_rows: ({ n, where }) => `${n} 行的格子比列数多，已略去，最早见于${where}。`,
    unit: ({ first, name }) => (name ? `${name} 的单位是 ${first}。` : `单位是 ${first}。`),
    decimal_comma: ({ first, digits }) => `逗号读作小数点：${first} 就是 ${digits}。`,
    thousands: ({ first, digits }) => `逗号读作千位分隔：${first} 就是 ${digits}。`,
    gaps: ({ n, where }) => `${n} 行缺数据，已略去，最早见于${where}。`,
    not_numbers: ({ n, first, where }) => `${n} 项不是数，已略去，最早见于${where}：${first}。`,
    other_unit: ({ n, where }) => `${n} 项用了别的单位，已略去，最早见于${where}。`,
    rows_thinned: ({ n, of }) => `共 ${of} 行，网页放不下，均匀地留下 ${n} 行。`,
    constant_column: ({ name, value }) => `${name} 总是 ${value}，所以只学另一列，画在直线上。`,
    few_values: ({ name, n, value }) =>
      `${name} 只有 ${n} 个不同的值，相隔 ${value}。每个值都在一格之内均匀摊开，得分是对原来各格的界。`,
    few_values_kept: ({ name, n }) => `${name} 只有 ${n} 个不同的值，而且没有摊开：似然可以无限上升。`,
    duplicates: ({ n, value }) =>
      `有 ${n} 行与前面的重复${value ? `，最多的是 ${value}` : ""}。靠学习时加上的噪声，它们才有密度。`,
    duplicates_kept: ({ n, value }) =>
      `有 ${n} 行与前面的重复${value ? `，最多的是 ${value}` : ""}。在这些点上，似然会一直升上去。`,
    on_a_line: () => "这些点都在一条直线上，在平面上没有密度；靠学习时加上的噪声才有。",
    on_a_line_kept: () => "这些点都在一条直线上，在平面上没有密度，似然可以无限上升。",
    scales_apart: ({ value }) => `两列的跨度相差 ${value} 倍，所以两轴各用自己的比例。`,
    scales_apart_kept: ({ value }) => `两列的跨度相差 ${value} 倍，两轴仍用同一比例。`,
    heavy_tails: ({ name, n }) => `${name} 有少数值离得很远。图上画的是其余的值，另有 ${n} 个值在图外。`,
    smoothed: ({ value }) => `学习时每个点加上一点噪声，大小是离散程度的 ${value}%：各点互相预测得最好的宽度。`,
    smoothed_kept: () => "各点照原样学，可能会被背下来。",
    none_held_out: ({ n }) => `只有 ${n} 个点，没有留出来检验的：得分是在学过的点上量的。`,
  },
};

export const ownWords: Record<"en" | "zh", Words> = { en, zh };

/** A number as a reader would write it: no more digits than it has, groups of thousands where it is long. */
export function plainNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return String(value);
  return value.toLocaleString("en", { maximumSignificantDigits: size >= 1e5 ? 12 : 7, useGrouping: size >= 1e4 });
}

export function counted(n: number): string {
  return n.toLocaleString("en");
}

/** What a note says, with the names of the learned columns for those that name one by its axis. */
export function sentence(note: Note, code: "en" | "zh", names: readonly string[] = []): string {
  const say = ownWords[code].note[note.code];
  if (!say) return note.code;
  const zh = code === "zh";
  const place = note.line ?? 0;
  const where = zh ? `第 ${place} ${note.items ? "项" : "行"}` : `${note.items ? "item" : "line"} ${place}`;
  const megabytes = note.code === "text_cut";
  const count = (n: number | undefined) => (megabytes ? ((n ?? 0) / 1e6).toFixed(0) : counted(n ?? 0));
  return say({
    count: note.count ?? 0,
    n: count(note.count),
    of: count(note.of),
    where,
    first: (note.first ?? []).join(zh ? "，" : ", "),
    name: note.name ?? (note.axis === undefined ? "" : (names[note.axis] ?? "")),
    value: note.value === undefined ? "" : told(note.code, note.value),
    digits: String(note.value ?? ""),
  });
}

/** What is estimated is told as precisely as it is known; a smoothing in per cent. */
function told(code: string, value: number): string {
  if (code.startsWith("smoothed")) return plainNumber(Number((100 * value).toPrecision(2)));
  return plainNumber(code.startsWith("scales_apart") ? Number(value.toPrecision(2)) : value);
}

/** What a column is called on the page: by its heading, by its place, or not at all where it is the only one of `columns`. */
export function columnName(
  { name, named }: { name: string; named: boolean },
  columns: number,
  code: "en" | "zh",
): string {
  if (named) return name;
  return columns === 1 ? ownWords[code].only_column : ownWords[code].column(name);
}
