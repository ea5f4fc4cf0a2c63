/** The files that leave the page, byte by byte, and the addresses that come back to it: no browser is needed to read them. */
import { expect, test } from "@playwright/test";
import { readOwn, writeOwn } from "../../www/src/lab/own-key.ts";
import { pack, unpack } from "../../www/src/lab/packed.ts";
import { writeCsv } from "../../www/src/take/csv.ts";
import { writeNpy } from "../../www/src/take/npy.ts";
import { writeSafetensors } from "../../www/src/take/safetensors.ts";
import { readSession, writeSession } from "../../www/src/take/session-file.ts";
import { VectorPen } from "../../www/src/take/vector-pen.ts";
import { chance, readSafetensors } from "./read-files.ts";

test("safetensors: an independent reader finds every tensor, at numbers aligned to 8 bytes", () => {
  for (const said of ["", "x", "log p, 对数"]) {
    const tensors = [
      { name: "a.weight", shape: [2, 3], values: Float32Array.from([1, -2, 3.5, 1e-30, 4, 5]) },
      { name: "empty", shape: [0], values: new Float32Array() },
      { name: "b", shape: [1], values: Float32Array.from([0.1]) },
    ];
    const { metadata, read, start } = readSafetensors(Buffer.from(writeSafetensors(tensors, { dgm: said })));
    expect(start % 8, "numbers are aligned").toBe(0);
    expect(metadata).toEqual({ dgm: said });
    expect(read).toEqual(Object.fromEntries(tensors.map(({ name, shape, values }) => [name, { shape, values: [...values] }])));
  }
});

test("NPY: the header is a Python literal of 64 bytes' multiple, and the numbers follow in 32 or 64 bits", () => {
  for (const [values, descr] of [
    [Float32Array.from([1, 2, 3, 4, 5, 6.5]), "<f4"],
    [Float64Array.from([1, 2, 3, 4, 5, 1e300]), "<f8"],
  ] as const) {
    const bytes = Buffer.from(writeNpy(values, [3, 2]));
    expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]));
    const start = 10 + bytes.readUInt16LE(8);
    expect(start % 64).toBe(0);
    expect(bytes.toString("latin1", 10, start)).toMatch(`{'descr': '${descr}', 'fortran_order': False, 'shape': (3, 2, ), }`);
    expect(bytes[start - 1]).toBe(10);
    const size = values.BYTES_PER_ELEMENT;
    const read = Array.from(values, (_, i) => (size === 4 ? bytes.readFloatLE(start + 4 * i) : bytes.readDoubleLE(start + 8 * i)));
    expect(read).toEqual([...values]);
    expect(bytes.length).toBe(start + size * values.length);
  }
});

test("CSV: quotes where they must be, nothing for what is no number, and no cell that a spreadsheet would run", () => {
  expect(
    writeCsv(
      ["a\nb"],
      ["x, y", 'a "b"'],
      [
        [1, "=1+1"],
        [Number.NaN, undefined],
        [Number.POSITIVE_INFINITY, "-x"],
      ],
    ),
  ).toBe(`# a b\n"x, y","a ""b"""\n1,'=1+1\n,\nInfinity,'-x\n`);
});

const about = { program: "DGM Playground", version: "1", engine: "cpu", step: 7, settings: { model: "nsf", seed: 3 } };

test("a session file comes back whole; cut, changed, of another version or kind it is refused by name", () => {
  const snapshot = Uint8Array.from({ length: 600 }, (_, i) => (i * 37) % 256);
  const bytes = writeSession(about, snapshot);
  expect(readSession(bytes)).toEqual(snapshot);
  const code = (given: Uint8Array) => {
    try {
      return readSession(given) && "read";
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const cut = Array.from(bytes.slice(1), (_, i) => code(bytes.slice(0, i + 1)));
  expect([...new Set(cut)]).toEqual(["session_cut"]);
  expect(code(new Uint8Array())).toBe("session_other");
  const body = bytes.indexOf(10);
  const codes = Array.from(bytes, (byte, at) => code(bytes.with(at, byte ^ 1)));
  expect([...new Set(codes.slice(body + 1))], "a byte of the snapshot was changed").toEqual(["session_changed"]);
  expect(codes, "or one of its head").not.toContain("read");
  const other = Buffer.from(bytes.slice(0, body)).toString().replace('"formatVersion":1', '"formatVersion":2');
  expect(code(Buffer.concat([Buffer.from(`${other}\n`), snapshot]))).toBe("session_newer");
  const edited = Buffer.from(bytes.slice(0, body)).toString().replace('"seed":3', '"seed":4');
  expect(code(Buffer.concat([Buffer.from(`${edited}\n`), snapshot])), "a setting in words was edited").toBe("session_changed");
  for (const none of ["x,y\n1,2", "{}", "null", "[1]\n", '{"format":"dgm"}\n']) expect(code(Buffer.from(none))).toBe("session_other");
});

test("own data come out of an address as they went in, to the bit; whatever else stands there is none", async () => {
  const random = chance(5);
  const columns = [
    { name: "age, 年", values: Float64Array.from({ length: 40 }, () => 40 + random()) },
    { name: "x", values: Float64Array.from({ length: 40 }, () => Math.fround(random() - 0.5)) },
  ];
  const own = { columns, scale: "each", spread: "none", smooth: "auto" } as const;
  const packed = await writeOwn(own);
  expect(packed).toMatch(/^[\w-]+$/);
  expect(await readOwn(packed)).toEqual(own);
  for (let length = 0; length < packed.length; length += 7) expect(await readOwn(packed.slice(0, length))).toBeUndefined();
  const odd = [null, 1, "x", {}, [], [1], [1, "auto", "auto", "auto"], [2, "auto", "auto", "auto", ["x", 0, [1]]]];
  odd.push([1, "auto", "auto", "constructor", ["x", 0, [1]]], [1, "auto", "auto", "auto", ["x", 0, [1, "2"]]]);
  odd.push(
    [1, "auto", "auto", "auto", ["x", 0, [1]], ["y", 0, []]],
    [1, "auto", "auto", "auto", ["x", 0, [1]], ["y", 0, [1]], ["z", 0, [1]]],
  );
  for (const each of odd) expect(await readOwn(await pack(JSON.stringify(each))), JSON.stringify(each)).toBeUndefined();
  const bomb = await pack("0".repeat(30_000_000));
  expect(bomb.length, "a gigabyte would fit into an address").toBeLessThan(60_000);
  expect((await unpack(bomb))?.length).toBeUndefined();
});

test("a drawing taken down as SVG keeps its marks: circles, lines, dashes, type and see-through ink", () => {
  const pen = new VectorPen(() => ({ width: 10 }) as TextMetrics);
  pen.translate(10, 20);
  pen.fillStyle = "rgba(20, 70, 78, 0.5)";
  pen.globalAlpha = 0.5;
  pen.beginPath();
  pen.moveTo(3, 0);
  pen.arc(0, 0, 3, 0, 2 * Math.PI);
  pen.fill();
  pen.strokeStyle = "#123456";
  pen.setLineDash([5, 4]);
  pen.beginPath();
  for (const x of [1, 2]) pen.lineTo(x, 2 * x);
  pen.stroke();
  pen.font = "11px system-ui, sans-serif";
  pen.textAlign = "right";
  pen.fillText('a<b & "c"', 5, 6);
  pen.save();
  pen.beginPath();
  pen.rect(0, 0, 7, 8);
  pen.clip();
  pen.fillRect(1, 1, 2, 2);
  pen.restore();
  const svg = pen.svg(100, 50, "a < b");
  expect(svg).toContain('<path d="M13 20L13 20A3 3 0 0 1 7 20A3 3 0 0 1 13 20" fill="rgb(20, 70, 78)" fill-opacity="0.25"/>');
  expect(svg).toContain(
    '<path d="M11 22L12 24" fill="none" stroke="#123456" stroke-opacity="0.5" stroke-width="1" stroke-linejoin="miter" stroke-dasharray="5 4"/>',
  );
  expect(svg.replace(/\n/g, "")).toMatch(
    /<clipPath id="(\w+)"><path d="M10 20h7v8h-7z"\/><\/clipPath><g clip-path="url\(#\1\)"><rect [^>]*><\/g>/,
  );
  expect(svg).toContain('text-anchor="end"');
  expect(svg).toContain(">a&lt;b &amp; &quot;c&quot;</text>");
  expect(svg).toContain("<title>a &lt; b</title>");
});
