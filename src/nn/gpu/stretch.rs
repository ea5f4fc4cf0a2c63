//! Curves that stretch and move.

use super::{
    activation,
    part::Part,
    shader::{self, Shader, each, grid},
};
use burn_wgpu::CubeTensor;
use kernels::Activation;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Stretch {
    part: Part,
    /// Whether the raw numbers are two, the second of which moves.
    moves: bool,
}

impl Shader for Stretch {
    const GROUP: [u32; 2] = [64, 1];

    fn tensors(&self) -> Vec<&'static str> {
        self.part.tensors()
    }

    fn before(&self) -> String {
        activation::functions(Activation::Tanh)
    }

    fn body(&self) -> String {
        let size = 1 + u32::from(self.moves);
        let shift = if self.moves { "raw[2u * i + 1u]" } else { "0.0" };
        let by_shift = |value: &str| {
            if self.moves {
                format!("by_raw[2u * i + 1u] = {value};")
            } else {
                String::new()
            }
        };
        let what = match self.part {
            Part::Forward => format!("to[i] = x[i] * exp(s) + {shift}; to_log_slope[i] = s;"),
            Part::Inverse => format!("to[i] = (x[i] - {shift}) * exp(-s); to_log_slope[i] = -s;"),
            Part::Value => format!(
                "let stretch = exp(s); to[i] = x[i] * stretch + {shift}; by_x[i] = stretch;
by_raw[{size}u * i] = x[i] * stretch * bend; {}",
                by_shift("1.0")
            ),
            // x is named, since a layout is made of what is used
            Part::LogSlope => format!(
                "to[i] = s; by_x[i] = 0.0 * x[i]; by_raw[{size}u * i] = bend; {}",
                by_shift("0.0")
            ),
        };
        each(format!(
            "let largest = bitcast<f32>(info[1]);
let h = raw[{size}u * i];
let s = largest * value(h);
let bend = largest * slope(h);
{what}"
        ))
    }
}

/// A part of `n` curves with log-scales within ± `largest`.
pub fn launch(part: Part, moves: bool, largest: f32, tensors: &[&CubeTensor], n: usize) {
    let info = [n as u32, largest.to_bits()];
    shader::launch(Stretch { part, moves }, tensors, &info, grid(n));
}
