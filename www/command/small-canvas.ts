/**
 * As much of a canvas as the page's views need where there is none: a small picture of pixels, stretched smoothly and written as PNG, and
 * the width of a text, by a rule of thumb on the wide side.
 */
import { deflateSync } from "node:zlib";
import { crc } from "../src/take/session-file.ts";

/** Widths in shares of the type's size: a letter of Latin on average, a narrow one, a wide one, a Chinese one. */
const WIDTHS = { plain: 0.63, narrow: 0.36, wide: 0.95, full: 1 };

export class SmallCanvas {
  width = 300;
  height = 150;
  #pixels = new Uint8ClampedArray(0);

  getContext() {
    const canvas = this;
    const pen = {
      font: "10px sans-serif",
      imageSmoothingEnabled: true,
      imageSmoothingQuality: "high",
      createImageData: (width: number, height: number) => ({ data: new Uint8ClampedArray(4 * width * height) }),
      putImageData({ data }: { data: Uint8ClampedArray<ArrayBuffer> }) {
        canvas.#pixels = data;
      },
      drawImage(picture: SmallCanvas) {
        canvas.#pixels = stretched(picture, canvas.width, canvas.height);
      },
      measureText(text: string) {
        return { width: widthOf(text, Number(/([\d.]+)px/.exec(pen.font)?.[1] ?? 10)) };
      },
    };
    return pen;
  }

  get pixels(): Uint8ClampedArray {
    return this.#pixels;
  }

  toDataURL(): string {
    return `data:image/png;base64,${png(this.#pixels, this.width, this.height).toString("base64")}`;
  }
}

function widthOf(text: string, size: number): number {
  const share = (letter: string) => {
    if (/[\u2e80-\u9fff\uff00-\uffef]/.test(letter)) return WIDTHS.full;
    if (/[\s.,:;'|!()[\]ijltfr·]/.test(letter)) return WIDTHS.narrow;
    return /[mwMWGOQ]/.test(letter) ? WIDTHS.wide : WIDTHS.plain;
  };
  return size * [...text].reduce((sum, letter) => sum + share(letter), 0);
}

/** Each pixel from the four around it, by how near they are. */
function stretched({ pixels, width, height }: SmallCanvas, wide: number, high: number): Uint8ClampedArray<ArrayBuffer> {
  const found = new Uint8ClampedArray(4 * wide * high);
  const place = (i: number, many: number, few: number): [number, number, number] => {
    const at = Math.min(few - 1, Math.max(0, ((i + 0.5) * few) / many - 0.5));
    const low = Math.floor(at);
    return [low, Math.min(few - 1, low + 1), at - low];
  };
  for (let row = 0; row < high; row++) {
    const [above, below, down] = place(row, high, height);
    for (let column = 0; column < wide; column++) {
      const [left, right, along] = place(column, wide, width);
      for (let k = 0; k < 4; k++) {
        const at = (y: number, x: number) => pixels[4 * (y * width + x) + k]!;
        const upper = at(above, left) * (1 - along) + at(above, right) * along;
        const lower = at(below, left) * (1 - along) + at(below, right) * along;
        found[4 * (row * wide + column) + k] = upper * (1 - down) + lower * down;
      }
    }
  }
  return found;
}

/** PNG, third edition: a signature, a header, rows without a filter, an end. */
export function png(pixels: Uint8ClampedArray, width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits each of red, green, blue and opacity.
  header.set([8, 6], 8);
  const rows = Buffer.alloc((4 * width + 1) * height);
  for (let row = 0; row < height; row++)
    rows.set(pixels.subarray(4 * width * row, 4 * width * (row + 1)), (4 * width + 1) * row + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE((crc(body, -1) ^ -1) >>> 0);
  return Buffer.concat([length, body, sum]);
}
