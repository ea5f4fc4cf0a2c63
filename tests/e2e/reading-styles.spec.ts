/** Text in the styles of a trade: what means one number is read, and of what does not it is said why it was left out. */
import { expect, test } from "@playwright/test";
import { toggledRows } from "../../www/src/state/table/choose.ts";
import { readTable } from "../../www/src/state/table/read.ts";
import { take } from "../../www/src/state/table/take.ts";
import { codeOf, codes, lines, points, read } from "./read-text.ts";

const others = (text: string) => readTable(text).others.map(({ separator, decimal }) => separator + decimal);

test("decimal commas parted by a comma and a blank are as many columns as there are blanks", () => {
  const pairs = [
    [1.64, 0.5, 3],
    [3, 12.25, -4.5],
  ];
  expect(points("1,64, 3,00\n0,5, 12,25\n3,0, -4,5")).toEqual(pairs);
  expect(points("x, y\n1,64, 3,00\n0,5, 12,25\n3,0, -4,5"), "below a heading").toEqual(pairs);
  expect(others("1,64, 3,00\n0,5, 12,25\n3,0, -4,5"), "four columns by one press").toEqual([",."]);
  expect(points("1,234, 5,678\n2,345, 4,100")[0], "thousands").toEqual([1234, 2345]);
  expect(points("1,64, 3,00, 2,5, 0,75"), "a list").toEqual([[1.64, 3, 2.5, 0.75]]);
  expect(points("1, 2\n3, 4\n5, 7"), "whole numbers").toEqual([
    [1, 3, 5],
    [2, 4, 7],
  ]);
  expect(points("1.5, 2\n3, 4.5\n5, 7")[0]).toEqual([1.5, 3, 5]);
});

test("single digits with a comma between are two columns, and tenths by one press", () => {
  for (const text of [
    lines(40, (i) => `${(i * 7) % 10},${(i * i * 3 + i) % 10}`),
    lines(40, (i) => `${1 + ((i * 7) % 5)},${1 + ((i * 3 + (i >> 2)) % 5)}`),
    "3,4\n1,2\n5,5\n2,1\n4,4\n3,3",
  ]) {
    expect(points(text), text.slice(0, 12)).toHaveLength(2);
    expect(others(text)).toEqual(["line,"]);
  }
  for (const text of ["2,3\n1,7\n3,0\n2,0\n1,3\n5,0", "2,5\n1,0\n3,5\n2,0\n1,5", "Note\n2,4\n1,6\n3,8\n2,1\n1,9"]) {
    expect(points(text), `marks: ${text.slice(0, 12)}`).toHaveLength(1);
  }
  const tenths = lines(60, (i) => `${1 + ((i * 7) % 3)},${(i * 37 + (i >> 3)) % 10}`);
  expect(points(tenths), "all ten digits, about as often").toHaveLength(1);
});

test("numbers in a trade's own style are read, and the style is said", () => {
  const column = (cells: string[], heading = "x") => read(`${heading}\n${cells.join("\n")}`);
  const cases: [string, string[], number[], string?][] = [
    ["minus_after", ["5-", "3.5", "1200.50-", "2−"], [-5, 3.5, -1200.5, -2]],
    ["multiples", ["1.2k", "900", "3M", "1.1k"], [1200, 900, 3e6, 1100]],
    ["multiples", ["$3M", "$1.2B", "-$900K"], [3e6, 1.2e9, -9e5]],
    ["multiples", ["3 Mio. €", "250 k€", "1.5 Mrd €"], [3e6, 250_000, 1.5e9]],
    ["multiples", ["3.5万", "1.2亿", "800"], [35_000, 1.2e8, 800]],
    ["marks_behind", ["5.5*", "6.25***", "7", "8†"], [5.5, 6.25, 7, 8]],
    ["uncertain", ["12.3 ± 0.4", "11±.2", "(10.5 +/- 1) cm", "9 cm"], [12.3, 11, 10.5, 9]],
    ["powers", ["1.2×10³", "3.4 x 10^-2", "5·10⁻¹", "7e2"], [1200, 0.034, 0.5, 700]],
    ["degrees", ["52.5° N", "33.9° S", "34° 36' S", "48°8'30\"N"], [52.5, -33.9, -34.6, 48 + 8.5 / 60]],
    ["degrees", ["13.4E", "58.4W", "0.1W"], [13.4, -58.4, -0.1]],
    ["degrees", ["W 58.38", "E 13.40", "W 0.13"], [-58.38, 13.4, -0.13]],
    ["degrees", ["33.9 S", "34.6 S", "36.8 S"], [-33.9, -34.6, -36.8], "lat"],
    ["times", ["12:30", "9:15", "23:59"], [750, 555, 1439]],
    ["times", ["12:30 pm", "9:15 am", "12:05 am"], [750, 555, 5]],
    ["times", ["1:02:15", "59:30", "1:10:01.5"], [3735, 3570, 4201.5]],
    ["times", ["1:23.45", "1:22.10", "59:01"], [83.45, 82.1, 3541]],
  ];
  for (const [code, cells, values, heading] of cases) {
    const { taken } = column(cells, heading);
    expect(
      taken.notes.map((note) => note.code),
      cells[0],
    ).toContain(code);
    for (const [i, value] of values.entries()) expect(taken.columns[0]!.values[i], cells[i]).toBeCloseTo(value, 9);
  }
  expect(column(["300 K", "280 K", "310 K"]).taken.columns[0], "a temperature is no thousand").toMatchObject({
    name: "x (K)",
    values: Float64Array.of(300, 280, 310),
  });
  const places = [
    [40.5, 41.5, -12],
    [-79.25, 78, 5],
  ];
  expect(points("40°30' N 79° 15.0' W\n41° 30' N 78° E\n12° S 5° 0' E"), "beside each other").toEqual(places);
  expect(points("40.5 N, 79.25 W\n41.5 N, 78 W\n42 N, 5 W")[1], "one direction each").toEqual([-79.25, -78, -5]);
  const map = read("lat,lon\n52.5N,13.4E\n33.9S,18.4E\n34.6S,58.4W");
  expect([map.taken.columns.map(({ name }) => name), codes(map)], "north is up, and said once").toEqual([["lon", "lat"], ["degrees"]]);
  expect(points("$(5.00)\n$7.25\n($3.50)"), "owed").toEqual([[-5, 7.25, -3.5]]);
  expect(points("5,0 %\n7,5 %\n8,25 %"), "a sign beside each comma speaks for one number").toEqual([[5, 7.5, 8.25]]);
  expect(points("5 W\n10 W\n7 W"), "nor is a power a direction").toEqual([[5, 10, 7]]);
  expect(points("12.3 ± 0.4\n11.1 ± 0.2\n10 ± 1"), "one column, not three").toEqual([[12.3, 11.1, 10]]);
  expect(column(["12:30", "9:15", "14:45"]).taken.columns[0]!.name).toBe("x (min)");
});

test("a clock that only goes forward is when the rows were taken, and not learned unless asked", () => {
  const { table, taken } = read("t,v\n12:30,4\n12:45,5\n13:10,7.5\n14:20,1");
  expect(table.columns.map(({ kind, distinct }) => [kind, distinct])).toEqual([
    ["date", 4],
    ["number", 4],
  ]);
  expect(taken.columns.map(({ name }) => name)).toEqual(["v"]);
  expect([...take(table, { learned: [0], groups: undefined }).columns[0]!.values]).toEqual([750, 765, 790, 860]);
});

test("of a column that looks like numbers and is not read, it is said which, why and how many", () => {
  const why = (cells: string[]) => {
    const { notes } = read(`a,b\n${cells.map((cell, i) => `${cell},${[4, 7, 5][i % 3]! + i}`).join("\n")}`).taken;
    return notes.filter(({ code }) => code === "column_left_out").map(({ name, why, count, of }) => `${name} ${why} ${count}/${of}`);
  };
  expect(why(["1/2", "3/4", "5/8", "1/3"])).toEqual(["a fractions 4/4"]);
  expect(why(["0x1F", "0x2A", "", "0xFF"])).toEqual(["a hex 3/3"]);
  expect(why(["<5", "3", "<2", "7", ">9"])).toEqual(["a limits 3/5"]);
  expect(why(["10-20", "20-30", "40–55", "60 to 70"])).toEqual(["a ranges 4/4"]);
  expect(why(["5 kg", "3 m", "2 s", "7 A"])).toEqual(["a units 4/4"]);
  expect(why(["5", "tall", "3", "short", "wide", "7"])).toEqual(["a mixed 3/6"]);
  expect(why(["1.2.3", "1.2.4", "1.3.0", "2.0.0"])).toEqual(["a other 4/4"]);
  expect(why(["Student 7", "Student 8", "A12", "B4"]), "names are words").toEqual([]);
  expect(why(["a", "b", "a", "b"]), "groups have their use").toEqual([]);
  const refused = () => readTable("1/2\n3/4\n5/8");
  expect(codeOf(refused)).toBe("no_numbers");
  expect(refused).toThrow(expect.objectContaining({ details: { note: expect.objectContaining({ why: "fractions" }) } }));
});

test("a value that stands for a missing one is said, and its rows are left out by one press", () => {
  const coded = (code: string) => read(lines(40, (i) => `${i % 8 === 3 ? code : 20 + ((i * 7) % 13)},${i % 5}.5`));
  for (const code of ["-999", "9999", "-99.9", "-9999.0", "999"]) {
    const { table, choice, taken } = coded(code);
    expect(taken.notes, code).toMatchObject([{ code: "missing_code", value: Number(code), count: 5, column: 0 }]);
    expect(taken.columns[0]!.values).toHaveLength(40);
    const without = toggledRows(choice, { column: 0, value: Number(code) });
    const left = take(table, without);
    expect(left.columns[0]!.values).toHaveLength(35);
    expect(left.notes).toMatchObject([{ code: "rows_without", count: 5 }]);
    expect(take(table, toggledRows(without, { column: 0, value: Number(code) })).columns[0]!.values).toHaveLength(40);
  }
  expect(codes(coded("33")), "no such form").toEqual([]);
  expect(codes(read(lines(40, (i) => `${70 + ((i * 7) % 30)}`))), "99 among others like it").toEqual([]);
  const two = read(lines(40, (i) => ["-999", "-888"][i % 9] ?? `${(i * 7) % 13}`));
  expect(two.taken.notes.map(({ value }) => value)).toEqual([-999, -888]);
  // What is a code in one column is one in another, where it stands but once; a value among others like it is none.
  const beside = read(lines(40, (i) => `${i % 8 === 3 ? -999 : (i * 7) % 13},${i === 5 ? -999 : 40 + (i % 9)}`));
  expect(beside.taken.notes.map(({ column, count }) => [column, count])).toEqual([
    [0, 5],
    [1, 1],
  ]);
  const among = read(lines(40, (i) => `${i % 8 === 3 ? 99 : (i * 7) % 13},${70 + ((i * 7) % 31)}`));
  expect(among.taken.notes.map(({ column }) => column)).toEqual([0]);
});

test("whole numbers that are all days are dates, left out and said, and days where they are learned", () => {
  const { table, taken } = read(`day,v\n${lines(20, (i) => `202402${10 + ((i * 7) % 20)},${(i * 7) % 13}`)}`);
  expect(taken.columns.map(({ name }) => name)).toEqual(["v"]);
  expect(taken.notes).toMatchObject([{ code: "days_beside", name: "day" }]);
  const days = take(table, { learned: [0], groups: undefined });
  expect([...days.columns[0]!.values.slice(0, 3)]).toEqual([0, 7, 14]);
  expect(days.notes).toMatchObject([{ code: "days", first: ["20240217"], value: 7 }]);
  expect(points("20240228\n20240301\n20231231")[0], "over the end of a leap year's February").toEqual([59, 61, 0]);
  expect(points("20240231\n20240301\n20231231")[0], "the 31st of February is none").toEqual([20240231, 20240301, 20231231]);
});

test("a value that most rows have beside others that differ is said", () => {
  const spike = read(lines(100, (i) => (i % 20 ? "0" : `${3 + Math.sin(i)}`)));
  expect(spike.taken.notes).toMatchObject([{ code: "spike", value: 0, count: 95, of: 100 }]);
  const others = take(spike.table, toggledRows(spike.choice, { column: 0, value: 0 }));
  expect(others.columns[0]!.values).toHaveLength(5);
  expect(codes(read(lines(100, (i) => `${1 + ((i * i) % 6)}`))), "a die has no spike").toEqual([]);
});

test("a colon between two numbers is a point, lines of libsvm and GeoJSON are tables", () => {
  const three = [
    [1, 3.5, -5],
    [2, 4, 70],
  ];
  for (const text of ["1:2\n3.5:4\n-5:70", "x:y\n1:2\n3.5:4\n-5:70", "{1: 2, 3.5: 4, -5: 70}", "1:2, 3.5:4, -5:70", "1:2 3.5:4 -5:70"]) {
    expect(points(text), text).toEqual(three);
  }
  expect(others("12:30\n9:15\n23:59"), "times may be points").toEqual([":."]);
  const sparse = read("+1 1:0.5 2:3\n-1 1:0.75 # a note\n+1 2:1.5\n-1 1:2 2:4\n");
  expect(sparse.taken.columns.map(({ name, values }) => [name, ...values])).toEqual([
    ["x1", 0.5, 0.75, 0, 2],
    ["x2", 3, 0, 1.5, 4],
  ]);
  expect([sparse.taken.groups?.name, codes(sparse)]).toEqual(["label", ["libsvm"]]);
  const feature = (i: number) => ({
    type: "Feature",
    properties: { depth: 3 * i, place: `p${i}` },
    geometry: { type: "Point", coordinates: [10 + i, 50 - i * i] },
  });
  const quakes = read(JSON.stringify({ type: "FeatureCollection", features: [1, 2, 4].map(feature) }));
  expect(quakes.taken.columns.map(({ name, values }) => [name, ...values])).toEqual([
    ["longitude", 11, 12, 14],
    ["latitude", 49, 46, 34],
  ]);
  expect(quakes.table.columns.map(({ name }) => name)).toEqual(["longitude", "latitude", "depth", "place"]);
  expect(points([1, 2, 4].map((i) => JSON.stringify(feature(i))).join("\n")), "one feature a line").toEqual([
    [11, 12, 14],
    [49, 46, 34],
  ]);
  const corners = [
    [1, 2],
    [3.5, 4],
    [-5, 70],
  ];
  for (const geometry of [
    { type: "MultiPoint", coordinates: corners },
    { type: "LineString", coordinates: corners },
    { type: "Polygon", coordinates: [corners] },
    { type: "GeometryCollection", geometries: corners.map((coordinates) => ({ type: "Point", coordinates })) },
  ]) {
    expect(points(JSON.stringify(geometry)), geometry.type).toEqual(three);
  }
  expect(codeOf(() => readTable('{"type":"FeatureCollection","features":[]}'))).toBe("no_numbers");
});

test("a unit that a heading has already is not added again", () => {
  const { table } = read("temp (°C),hum [%],speed m/s,mass\n°C,%,m/s,kg\n1,2,3,4\n2,5,3,1\n5,3,2,2\n4,4,1,2");
  expect(table.columns.map(({ name }) => name)).toEqual(["temp (°C)", "hum [%]", "speed m/s", "mass (kg)"]);
});
