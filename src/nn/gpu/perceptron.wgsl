// Perceptrons over a tile of ROWS rows, of which a weight is read once for all. Before this stand ROWS and UNITS, the most units of a layer, with
// ROWS * UNITS = 1024, the non-linearity as `value` and the declarations of `theta`, which has the weights, and of `cells`, where a tile's units lie as
// [unit][row]. They lie in a buffer and not in workgroup memory, which a software adapter fills with zeros number by number, in code that takes it seconds
// to compile.
//
// A group has 32 threads. LANES of them lie along the rows and the others along the units, so that neighbours read the same weight and rows side by side;
// each makes four rows of eight units.
const THREADS = 32u;
const LANES = ROWS / 4u;

// Two layers' units lie one after the other.
const HALF = ROWS * UNITS;

// What `info` has of a matrix: its inputs and its outputs, then where it, its bias and the gradients of both begin. NOTHING stands for a bias that is not there.
const WORDS = 6u;
const NOTHING = 0xffffffffu;

// At `to` the `count` sums over `depth` units at `source` of unit times weight; `across` and `along` are the weights' strides from sum to sum and from
// unit to unit. A sum beyond the last is computed as the last, and not written.
fn product(thread: u32, source: u32, to: u32, depth: u32, count: u32, weight: u32, across: u32, along: u32) {
  let unit = 8u * (thread / LANES);
  if (unit >= count) { return; }
  let row = thread % LANES;
  let first = weight + min(vec4(0u, 1u, 2u, 3u) + unit, vec4(count - 1u)) * across;
  let second = weight + min(vec4(4u, 5u, 6u, 7u) + unit, vec4(count - 1u)) * across;
  var sums = array<vec4<f32>, 8>();
  for (var k = 0u; k < depth; k++) {
    let at = source + k * ROWS + row;
    let h = vec4(cells[at], cells[at + LANES], cells[at + 2u * LANES], cells[at + 3u * LANES]);
    let w = first + k * along;
    let v = second + k * along;
    sums[0] += theta[w.x] * h;
    sums[1] += theta[w.y] * h;
    sums[2] += theta[w.z] * h;
    sums[3] += theta[w.w] * h;
    sums[4] += theta[v.x] * h;
    sums[5] += theta[v.y] * h;
    sums[6] += theta[v.z] * h;
    sums[7] += theta[v.w] * h;
  }
  for (var u = 0u; u < 8u && unit + u < count; u++) {
    for (var r = 0u; r < 4u; r++) { cells[to + (unit + u) * ROWS + row + r * LANES] = sums[u][r]; }
  }
}

// From the first units, at `base`, through the matrices that `words` tells of; returns where the last outputs lie. What each matrix makes with its bias is
// kept at `keep`, where wanted.
fn climb(thread: u32, base: u32, words: u32, matrices: u32, keeps: bool, keep: u32) -> u32 {
  var source = base;
  var next = base + HALF;
  var kept = keep;
  for (var i = 0u; i < matrices; i++) {
    let at = words + WORDS * i;
    let count = info[at + 1u];
    product(thread, source, next, info[at], count, info[at + 2u], 1u, count);
    storageBarrier();
    let bias = info[at + 3u];
    for (var u = thread; u < count * ROWS; u += THREADS) {
      var number = cells[next + u];
      if (bias != NOTHING) { number += theta[bias + u / ROWS]; }
      if (keeps) { cells[kept + u] = number; }
      if (i + 1u < matrices) { number = value(number); }
      cells[next + u] = number;
    }
    kept += count * ROWS;
    let other = source;
    source = next;
    next = other;
    storageBarrier();
  }
  return source;
}
