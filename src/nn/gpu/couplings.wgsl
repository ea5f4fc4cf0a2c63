// Affine couplings on the plane one after the other, a tile of rows a group. Before this stands perceptron.wgsl; after the sizes that follow `info` has
// for each layer who leads, whether the plane is turned after it and where its frequencies begin, then the words of its matrices.
const RAW = 2u;

// The cosine and the sine of 45°.
const TURN = 0.70710678;

// Past 10 it is ±1 to the last bit, and some GPUs lose it altogether.
fn tanh_of(x: f32) -> f32 { return tanh(clamp(x, -10.0, 10.0)); }

fn rows() -> u32 { return info[0]; }
fn layers() -> u32 { return info[1]; }
fn features() -> u32 { return info[2]; }
fn matrices() -> u32 { return info[3]; }
fn kept_rows() -> u32 { return info[4]; }
fn largest() -> f32 { return bitcast<f32>(info[5]); }

fn words(index: u32) -> u32 { return 10u + index * (3u + WORDS * matrices()); }
fn leads(index: u32) -> u32 { return info[words(index)]; }
fn turns(index: u32) -> bool { return info[words(index) + 1u] == 1u; }

// What is kept of a layer for a tile, each number for all rows: both coordinates before it, then what its matrices made. It lies behind the cells of all
// groups, layer by layer.
fn keep_at(index: u32, tile: u32) -> u32 {
  let tiles = (rows() + ROWS - 1u) / ROWS;
  return info[9] + (index * tiles + tile) * kept_rows() * ROWS;
}

// Behind a group's units and gradients lie the coordinates.
const PLACE = 3u * HALF;
const CELLS = PLACE + 2u * ROWS;

// The leader and its waves, as the first units.
fn enter(thread: u32, base: u32, to: u32, index: u32) {
  for (var i = thread; i < (1u + 2u * features()) * ROWS; i += THREADS) {
    let k = i / ROWS;
    let x = cells[base + PLACE + leads(index) * ROWS + i % ROWS];
    let wave = info[words(index) + 2u] + (k + features() - 1u) % max(features(), 1u);
    let phase = x * waves[wave];
    var number = x;
    if (k > features()) { number = cos(phase); } else if (k > 0u) { number = sin(phase); }
    cells[to + i] = number;
  }
}
