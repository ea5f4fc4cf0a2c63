/** Reading text as a table, without a page: what people paste and drop, and a thousand texts that nobody would. */
import { expect, test } from "@playwright/test";
import { choose, chooseNamed, toggled } from "../../www/src/state/table/choose.ts";
import { decode } from "../../www/src/state/table/decode.ts";
import { readNumber } from "../../www/src/state/table/number.ts";
import { MOST_CHARS, readTable } from "../../www/src/state/table/read.ts";
import { MOST_ROWS, type Taken } from "../../www/src/state/table/take.ts";
import { bytesOf, CASES, MORE } from "./own-data.ts";
import { codeOf, codes, points, read } from "./read-text.ts";

function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

function isValid({ columns, groups }: Taken): boolean {
  const [{ values } = { values: new Float64Array() }] = columns;
  const whole = columns.every((column) => column.values.length === values.length && column.values.every(Number.isFinite));
  return [1, 2].includes(columns.length) && values.length >= 2 && whole && (!groups || groups.of.length === values.length);
}

for (const each of [...CASES, ...MORE]) {
  test(`${each.file} is read as it was meant`, () => {
    const { taken } = read(decode(bytesOf(each)));
    expect(taken.columns.map(({ name }) => name)).toEqual(each.columns);
    expect(taken.columns[0]!.values.length).toBe(each.rows);
    for (const [axis, middle] of (each.medians ?? []).entries()) {
      expect(median(taken.columns[axis]!.values)).toBeCloseTo(middle, 6);
    }
    expect(taken.notes.map(({ code, count, line }) => [code, count, line].filter(Boolean).join(" "))).toEqual(each.says ?? []);
    expect(taken.groups?.names).toEqual(each.groups);
  });
}

test("what a column is: seen in its cells and its heading", () => {
  const kinds = (text: string) => readTable(text).columns.map(({ kind }) => kind);
  const rows = Array.from({ length: 9 }, (_, i) => `${i + 1},2024-01-0${i + 1},${i % 4},${"ab"[i % 2]},1,word ${i},`);
  expect(kinds(`nr,day,n,group,one,text,none\n${rows.join("\n")}`)).toEqual([
    "index",
    "date",
    "number",
    "word",
    "constant",
    "word",
    "empty",
  ]);
  expect(kinds("01.02.2024;3,5\n02.02.2024;4,5\n03.02.2024;1,5")).toEqual(["date", "number"]);
  expect(kinds("12:30,5.5\n12:45,6.5\n13:10,7.1")).toEqual(["date", "number"]);
  expect(readTable("\ufeffx,y\n1,2\n3,4").columns[0]!.name, "a mark that a program left in the text").toBe("x");
});

test("a comma between digits: decimals, thousands or two numbers, and the other way offered", () => {
  const marks = "2,3\n1,7\n3,0\n2,0\n1,3\n5,0";
  expect(points(marks)).toEqual([[2.3, 1.7, 3, 2, 1.3, 5]]);
  const [pairs] = readTable(marks).others;
  expect(points(marks, { reading: pairs })).toEqual([
    [2, 1, 3, 2, 1, 5],
    [3, 7, 0, 0, 3, 0],
  ]);
  expect(
    readTable(marks, { reading: pairs }).others.map(({ decimal }) => decimal),
    "and back",
  ).toEqual([","]);
  expect(points("1,2\n3,4\n5,6"), "three pairs").toEqual([
    [1, 3, 5],
    [2, 4, 6],
  ]);
  expect(points("1,2\n3,4\n5,6", { decimal: "," })).toEqual([[1.2, 3.4, 5.6]]);
  expect(points(marks, { decimal: "." }).length, "said to be points").toBe(2);
  expect(points("2,05\n1,50\n3,75\n12,25"), "no second number begins with 0").toEqual([[2.05, 1.5, 3.75, 12.25]]);
  expect(points("45,147\n21,041\n57,857\n900")).toEqual([[45147, 21041, 57857, 900]]);
  expect(points("45,147\n21,041\n57,857", { decimal: "," })).toEqual([[45.147, 21.041, 57.857]]);
  expect(points("59,4 85,2 82,5 77,1 60,0 61,2")).toEqual([[59.4, 85.2, 82.5, 77.1, 60, 61.2]]);
  expect(points("x,y\n1,2\n3,4\n5,6\n7,8\n9,1\n2,2").length, "a heading with a comma names two").toBe(2);
  expect(points("Wert\n1,2\n3,4\n5,6\n7,8\n9,1\n2,2").length, "a heading without one names one").toBe(1);
  const hundreds = Array.from({ length: 40 }, (_, i) => `${10 + i},${100 + 7 * i}`).join("\n");
  expect(points(hundreds).length, "forty thousands without one leading zero are pairs").toBe(2);
});

test("a list is a list however it is written, a table however it is separated", () => {
  for (const text of [
    "1 2.5 -30",
    "1,2.5,-3e1",
    "1;2.5;-3e1",
    "1\n2.5\n-3e1\n",
    "1\r\n\r\n 2.5\r\n−30",
    "1\r2.5\r-30",
    "1, 2.5,\n-30",
    "1，2.5、-30",
    '"1","2.5","-30"',
    "[1, 2.5, -30]",
    "x <- c(1, 2.5, -30)",
    "x = [1, 2.5, -30];",
    "array([  1. ,   2.5, -30. ], dtype=float32)",
    "１\n２．５\n－３０",
  ]) {
    expect(points(text), JSON.stringify(text)).toEqual([[1, 2.5, -30]]);
  }
  for (const text of [
    "1 2\n3 4\n5 7",
    "1,2\n3,4\n5,7\n",
    "1;2\n3;4\n5;7",
    "1\t2\t\t\n3\t4\t\t\n5\t7\t\t",
    "1 2; 3 4; 5 7",
    "x,y\n1,2\n3,4\n5,7",
    "sep=;\nx;y\n1;2\n3;4\n5;7",
    "| x | y |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n| 5 | 7 |",
    "# x y\n1 2\n3 4\n5 7",
    "[(1, 2), (3, 4), (5, 7)]",
    "[[1. 2.]\n [3. 4.]\n [5. 7.]]",
    "{{1, 2}, {3, 4}, {5, 7}}",
    '{"x":1,"y":2}\n{"x":3,"y":4}\n{"x":5,"y":7}',
    '\ufeff{"x":[1,3,5],"y":[2,4,7]}',
    '{"columns":{"x":[1,3,5],"y":[2,4,7]}}',
    '{"columns":["a","b"],"data":[[1,2],[3,4],[5,7]]}',
    '[["x","y"],[1,2],[3,4],[5,7]]',
  ]) {
    expect(points(text), JSON.stringify(text)).toEqual([
      [1, 3, 5],
      [2, 4, 7],
    ]);
  }
  const years = `country,2020,2021,2022\n${Array.from({ length: 9 }, (_, i) => `c${i},1.${i}4,3.00,3.${i}2`).join("\n")}`;
  expect(read(years).table.columns.map(({ name }) => name)).toEqual(["country", "2020", "2021", "2022"]);
  expect(points("1,2\n1.64,3.00\n0.97,2.51\n3.14,1.25\n")[0], "numbers that count the columns").toEqual([1.64, 0.97, 3.14]);
  expect(points("1,2\n3,4\n5.5,7\n6,8.25\n")[0], "whole numbers among others").toEqual([1, 3, 5.5, 6]);
  const wrapped = "61 37 22 23 65\n12 94 48 62 91\n55 71 60";
  expect(points(wrapped)[0]).toHaveLength(13);
});

test("what is no number is left out and named, in a list too", () => {
  const list = read("61, 74 n/a 82\n55 71 banana 68 90");
  expect(list.taken.columns.map(({ values }) => values.length)).toEqual([7]);
  expect(list.taken.notes).toMatchObject([
    { code: "gaps", count: 1, line: 1 },
    { code: "not_numbers", count: 1, line: 2, first: ["banana"] },
  ]);
  const names = read('name,score\n"Li, Wei",70\nStudent 7,81.5\n王芳,90\n');
  expect([names.taken.columns[0]!.name, ...names.taken.columns[0]!.values]).toEqual(["score", 70, 81.5, 90]);
  expect(points("Heights: 170 cm, 182.5 cm and 165 cm", {})).toEqual([[170, 182.5, 165]]);
  expect(read("1\ninf\n2\n1e999\n3\n4").taken.notes).toMatchObject([{ code: "not_numbers", first: ["inf", "1e999"] }]);
});

test("quotes: around separators and line ends, and alone as inches", () => {
  const quoted = read('name,note,score\n"Li, Wei","two\nlines",70\nStudent 7,,n/a\n"Wang ""W"" Fang",x,90\n');
  expect(quoted.taken.columns.map(({ values }) => [...values])).toEqual([[70, 90]]);
  expect(quoted.taken.notes, "the gap is on the line where an editor shows it").toMatchObject([{ code: "gaps", line: 4 }]);
  expect(points('size,price\n5" pipe,3.2\n"7 pipe,4.4\n9" pipe,1.1')).toEqual([[3.2, 4.4, 1.1]]);
  expect(points('x,note\n1,"open\n2,b\n4,c'), "a mark that is never closed").toEqual([[1, 2, 4]]);
  expect(points("[1, NaN, 3, null, 4]")).toEqual([[1, 3, 4]]);
});

test("numbers with signs and units, and words that look like numbers", () => {
  const value = (cell: string, mark: "." | "," = ".") => readNumber(cell, mark);
  expect(value("$45,147.85")).toEqual({ value: 45147.85, unit: "$" });
  expect(value("1.234,50 €", ",")).toEqual({ value: 1234.5, unit: "€" });
  expect(value("−¥3")).toEqual({ value: -3, unit: "¥" });
  expect(value("53 %")).toEqual({ value: 53, unit: "%" });
  expect(value("５３％")).toEqual({ value: 53, unit: "%" });
  expect(value("90分")).toEqual({ value: 90, unit: "分" });
  expect(value("12'345.5")).toEqual({ value: 12345.5, unit: "" });
  expect(value("1\u202f234,5", ",")).toEqual({ value: 1234.5, unit: "" });
  expect(value("(1,234.50)")).toEqual({ value: -1234.5, unit: "" });
  expect(value("3.1E+02")).toEqual({ value: 310, unit: "" });
  for (const cell of ["2024-01-01", "12:30", "Student 7", "1.2.3", "1/2", "5²", "1,23", "", "-", "1e999", "e5", "--1"]) {
    expect(value(cell), cell).toBeUndefined();
  }
  const mixed = read("height (cm)\tweight (kg)\n170\t65\n180\t80 kg\n1.7 m\t70\n165\t55\n");
  expect(mixed.taken.columns.map(({ name }) => name)).toEqual(["height (cm)", "weight (kg)"]);
  expect(mixed.taken.notes, "metres are no centimetres").toMatchObject([{ code: "other_unit", count: 1, line: 4 }]);
});

test("titles above, units under the heading, sums below", () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i},${20 + (i % 7) / 4}`).join("\n");
  const { taken } = read(`Exported from a logger\n2024-01-05\n\ntime,temp\ns,°C\n${rows}\nMean,20.7`);
  expect(taken.columns[0]!.name, "time counts up").toBe("temp (°C)");
  expect(taken.columns[0]!.values).toHaveLength(20);
  expect(taken.notes).toMatchObject([
    { code: "lines_above", count: 2, line: 1 },
    { code: "sum_below", line: 26 },
  ]);
});

test("which columns: never numbers of rows or constants, and what is asked for by name", () => {
  const table = readTable("student_id,sex,height,weight\n11,1,170,65\n12,2,180,80\n19,1,165,52\n23,2,177,70\n31,1,160,50");
  expect(table.columns.map(({ kind }) => kind)).toEqual(["index", "number", "number", "number"]);
  expect(choose(table)).toEqual({ learned: [2, 3], groups: 1 });
  expect(chooseNamed(table, ["weight"])).toMatchObject({ learned: [3] });
  expect(chooseNamed(table, [4, "height"])).toMatchObject({ learned: [3, 2] });
  expect(codeOf(() => chooseNamed(table, ["age"]))).toBe("unknown_id");
  expect(codeOf(() => chooseNamed(table, []))).toBe("out_of_range");
  expect(toggled({ learned: [2, 3], groups: 1 }, 1)).toEqual({ learned: [3, 1], groups: undefined });
  expect(toggled({ learned: [2], groups: 1 }, 2), "something is always learned").toEqual({ learned: [2], groups: 1 });
  expect(choose(readTable("2001,5.1\n2002,4.7\n2003,6.3\n2004,5.5\n2005,5.9")).learned, "years").toEqual([1]);
  expect(choose(readTable("x,y\n1,5.1\n2,4.7\n3,6.3\n4,5.5\n5,5.9")).learned, "named axes").toEqual([0, 1]);
  expect(choose(readTable("1 2 3 4 5 6 7")).learned, "all there is").toEqual([0]);
});

test("bytes of a file in the encodings that spreadsheets write", () => {
  const utf16 = new Uint8Array([0xff, 0xfe, ...[..."x\ty\n1\t2"].flatMap((c) => [c.charCodeAt(0), 0])]);
  expect(decode(utf16)).toBe("\ufeffx\ty\n1\t2".slice(1));
  // 成绩 in GBK, as Chinese Excel saves it.
  expect(decode(new Uint8Array([0xb3, 0xc9, 0xbc, 0xa8, 10, 57, 48]))).toBe("成绩\n90");
  // Größe in Windows-1252.
  expect(decode(new Uint8Array([71, 114, 0xf6, 0xdf, 101, 59, 49]))).not.toContain("\ufffd");
  expect(decode(new Uint8Array([116, 0xe9, 109, 112, 59]))).toBe("témp;");
  const cut = new TextEncoder().encode("1\n2\n成");
  expect(decode(cut.slice(0, -1), false), "a letter cut in two at the end of a part").toBe("1\n2\n");
  expect(codeOf(() => readTable(decode(new Uint8Array([80, 75, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 33, 0]))))).toBe("not_text");
});

test("too much: rows are thinned evenly, a text is read to its limit, both said", () => {
  const many = Array.from({ length: MOST_ROWS + 50_000 }, (_, i) => `${(i * 7919) % 1000}`).join("\n");
  const { taken } = read(many);
  expect(taken.columns[0]!.values).toHaveLength(MOST_ROWS);
  expect(taken.notes).toMatchObject([{ code: "rows_thinned", count: MOST_ROWS, of: MOST_ROWS + 50_000 }]);
  const kept = read(Array.from({ length: 2 * MOST_ROWS }, (_, i) => `${i + 0.5}`).join("\n")).taken.columns[0]!.values;
  expect(median(kept), "evenly, not the first").toBeCloseTo(MOST_ROWS, -1);
  const wide = `1.25,2.75${" ".repeat(990)}\n`;
  const long = wide.repeat(MOST_CHARS / 990);
  expect(codes(read(long))[0]).toBe("text_cut");
});

test("a thousand random texts: a valid table or a coded refusal, in every way it offers", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const bits = [
    ...["1", "2.5", "3,5", "-7", "1e5", "59,4", "12,345.6", "1.234,5", "$3", "5 %", "NA", "-", "abc", "王芳", "2024-01-01"],
    ...['"', '"a,b"', "'", "\n", "\n", "\n", "\n", "\r\n", "\t", ";", ",", ",", "|", " ", " ", "{", "}", "[", "]", "(", ")", ":"],
    ...["#", "\u0000", "\ufeff", "😀", "\ud800", "null", "x", "id", "NaN", "inf", "９", "，", "；", "--", "__proto__", "0x1F"],
    ...["constructor", "1/2", "\\", "sep=;", "Total", "1e308", "-1e308", "5e-324", "1e999"],
    ...["5-", "±", "1.2k", "3M", "12:30", "1:2", "52.5° N", "3 S", "×10", "-999", "20240105", "<5", ", ", '{"type":"Point"'],
  ];
  const value = (depth: number): unknown => {
    const kind = random();
    if (depth === 0 || kind < 0.3) return pick([1, 2.5, "3", null, true, "x", "", -1e9]);
    const items = Array.from({ length: 4 * random() }, () => value(depth - 1));
    return kind < 0.7 ? items : Object.fromEntries(items.map((item) => [pick(["x", "y", "columns", "data", "__proto__"]), item]));
  };
  const allowed = [undefined, "no_text", "no_numbers", "not_text", "too_few_points"];
  const broken: string[] = [];
  let valid = 0;
  for (let i = 0; i < 1000; i++) {
    const own = Array.from({ length: 5 }, () => pick(bits));
    const words = Array.from({ length: 60 * random() }, () => (random() < 0.6 ? pick(own) : pick(bits))).join("");
    const text = i % 5 === 0 ? JSON.stringify(value(4)) : words;
    const ways: Parameters<typeof readTable>[1][] = [{}, { decimal: "," }];
    for (const way of ways) {
      const code = codeOf(() => {
        const { table, taken } = read(text, way);
        if (!way?.reading) ways.push(...table.others.map((reading) => ({ reading })));
        if (!isValid(taken)) broken.push(text);
        valid++;
      });
      if (!allowed.includes(code)) broken.push(`${code}: ${text}`);
    }
  }
  expect(broken).toEqual([]);
  expect(valid, "the texts are not all refused").toBeGreaterThan(100);
});
