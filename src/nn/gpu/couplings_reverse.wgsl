let thread = local.x;
let mine = thread < ROWS;
let base = group.x * CELLS;
let share = group.x * info[8];
for (var tile = group.x; tile * ROWS < rows(); tile += info[7]) {
  let first = tile == group.x;
  let row = min(tile * ROWS + thread % ROWS, rows() - 1u);
  // rows beyond the last are its double, of which nothing learns
  let by_log_prob = select(0.0, grad[row], tile * ROWS + thread < rows());
  var by = -by_log_prob * vec2(z[2u * row], z[2u * row + 1u]);
  for (var l = layers(); l > 0u; l--) {
    let index = l - 1u;
    let keep = keep_at(index, tile);
    let first_leads = leads(index) == 0u;
    let end = keep + kept_rows() * ROWS;
    if (turns(index)) { by = TURN * vec2(by.x + by.y, by.y - by.x); }
    if (mine) {
      let at = vec2(cells[keep + thread], cells[keep + ROWS + thread]);
      cells[base + PLACE + thread] = at.x;
      cells[base + PLACE + ROWS + thread] = at.y;
      let tilt = tanh_of(cells[end - RAW * ROWS + thread]);
      let stretch = exp(largest() * tilt);
      let along = select(by.x, by.y, first_leads);
      let by_raw = (along * stretch * select(at.x, at.y, first_leads) + by_log_prob) * largest() * (1.0 - tilt * tilt);
      cells[base + HALF + thread] = by_raw;
      cells[base + HALF + ROWS + thread] = along;
      cells[base + TURNED + thread * UNITS] = by_raw;
      cells[base + TURNED + thread * UNITS + 1u] = along;
      by *= select(vec2(stretch, 1.0), vec2(1.0, stretch), first_leads);
    }
    let deltas = descend(thread, base, words(index) + 3u, matrices(), end, index, true, share, first);
    if (mine) {
      let at = cells[base + PLACE + leads(index) * ROWS + thread];
      var along = cells[deltas + thread];
      for (var f = 0u; f < features(); f++) {
        let turn = waves[info[words(index) + 2u] + f];
        let sine = cells[deltas + (1u + f) * ROWS + thread];
        let cosine = cells[deltas + (1u + f + features()) * ROWS + thread];
        along += turn * (sine * cos(at * turn) - cosine * sin(at * turn));
      }
      by += select(vec2(0.0, along), vec2(along, 0.0), first_leads);
    }
    storageBarrier();
  }
  if (mine && tile * ROWS + thread < rows()) {
    by_x[2u * row] = by.x;
    by_x[2u * row + 1u] = by.y;
  }
}
