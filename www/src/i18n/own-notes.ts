/** All that is said about how the reader's own data were read, and what was found in them. */

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
  unit: string;
  why: string;
}

/** A number as a reader would write it: no more digits than it has, groups of thousands where it is long. */
export function plainNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return String(value);
  return value.toLocaleString("en", { maximumSignificantDigits: size >= 1e5 ? 12 : 7, useGrouping: size >= 1e4 });
}

/** Why a column that looks like numbers is left out. */
const whys: Record<"en" | "zh", Record<string, string>> = {
  en: {
    fractions: "fractions, which could be dates or scores as well",
    hex: "numbers to the base 16, or names of something",
    limits: "bounds and rough values, not numbers",
    ranges: "from one number to another, not one number each",
    units: "in several units",
    mixed: "words",
    other: "no plain numbers",
  },
  zh: {
    fractions: "是分数，但也可能是日期或比分",
    hex: "是十六进制数，或者是编号",
    limits: "是上下限或约数，不是确定的数",
    ranges: "各是一个范围，不是一个数",
    units: "用了几种单位",
    mixed: "是文字",
    other: "不是单纯的数",
  },
};

const en: Record<string, (note: Told) => string> = {
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
  scales_apart: ({ value }) => `The spreads of the two columns differ ${value} times, so each axis has its own scale.`,
  scales_apart_kept: ({ value }) =>
    `The spreads of the two columns differ ${value} times, and both axes have one scale.`,
  heavy_tails: ({ name, n }) =>
    `A few values of ${name} lie very far out. The picture shows the others; ${n} ${n === "1" ? "value lies" : "values lie"} outside it.`,
  smoothed: ({ value }) =>
    `While they are learned, points are moved by noise of ${value} % of their spread: so far they foretell one another best.`,
  smoothed_kept: () => "Points are learned as they stand, and may be learned by heart.",
  smoothed_wide: ({ value }) =>
    `While they are learned, points are moved by noise of ${value} % of their spread: so far they foretell one another best. Finer shapes are blurred; more points, or no smoothing, would show them.`,
  none_held_out: ({ n }) => `With ${n} points none is kept back: scores are measured on the points that are learned.`,
  marks_behind: ({ first, digits }) => `Stars and daggers behind a number are passed over: ${first} is ${digits}.`,
  minus_after: ({ first, digits }) => `A minus behind a number makes it negative: ${first} is ${digits}.`,
  uncertain: ({ first, digits }) => `Of a number with its uncertainty the number is taken: ${first} is ${digits}.`,
  powers: ({ first, digits }) => `Powers of ten are worked out: ${first} is ${digits}.`,
  degrees: ({ first, value }) =>
    `Degrees to the south and west are negative, minutes are parts of a degree: ${first} is ${value}.`,
  multiples: ({ first, value }) => `Thousands, millions and the like are worked out: ${first} is ${value}.`,
  times: ({ first, value, unit, name }) =>
    `${name ? `The times of ${name}` : "Times"} are read in ${unit === "min" ? "minutes" : "seconds"}: ${first} is ${value}.`,
  days: ({ first, value, name }) =>
    `${name ? `${name} has dates` : "These are dates"} as whole numbers, read as days since the first of them: ${first} is ${value}.`,
  days_beside: ({ first, name }) =>
    `${name} has dates as whole numbers (${first}) and is not learned. Where it is chosen, it is read as days since the first of them.`,
  missing_code: ({ n, count, name, value }) =>
    `${value} stands far outside the other values${name ? ` of ${name}` : ""}, in ${count === 1 ? "1 row" : `${n} rows`}: perhaps it says that a value is missing. It is learned as a number.`,
  rows_without: ({ n, count, name, value }) =>
    `${count === 1 ? "1 row is" : `${n} rows are`} left out, in which ${name ? `${name} is ${value}` : `the value is ${value}`}.`,
  spike: ({ n, of, name, value }) =>
    `${value} stands in ${of === "0" ? n : `${n} of ${of}`} rows${name ? ` of ${name}` : ""}, and the others differ. Such a value has no density: it is learned as a peak as wide as the noise.`,
  column_left_out: ({ n, of, count, name, why, first }) => {
    const which = of === n ? (count === 1 ? "its 1 cell" : `its ${n} cells`) : `${n} of its ${of} cells`;
    return `${name || "This column"} is not read as numbers: ${which} ${count === 1 ? "is" : "are"} ${whys.en[why] ?? whys.en.other} (${first}).`;
  },
  geojson: ({ n, count, of }) =>
    `This is GeoJSON: ${count === 1 ? "1 position" : `${n} positions`} of ${of === "1" ? "1 feature" : `${of} features`}.`,
  libsvm: () => "Each line has a label, then places and values, as libsvm writes them. What a line does not name is 0.",
  html_table: ({ count, n }) =>
    count > 1
      ? `This is a web page with ${n} tables. The one with the most numbers is read.`
      : "This is a web page. Its table is read.",
  only_html: () => "It is a web page without a table of numbers. Copy the numbers themselves, or save them as CSV.",
  only_xml: () => "It is XML, which is not read here. Save the numbers as CSV.",
};

const zh: Record<string, (note: Told) => string> = {
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
  smoothed_wide: ({ value }) =>
    `学习时每个点加上一点噪声，大小是离散程度的 ${value}%：各点互相预测得最好的宽度。更细的形状会被抹平；多给一些点，或关掉平滑，才看得到。`,
  none_held_out: ({ n }) => `只有 ${n} 个点，没有留出来检验的：得分是在学过的点上量的。`,
  marks_behind: ({ first, digits }) => `数后面的星号等脚注记号已略过：${first} 就是 ${digits}。`,
  minus_after: ({ first, digits }) => `数后面的负号表示负数：${first} 就是 ${digits}。`,
  uncertain: ({ first, digits }) => `带误差的数只取数本身：${first} 读作 ${digits}。`,
  powers: ({ first, digits }) => `十的乘方已经算出：${first} 就是 ${digits}。`,
  degrees: ({ first, value }) => `南纬和西经记作负数，分和秒折合成度：${first} 就是 ${value}。`,
  multiples: ({ first, value }) => `千、万、百万等已经乘进去：${first} 就是 ${value}。`,
  times: ({ first, value, unit, name }) =>
    `${name ? `${name} 里的` : ""}时间以${unit === "min" ? "分钟" : "秒"}计：${first} 就是 ${value}。`,
  days: ({ first, value, name }) => `${name || "这些数"}是写成整数的日期，读作距最早一天的天数：${first} 是 ${value}。`,
  days_beside: ({ first, name }) => `${name} 是写成整数的日期（${first}），没有学。选中它，就读作距最早一天的天数。`,
  missing_code: ({ n, name, value }) =>
    `${name ? `${name} 里` : ""}有 ${n} 行是 ${value}，远在其余的值之外，也许表示缺数据。现在当作数来学。`,
  rows_without: ({ n, name, value }) => `${name ? `${name} 为` : "值为"} ${value} 的 ${n} 行已略去。`,
  spike: ({ n, of, name, value }) =>
    `${name ? `${name} 里` : ""}有 ${of === "0" ? "" : `${of} 行中的 `}${n} 行都是 ${value}，其余各不相同。这样的值没有密度，它学成一个和噪声一样宽的尖峰。`,
  column_left_out: ({ n, of, name, why, first }) =>
    `${name ? `${name} ` : "这一列"}没有当作数来读：${of === n ? `这 ${n} 格` : `${of} 格中有 ${n} 格`}${whys.zh[why] ?? whys.zh.other}（${first}）。`,
  geojson: ({ n, of }) => `这是 GeoJSON：${of} 个要素，${n} 个位置。`,
  libsvm: () => "每行先是标签，再是位置和值，这是 libsvm 的写法；没写出来的就是 0。",
  html_table: ({ count, n }) =>
    count > 1 ? `这是一个网页，里面有 ${n} 张表，读的是数最多的那张。` : "这是一个网页，读的是里面的表。",
  only_html: () => "这是一个网页，里面没有数的表格。请直接复制那些数，或存成 CSV。",
  only_xml: () => "这是 XML，这里不能读。请把数存成 CSV。",
};

export const notes = { en, zh };
