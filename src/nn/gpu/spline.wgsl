// Monotone rational-quadratic splines, as `kernels::spline` has them. Before this stand BINS, the softplus as `value` with its `slope` and, for each of its
// tensors, the declaration.
const RAW = 3u * BINS - 1u;

fn half_width() -> f32 { return bitcast<f32>(info[1]); }
fn min_share() -> f32 { return bitcast<f32>(info[2]); }
fn min_slope() -> f32 { return bitcast<f32>(info[3]); }
fn raw_slope(row: u32, knot: u32) -> f32 { return raw[row * RAW + 2u * BINS + knot - 1u] + bitcast<f32>(info[4]); }

// What a share of one more widens or heightens a bin by.
fn stretch() -> f32 { return 2.0 * half_width() * (1.0 - min_share() * f32(BINS)); }

fn inside(value: f32) -> bool { return abs(value) < half_width() * (1.0 - 1e-6); }

// A row's shares of the width and of the height.
var<private> shares: array<vec2<f32>, BINS>;

fn share_out(row: u32) {
  let first = row * RAW;
  var most = vec2(raw[first], raw[first + BINS]);
  for (var k = 1u; k < BINS; k++) { most = max(most, vec2(raw[first + k], raw[first + BINS + k])); }
  var sum = vec2(0.0);
  for (var k = 0u; k < BINS; k++) {
    shares[k] = exp(vec2(raw[first + k], raw[first + BINS + k]) - most);
    sum += shares[k];
  }
  for (var k = 0u; k < BINS; k++) { shares[k] /= sum; }
}

fn slope_at(row: u32, knot: u32) -> f32 {
  if (knot == 0u || knot == BINS) { return 1.0; }
  return value(raw_slope(row, knot)) + min_slope();
}

// x and y of the bin's start, and its sizes along both.
struct Bin { index: u32, start: vec2<f32>, size: vec2<f32>, slope: f32, next_slope: f32 }

// The bin that holds `value` along an axis: 0 for widths, 1 for heights.
fn bin_of(row: u32, value: f32, axis: u32) -> Bin {
  share_out(row);
  var start = vec2(-half_width());
  var size = vec2(0.0);
  var index = 0u;
  for (var k = 0u; k < BINS; k++) {
    size = stretch() * shares[k] + 2.0 * half_width() * min_share();
    index = k;
    if (value < start[axis] + size[axis] || k + 1u == BINS) { break; }
    start += size;
  }
  return Bin(index, start, size, slope_at(row, index), slope_at(row, index + 1u));
}

// A place within a bin: R, D and N of the formula with what they are made of.
struct Point { theta: f32, s: f32, b: f32, rise: f32, denominator: f32, numerator: f32 }

fn point_at(bin: Bin, theta: f32) -> Point {
  let s = bin.size.y / bin.size.x;
  let rest = 1.0 - theta;
  let b = theta * rest;
  return Point(
    theta, s, b,
    s * theta * theta + bin.slope * b,
    s + (bin.next_slope + bin.slope - 2.0 * s) * b,
    bin.next_slope * theta * theta + 2.0 * s * b + bin.slope * rest * rest,
  );
}

fn value_at(bin: Bin, p: Point) -> f32 { return bin.start.y + bin.size.y * p.rise / p.denominator; }

fn log_slope_at(p: Point) -> f32 {
  let root = p.s / p.denominator;
  return log(root * root * p.numerator);
}

// Where the curve reaches y: Durkan et al., equation 29.
fn share_at(bin: Bin, y: f32) -> f32 {
  let s = bin.size.y / bin.size.x;
  let rise = y - bin.start.y;
  let bend = rise * (bin.slope + bin.next_slope - 2.0 * s);
  let a = bin.size.y * (s - bin.slope) + bend;
  let b = bin.size.y * bin.slope - bend;
  let c = -rise * s;
  return 2.0 * c / (-b - sqrt(max(b * b - 4.0 * a * c, 0.0)));
}
