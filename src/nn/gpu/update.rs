//! A step of gradient descent: the gradient's length in one dispatch, where it is clipped, and all vectors moved in another.

use super::shader::{Shader, each, grid, in_one_piece, launch, room};
use crate::nn::optim::update::UpdateOps;
use burn_wgpu::{CubeBackend, CubeTensor};
use kernels::update::{Rule, Update};

/// The factor that a gradient is clipped by, `to[0]`: one group sums its squares.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Clip;

impl Shader for Clip {
    const GROUP: [u32; 2] = [256, 1];

    fn tensors(&self) -> Vec<&'static str> {
        vec!["g", "to"]
    }

    fn before(&self) -> String {
        "var<workgroup> part: array<f32, 256>;".into()
    }

    fn body(&self) -> String {
        "let longest = bitcast<f32>(info[1]);
var sum = 0.0;
for (var i = local.x; i < info[0]; i += 256u) { sum += g[i] * g[i]; }
part[local.x] = sum;
workgroupBarrier();
for (var half = 128u; half > 0u; half /= 2u) {
  if (local.x < half) { part[local.x] += part[local.x + half]; }
  workgroupBarrier();
}
if (local.x == 0u) { to[0] = longest / max(sqrt(part[0]), longest); }"
            .into()
    }
}

/// What a number of each vector becomes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Step {
    rule: Rule,
    clips: bool,
}

impl Shader for Step {
    const GROUP: [u32; 2] = [64, 1];

    fn tensors(&self) -> Vec<&'static str> {
        let all = ["theta", "m", "v", "average", "g", "decays", "clip"];
        all[..if self.clips { 7 } else { 6 }].into()
    }

    fn before(&self) -> String {
        "fn number(i: u32) -> f32 { return bitcast<f32>(info[i]); }".into()
    }

    fn body(&self) -> String {
        let factor = if self.clips { " * clip[0]" } else { "" };
        // every tensor is used by every rule, since a layout is made of what is used
        let rule = match self.rule {
            Rule::Momentum => {
                "let mean = beta_1 * m[i] + along; m[i] = mean; v[i] = v[i]; let step = mean; let kept = theta[i] + 0.0 * decays[i];"
            }
            Rule::RmsProp => {
                "let square = mix(along * along, v[i], beta_2); v[i] = square; m[i] = m[i]; let step = along / (sqrt(square) + epsilon); \
                 let kept = theta[i] + 0.0 * decays[i];"
            }
            Rule::Adam => {
                "let square = mix(along * along, v[i], beta_2); v[i] = square; let mean = mix(along, m[i], beta_1); m[i] = mean; \
                 let step = mean / (sqrt(square) + epsilon); let kept = theta[i] - decay * decays[i] * theta[i];"
            }
        };
        each(format!(
            "let beta_1 = number(1u); let beta_2 = number(2u); let epsilon = number(3u); let length = number(4u); let decay = number(5u); let keep = number(6u);
let along = g[i]{factor};
{rule}
let moved = kept - length * step;
theta[i] = moved;
average[i] = mix(moved, average[i], keep);"
        ))
    }
}

/// A tensor in one piece that nothing else holds.
fn to_write(x: CubeTensor) -> CubeTensor {
    let x = in_one_piece(x);
    if x.can_mut() { x } else { x.copy() }
}

impl UpdateOps for CubeBackend {
    fn updated(
        theta: CubeTensor,
        m: CubeTensor,
        v: CubeTensor,
        average: CubeTensor,
        g: CubeTensor,
        decays: CubeTensor,
        update: Update,
    ) -> (CubeTensor, CubeTensor, CubeTensor, CubeTensor) {
        let [theta, m, v, average] = [theta, m, v, average].map(to_write);
        let [g, decays] = [g, decays].map(in_one_piece);
        let count = g.meta.shape().num_elements();
        let numbers = [
            update.beta_1,
            update.beta_2,
            update.epsilon,
            update.length,
            update.decay,
            update.keep,
        ];
        let words = numbers.map(|number| (number as f32).to_bits());
        let info = [&[count as u32], &words[..]].concat();
        let clips = update.clip > 0.0;
        let clip = clips.then(|| room(&g, [1]));
        if let Some(clip) = &clip {
            launch(
                Clip,
                &[&g, clip],
                &[count as u32, (update.clip as f32).to_bits()],
                [256, 1],
            );
        }
        let vectors = [&theta, &m, &v, &average, &g, &decays];
        let tensors: Vec<&CubeTensor> = vectors.into_iter().chain(&clip).collect();
        let shader = Step {
            rule: update.rule,
            clips,
        };
        launch(shader, &tensors, &info, grid(count));
        (theta, m, v, average)
    }
}
