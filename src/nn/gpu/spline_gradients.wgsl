// Writes the gradient of what has these derivatives: in θ, s, the height, the bottom and both slopes. Returns that in x.
fn spread(row: u32, bin: Bin, p: Point, by_theta: f32, by_s: f32, by_height: f32, bottom: f32, by_slopes: vec2<f32>) -> f32 {
  let x = by_theta / bin.size.x;
  let by_start = vec2(-x, bottom);
  let by_size = vec2(-(by_s * p.s + by_theta * p.theta) / bin.size.x, by_height + by_s / bin.size.x);
  var before = vec2(0.0);
  for (var k = 0u; k < bin.index; k++) { before += shares[k]; }
  let mean = by_start * before + by_size * shares[bin.index];
  let first = row * RAW;
  for (var k = 0u; k < BINS; k++) {
    var own = vec2(0.0);
    if (k < bin.index) { own = by_start; }
    if (k == bin.index) { own = by_size; }
    let along = stretch() * shares[k] * (own - mean);
    by_raw[first + k] = along.x;
    by_raw[first + BINS + k] = along.y;
  }
  for (var knot = 1u; knot < BINS; knot++) {
    var along = 0.0;
    if (knot == bin.index) { along = by_slopes.x; }
    if (knot == bin.index + 1u) { along = by_slopes.y; }
    by_raw[first + 2u * BINS + knot - 1u] = along * slope(raw_slope(row, knot));
  }
  return x;
}

fn spread_nothing(row: u32) { for (var k = 0u; k < RAW; k++) { by_raw[row * RAW + k] = 0.0; } }

fn spread_value(row: u32, bin: Bin, p: Point) -> f32 {
  let tilt = 1.0 - 2.0 * p.theta;
  let bend = bin.next_slope + bin.slope - 2.0 * p.s;
  let by_rise = bin.size.y / p.denominator;
  let by_denominator = -bin.size.y * p.rise / (p.denominator * p.denominator);
  return spread(
    row, bin, p,
    by_rise * (2.0 * p.s * p.theta + bin.slope * tilt) + by_denominator * bend * tilt,
    by_rise * p.theta * p.theta + by_denominator * (1.0 - 2.0 * p.b),
    p.rise / p.denominator, 1.0,
    vec2((by_rise + by_denominator) * p.b, by_denominator * p.b),
  );
}

fn spread_log_slope(row: u32, bin: Bin, p: Point) -> f32 {
  let rest = 1.0 - p.theta;
  let tilt = 1.0 - 2.0 * p.theta;
  let bend = bin.next_slope + bin.slope - 2.0 * p.s;
  let by_numerator = 1.0 / p.numerator;
  let by_denominator = -2.0 / p.denominator;
  let turn = 2.0 * (bin.next_slope * p.theta + p.s * tilt - bin.slope * rest);
  return spread(
    row, bin, p,
    by_numerator * turn + by_denominator * bend * tilt,
    2.0 / p.s + by_numerator * 2.0 * p.b + by_denominator * (1.0 - 2.0 * p.b),
    0.0, 0.0,
    vec2(by_numerator * rest * rest, by_numerator * p.theta * p.theta) + by_denominator * p.b,
  );
}
