/** Bodies of a landscape for three.js: its ground, the lines on it, and round points that stand on it. */
import { BufferAttribute, BufferGeometry, CanvasTexture, Color, Points, PointsMaterial, SRGBColorSpace } from "three";
import type { Landscape } from "./landscape.ts";

/** Points lie this much above the surface, so that it does not swallow them. */
const ABOVE = 0.012;

/** Two triangles a cell, and a line along every so many rows and columns. */
export function terrain({ side, heights, colours }: Landscape, every: number) {
  const at = (row: number, column: number) => row * side + column;
  const places = new Float32Array(3 * side * side);
  const shade = new Color();
  const tints = new Float32Array(3 * side * side);
  for (let i = 0; i < side * side; i++) {
    places.set([(2 * (i % side)) / (side - 1) - 1, (2 * Math.floor(i / side)) / (side - 1) - 1, heights[i]!], 3 * i);
    const [r, g, b] = [colours[3 * i]! / 255, colours[3 * i + 1]! / 255, colours[3 * i + 2]! / 255];
    shade.setRGB(r, g, b, SRGBColorSpace).toArray(tints, 3 * i);
  }
  const faces: number[] = [];
  const lines: number[] = [];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [right, above] = [column + 1 < side, row + 1 < side];
      if (right && above) {
        const corner = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)] as const;
        faces.push(corner[0], corner[1], corner[2], corner[0], corner[2], corner[3]);
      }
      if (right && row % every === 0) lines.push(at(row, column), at(row, column + 1));
      if (above && column % every === 0) lines.push(at(row, column), at(row + 1, column));
    }
  }
  const where = new BufferAttribute(places, 3);
  const ground = new BufferGeometry();
  ground.setAttribute("position", where);
  ground.setAttribute("color", new BufferAttribute(tints, 3));
  ground.setIndex(faces);
  ground.computeVertexNormals();
  const grid = new BufferGeometry();
  grid.setAttribute("position", where);
  grid.setIndex(lines);
  return { ground, grid };
}

export type Dots = Points<BufferGeometry, PointsMaterial>;

/** Draws a path in white: all of it, or its outline. */
export const disc = (pen: CanvasRenderingContext2D, path: Path2D) => pen.fill(path);
export const outline = (pen: CanvasRenderingContext2D, path: Path2D) => pen.stroke(path);

/** Half the side of a mark's picture in pixels; a shape's corners lie up to one and a half of its radii from the middle. */
const HALF = 32;
const RADIUS = HALF / 1.7;

/** Of one size wherever they stand, `size` pixels across: round, or with the `shape` that a radius gives, as a path around 0. */
export function dots(size: number, ink: typeof disc, shape = (_: number) => circle(HALF - 1)): Dots {
  const picture = document.createElement("canvas");
  picture.width = picture.height = 2 * HALF;
  const pen = picture.getContext("2d")!;
  pen.translate(HALF, HALF);
  pen.fillStyle = pen.strokeStyle = "#fff";
  pen.lineWidth = RADIUS / 2;
  ink(pen, new Path2D(shape(RADIUS)));
  const map = new CanvasTexture(picture);
  const pixels = size * Math.min(2, devicePixelRatio || 1);
  return new Points(
    new BufferGeometry(),
    new PointsMaterial({ size: pixels, sizeAttenuation: false, map, alphaTest: 0.5 }),
  );
}

const circle = (r: number) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

export function place(points: Dots, places: Float32Array, colour: string): void {
  for (let i = 2; i < places.length; i += 3) places[i]! += ABOVE;
  points.geometry.dispose();
  points.geometry = new BufferGeometry();
  points.geometry.setAttribute("position", new BufferAttribute(places, 3));
  points.material.color.set(colour);
}
