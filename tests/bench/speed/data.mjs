// The batches that the engine draws, drawn again for its peers: points of eight Gaussians in a model's units, and digits in black and white.

import { readFileSync } from "node:fs";
import { DATA, EVAL, Rng } from "./rng.mjs";

// biome-ignore lint/suspicious/noApproximativeNumericConstant: what FFJORD divides by, and so the engine
const SHRUNK = 1 / 1.414;
const SIGMA = 0.5 * SHRUNK;
const CENTRES = Array.from({ length: 8 }, (_, k) => {
  const angle = ((2 * Math.PI) / 8) * k;
  return [Math.cos(angle), Math.sin(angle)].map((along) => 4 * SHRUNK * along);
});

function eightGaussians(n, rng) {
  const values = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    let left = rng.uniform();
    const found = CENTRES.findIndex(() => {
      left -= 1 / 8;
      return left < 0;
    });
    const centre = CENTRES.at(found);
    for (const axis of [0, 1]) values[2 * i + axis] = centre[axis] + SIGMA * rng.normal();
  }
  return values;
}

// Zero mean and one scale for both axes, measured on the points that the engine measures (src/session/standardize.rs).
function standardizer() {
  const n = 4096;
  const points = eightGaussians(n, new Rng(0, EVAL));
  const along = (axis) => points.filter((_, i) => i % 2 === axis);
  const sum = (values, of) => values.reduce((total, value) => total + of(value), 0);
  const shift = [0, 1].map((axis) => sum(along(axis), (value) => value) / n);
  const variance = [0, 1].map((axis) => sum(along(axis), (value) => (value - shift[axis]) ** 2) / n);
  const scale = Math.sqrt((variance[0] + variance[1]) / 2);
  return (points) => points.map((value, i) => (value - shift[i % 2]) / scale);
}

const PIXELS = 64;
const KEPT_BACK = 250;

function trainingDigits(file) {
  const rows = readFileSync(file, "utf8").trim().split("\n");
  const images = rows.map((row) =>
    row
      .split(",")
      .slice(0, PIXELS)
      .map((grey) => Number(Number(grey) > 7)),
  );
  const rng = new Rng(1, EVAL);
  for (let last = images.length - 1; last > 0; last--) {
    const other = rng.index(last + 1);
    [images[last], images[other]] = [images[other], images[last]];
  }
  return images.slice(2 * KEPT_BACK);
}

// What gives batch after batch, `[batch, dim]` each.
export function batches(data, seed, digitsFile) {
  const rng = new Rng(seed, DATA);
  if (data === "8gaussians") {
    const standardized = standardizer();
    return (batch) => array([batch, 2], standardized(eightGaussians(batch, rng)));
  }
  const images = trainingDigits(digitsFile);
  return (batch) => array([batch, PIXELS], Array.from({ length: batch }, () => images[rng.index(images.length)]).flat());
}

// A leaf of the trees that are handed to peers.
export const array = (shape, values) => ({ shape, values: Float32Array.from(values) });
