/** Words about the reader's own data: the preview of a table, and what is learned of it. Fetched with the reader itself. */
import type { Kind, Note, Table } from "../state/table/table.ts";
import { notes, plainNumber } from "./own-notes.ts";

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
  /** Before the names of the columns that can tell rows apart. */
  classes: string;
  no_classes: string;
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
  /** To press: rows are left out, or taken in again. */
  leave_rows: (n: string) => string;
  keep_rows: string;
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
}

const mark = { en: { ".": "a decimal point", ",": "a decimal comma" }, zh: { ".": "点作小数点", ",": "逗号作小数点" } };
const ends = {
  en: {
    "\t": "tabs",
    ";": "semicolons",
    "|": "bars",
    ",": "commas",
    ", ": "commas with a space",
    ":": "colons",
    space: "spaces",
  },
  zh: {
    "\t": "制表符",
    ";": "分号",
    "|": "竖线",
    ",": "逗号",
    ", ": "后面有空格的逗号",
    ":": "冒号",
    space: "空格",
  },
};
/** What says itself what its numbers are. */
const formats: Record<string, { en: string; zh: string }> = {
  json: { en: "JSON", zh: "JSON" },
  geojson: { en: "GeoJSON", zh: "GeoJSON" },
  libsvm: { en: "lines of libsvm", zh: "libsvm 格式" },
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
  groups: "class",
  classes: "Classes by",
  no_classes: "none",
  learned_help: "Learn this column, or leave it out.",
  group_help:
    "Take what this column says as the class of each row: shown by colour and shape, and learned by models that can be asked for a class.",
  useless: "There are no numbers to learn in this column.",
  missing: (n) => `${n} missing`,
  read_as: "Read as",
  other: "It can be read in another way:",
  way: (reading) =>
    formats[reading.separator]?.en ??
    `${isList(reading.separator) ? "one list" : reading.separator === "cells" ? "the cells of a table" : `columns at ${ends.en[reading.separator as ","]}`}, ${mark.en[reading.decimal]}`,
  and: " and ",
  learn: (names) => `Learn ${names.join(" and ")}`,
  cancel: "Cancel",
  nothing_left_out: "Every row is used as it stands.",
  leave_rows: (n) => (n === "1" ? "Leave this row out" : `Leave these ${n} rows out`),
  keep_rows: "Learn them too",
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
  groups: "类别",
  classes: "类别取自",
  no_classes: "不分",
  learned_help: "学这一列，或不学它。",
  group_help: "把这一列当作每一行的类别：用颜色和形状画出来，能按类别生成的模型也会学它。",
  useless: "这一列里没有可学的数。",
  missing: (n) => `缺 ${n} 个`,
  read_as: "读作",
  other: "也可以换一种读法：",
  way: (reading) =>
    formats[reading.separator]?.zh ??
    `${isList(reading.separator) ? "一列数" : reading.separator === "cells" ? "表格的单元格" : `以${ends.zh[reading.separator as ","]}分列`}，${mark.zh[reading.decimal]}`,
  and: " 和 ",
  learn: (names) => `学习 ${names.join(" 和 ")}`,
  cancel: "取消",
  nothing_left_out: "每一行都照原样用上了。",
  leave_rows: (n) => `略去这 ${n} 行`,
  keep_rows: "还是学这些行",
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
};

export const ownWords: Record<"en" | "zh", Words> = { en, zh };

export function counted(n: number): string {
  return n.toLocaleString("en");
}

/** What a note says, with the names of the learned columns for those that name one by its axis. */
export function sentence(note: Note, code: "en" | "zh", names: readonly string[] = []): string {
  const say = notes[code][note.code];
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
    name:
      note.name ??
      (note.place ? ownWords[code].column(String(note.place)) : undefined) ??
      (note.axis === undefined ? "" : (names[note.axis] ?? "")),
    value: note.value === undefined ? "" : told(note.code, note.value),
    digits: String(note.value ?? ""),
    unit: note.unit ?? "",
    why: note.why ?? "",
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
