let thread = local.x;
let base = group.x * CELLS;
let keeps = (info[6] & 1u) != 0u;
let backwards = (info[6] & 2u) != 0u;
let gaussian = (info[6] & 4u) != 0u;
let mine = thread < ROWS;
for (var tile = group.x; tile * ROWS < rows(); tile += info[7]) {
  let row = min(tile * ROWS + thread % ROWS, rows() - 1u);
  var at = vec2(x[2u * row], x[2u * row + 1u]);
  var log_det = 0.0;
  for (var l = 0u; l < layers(); l++) {
    let index = select(l, layers() - 1u - l, backwards);
    let keep = keep_at(index, tile);
    if (backwards && turns(index)) { at = TURN * vec2(at.x + at.y, at.y - at.x); }
    if (mine) {
      cells[base + PLACE + thread] = at.x;
      cells[base + PLACE + ROWS + thread] = at.y;
      if (keeps) {
        cells[keep + thread] = at.x;
        cells[keep + ROWS + thread] = at.y;
      }
    }
    storageBarrier();
    enter(thread, base, base, index);
    storageBarrier();
    let raw = climb(thread, base, words(index) + 3u, matrices(), keeps, keep + 2u * ROWS);
    if (mine) {
      let log_scale = largest() * tanh_of(cells[raw + thread]);
      let shift = cells[raw + ROWS + thread];
      let follower = select(at.x, at.y, leads(index) == 0u);
      let moved = select(follower * exp(log_scale) + shift, (follower - shift) * exp(-log_scale), backwards);
      at = select(vec2(moved, at.y), vec2(at.x, moved), leads(index) == 0u);
      log_det += select(log_scale, -log_scale, backwards);
      if (!backwards && turns(index)) { at = TURN * vec2(at.x - at.y, at.x + at.y); }
    }
  }
  if (mine && tile * ROWS + thread < rows()) {
    z[2u * row] = at.x;
    z[2u * row + 1u] = at.y;
    logs[row] = log_det - select(0.0, 0.5 * dot(at, at) + LN_2PI, gaussian);
  }
}
