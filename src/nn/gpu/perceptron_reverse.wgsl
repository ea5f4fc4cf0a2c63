// Gradients of perceptron.wgsl. Before this stand the slope of the non-linearity as `slope` and `enter`, which puts the first units in their place again.
// `partial` has room for those of each group, and a group adds to its own alone: a thread always to the same numbers, so that nothing waits.
fn give(at: u32, number: f32, first: bool) {
  if (first) { partial[at] = number; } else { partial[at] += number; }
}

// Of the matrix and the bias between `depth` units at `units` and `count` gradients, which lie at `turned` as [row][unit]. Neighbours take columns side by
// side; each makes blocks of eight rows by four columns.
fn give_layer(thread: u32, units: u32, turned: u32, depth: u32, count: u32, weight: u32, bias: u32, share: u32, first: bool) {
  const COLUMNS = UNITS / 4u;
  let lane = thread % COLUMNS;
  if (lane < count) {
    let j = turned + min(vec4(0u, COLUMNS, 2u * COLUMNS, 3u * COLUMNS) + lane, vec4(count - 1u));
    for (var k = 8u * (thread / COLUMNS); k < depth; k += ROWS) {
      let h = units + min(vec4(0u, 1u, 2u, 3u) + k, vec4(depth - 1u)) * ROWS;
      let g = units + min(vec4(4u, 5u, 6u, 7u) + k, vec4(depth - 1u)) * ROWS;
      var sums = array<vec4<f32>, 8>();
      for (var r = 0u; r < ROWS; r++) {
        let at = j + r * UNITS;
        let delta = vec4(cells[at.x], cells[at.y], cells[at.z], cells[at.w]);
        sums[0] += cells[h.x + r] * delta;
        sums[1] += cells[h.y + r] * delta;
        sums[2] += cells[h.z + r] * delta;
        sums[3] += cells[h.w + r] * delta;
        sums[4] += cells[g.x + r] * delta;
        sums[5] += cells[g.y + r] * delta;
        sums[6] += cells[g.z + r] * delta;
        sums[7] += cells[g.w + r] * delta;
      }
      for (var i = 0u; i < 8u && k + i < depth; i++) {
        for (var c = 0u; c < 4u && lane + c * COLUMNS < count; c++) {
          give(share + weight + (k + i) * count + lane + c * COLUMNS, sums[i][c], first);
        }
      }
    }
  }
  if (bias == NOTHING) { return; }
  for (var unit = thread; unit < count; unit += THREADS) {
    var sum = 0.0;
    for (var r = 0u; r < ROWS; r++) { sum += cells[turned + r * UNITS + unit]; }
    give(share + bias + unit, sum, first);
  }
}

// The gradients lie behind the units, as [row][unit] once more.
const TURNED = 2u * HALF;

// Back through the matrices from the gradients of their last outputs, which lie at `base` + HALF and at `base` + TURNED; returns where those of the first
// units lie. What was kept ends at `keep`; the parameters' gradients go to the `share` of this group, where they learn.
fn descend(thread: u32, base: u32, words: u32, matrices: u32, keep: u32, index: u32, learns: bool, share: u32, first: bool) -> u32 {
  var units = base;
  var deltas = base + HALF;
  var kept = keep;
  for (var m = matrices; m > 0u; m--) {
    let at = words + WORDS * (m - 1u);
    let depth = info[at];
    let count = info[at + 1u];
    kept -= count * ROWS;
    if (m < matrices) {
      for (var u = thread; u < count * ROWS; u += THREADS) {
        let delta = cells[deltas + u] * slope(cells[kept + u]);
        cells[deltas + u] = delta;
        cells[base + TURNED + u % ROWS * UNITS + u / ROWS] = delta;
      }
    }
    if (learns) {
      if (m == 1u) {
        enter(thread, base, units, index);
      } else {
        for (var u = thread; u < depth * ROWS; u += THREADS) { cells[units + u] = value(cells[kept - depth * ROWS + u]); }
      }
    }
    storageBarrier();
    if (learns) { give_layer(thread, units, base + TURNED, depth, count, info[at + 4u], info[at + 5u], share, first); }
    storageBarrier();
    product(thread, deltas, units, count, depth, info[at + 2u], count, 1u);
    let other = units;
    units = deltas;
    deltas = other;
    storageBarrier();
  }
  return deltas;
}
