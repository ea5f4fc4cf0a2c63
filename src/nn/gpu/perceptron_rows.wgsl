// One perceptron, a tile of rows a group. Before this stands perceptron.wgsl; the words of its matrices follow the sizes in `info`.
fn rows() -> u32 { return info[0]; }
fn matrices() -> u32 { return info[1]; }
fn inputs() -> u32 { return info[WORDS_AT]; }
fn outputs() -> u32 { return info[WORDS_AT + WORDS * (matrices() - 1u) + 1u]; }
const WORDS_AT = 7u;
const CELLS = 3u * HALF;

// What its matrices made of a tile is kept behind the cells of all groups.
fn keep_at(tile: u32) -> u32 { return info[6] + tile * info[2] * ROWS; }

// A row of a tile; beyond the last it is the last.
fn row_of(tile: u32, i: u32) -> u32 { return min(tile * ROWS + i % ROWS, rows() - 1u); }

fn enter(thread: u32, base: u32, to: u32, tile: u32) {
  for (var i = thread; i < inputs() * ROWS; i += THREADS) { cells[to + i] = x[row_of(tile, i) * inputs() + i / ROWS]; }
}
