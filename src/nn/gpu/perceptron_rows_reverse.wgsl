let thread = local.x;
let base = group.x * CELLS;
for (var tile = group.x; tile * ROWS < rows(); tile += info[4]) {
  for (var i = thread; i < outputs() * ROWS; i += THREADS) {
    // nothing learns of a row beyond the last
    let delta = select(0.0, grad[row_of(tile, i) * outputs() + i / ROWS], tile * ROWS + i % ROWS < rows());
    cells[base + HALF + i] = delta;
    cells[base + TURNED + i % ROWS * UNITS + i / ROWS] = delta;
  }
  storageBarrier();
  let made = descend(thread, base, WORDS_AT, matrices(), keep_at(tile) + info[2] * ROWS, tile, info[3] == 1u, group.x * info[5], tile == group.x);
  for (var i = thread; i < inputs() * ROWS; i += THREADS) {
    if (tile * ROWS + i % ROWS < rows()) { by_x[row_of(tile, i) * inputs() + i / ROWS] = cells[made + i]; }
  }
  storageBarrier();
}
