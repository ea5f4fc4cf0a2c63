//! Rational-quadratic splines.

use super::{
    activation,
    part::Part,
    shader::{self, Shader, each, grid},
};
use burn_wgpu::CubeTensor;
use kernels::{Activation, spline::Bins};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Spline {
    part: Part,
    bins: usize,
}

impl Shader for Spline {
    const GROUP: [u32; 2] = [64, 1];

    fn tensors(&self) -> Vec<&'static str> {
        self.part.tensors()
    }

    fn before(&self) -> String {
        let gradients = match self.part {
            Part::Forward | Part::Inverse => "",
            Part::Value | Part::LogSlope => include_str!("spline_gradients.wgsl"),
        };
        format!(
            "const BINS = {}u;\n{}\n{}\n{gradients}",
            self.bins,
            activation::functions(Activation::Softplus),
            include_str!("spline.wgsl")
        )
    }

    fn body(&self) -> String {
        let (beyond, within) = match self.part {
            Part::Forward => (
                "to[i] = x[i]; to_log_slope[i] = 0.0;",
                "let bin = bin_of(i, x[i], 0u); let p = point_at(bin, (x[i] - bin.start.x) / bin.size.x);
to[i] = value_at(bin, p); to_log_slope[i] = log_slope_at(p);",
            ),
            Part::Inverse => (
                "to[i] = x[i]; to_log_slope[i] = 0.0;",
                "let bin = bin_of(i, x[i], 1u); let p = point_at(bin, share_at(bin, x[i]));
to[i] = bin.start.x + p.theta * bin.size.x; to_log_slope[i] = -log_slope_at(p);",
            ),
            Part::Value => (
                "to[i] = x[i]; by_x[i] = 1.0; spread_nothing(i);",
                "let bin = bin_of(i, x[i], 0u); let p = point_at(bin, (x[i] - bin.start.x) / bin.size.x);
to[i] = value_at(bin, p); by_x[i] = spread_value(i, bin, p);",
            ),
            Part::LogSlope => (
                "to[i] = 0.0; by_x[i] = 0.0; spread_nothing(i);",
                "let bin = bin_of(i, x[i], 0u); let p = point_at(bin, (x[i] - bin.start.x) / bin.size.x);
to[i] = log_slope_at(p); by_x[i] = spread_log_slope(i, bin, p);",
            ),
        };
        each(format!("if (!inside(x[i])) {{ {beyond} return; }}\n{within}"))
    }
}

/// A part of `n` splines.
pub fn launch(part: Part, bins: Bins, tensors: &[&CubeTensor], n: usize) {
    let numbers = [bins.half_width, bins.min_share, bins.min_slope, bins.slope_shift];
    let info = [&[n as u32], &numbers.map(f32::to_bits)[..]].concat();
    let shader = Spline { part, bins: bins.count };
    shader::launch(shader, tensors, &info, grid(n));
}
