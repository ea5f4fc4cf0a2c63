let thread = local.x;
let base = group.x * CELLS;
for (var tile = group.x; tile * ROWS < rows(); tile += info[4]) {
  enter(thread, base, base, tile);
  storageBarrier();
  let made = climb(thread, base, WORDS_AT, matrices(), info[3] == 1u, keep_at(tile));
  for (var i = thread; i < outputs() * ROWS; i += THREADS) {
    if (tile * ROWS + i % ROWS < rows()) { y[row_of(tile, i) * outputs() + i / ROWS] = cells[made + i]; }
  }
  storageBarrier();
}
