//! Sines and cosines, and the waves that lift coordinates, each number one thread.

use super::shader::{Shader, each, grid, in_one_piece, launch, room};
use crate::nn::waves::{WaveGradients, WaveOps};
use burn_wgpu::{CubeBackend, CubeTensor};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Waves {
    SineAndCosine,
    Lift,
    LiftReverse,
}

impl Shader for Waves {
    const GROUP: [u32; 2] = [64, 1];

    fn tensors(&self) -> Vec<&'static str> {
        match self {
            Self::SineAndCosine => vec!["x", "to_sin", "to_cos"],
            Self::Lift => vec!["x", "turns", "to"],
            Self::LiftReverse => vec!["grad", "lifted", "turns", "to"],
        }
    }

    fn body(&self) -> String {
        let what = match self {
            Self::SineAndCosine => "to_sin[i] = sin(x[i]); to_cos[i] = cos(x[i]);",
            Self::Lift => {
                "let d = info[1]; let f = info[2]; let width = d + 2u * f; let row = i / width; let column = i % width;
if (column < d) { to[i] = x[row * d + column]; return; }
let wave = (column - d) % f;
var phase = 0.0;
for (var k = 0u; k < d; k++) { phase += x[row * d + k] * turns[k * f + wave]; }
if (column < d + f) { to[i] = sin(phase); } else { to[i] = cos(phase); }"
            }
            Self::LiftReverse => {
                "let d = info[1]; let f = info[2]; let row = i / d * (d + 2u * f); let k = i % d; let of_sin = row + d; let of_cos = of_sin + f;
var sum = grad[row + k];
for (var w = 0u; w < f; w++) {
  sum += (grad[of_sin + w] * lifted[of_cos + w] - grad[of_cos + w] * lifted[of_sin + w]) * turns[k * f + w];
}
to[i] = sum;"
            }
        };
        each(what)
    }
}

impl WaveOps for CubeBackend {
    fn sine_and_cosine(x: CubeTensor) -> (CubeTensor, CubeTensor) {
        let x = in_one_piece(x);
        let [sin, cos] = [(); 2].map(|()| room(&x, x.meta.shape().clone()));
        let count = x.meta.shape().num_elements();
        launch(Waves::SineAndCosine, &[&x, &sin, &cos], &[count as u32], grid(count));
        (sin, cos)
    }

    fn lift(x: CubeTensor, frequencies: CubeTensor) -> CubeTensor {
        let [x, frequencies] = [x, frequencies].map(in_one_piece);
        let ([n, d], [_, f]) = (x.meta.shape().dims(), frequencies.meta.shape().dims());
        let width = d + 2 * f;
        let lifted = room(&x, [n, width]);
        let info = [n * width, d, f].map(|word: usize| word as u32);
        launch(Waves::Lift, &[&x, &frequencies, &lifted], &info, grid(n * width));
        lifted
    }
}

impl WaveGradients for CubeBackend {
    fn lift_reverse(grad: CubeTensor, lifted: CubeTensor, frequencies: CubeTensor) -> CubeTensor {
        let [grad, lifted, frequencies] = [grad, lifted, frequencies].map(in_one_piece);
        let ([n, _], [d, f]) = (grad.meta.shape().dims::<2>(), frequencies.meta.shape().dims());
        let to = room(&grad, [n, d]);
        let info = [n * d, d, f].map(|word: usize| word as u32);
        launch(
            Waves::LiftReverse,
            &[&grad, &lifted, &frequencies, &to],
            &info,
            grid(n * d),
        );
        to
    }
}
