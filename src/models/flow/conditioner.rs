//! The network by which some coordinates decide how others move.
//!
//! ```text
//! rawᵢ = net(φ(x₁), …, φ(xᵢ))      φ(x) = (x, sin(x B), cos(x B)), or x alone
//! ```
//!
//! A masked network, so that one pass gives the numbers of all coordinates; over one coordinate nothing is masked and it is a plain perceptron.
//!
//! References: M. Germain, K. Gregor, I. Murray, H. Larochelle, *MADE: Masked Autoencoder for Distribution Estimation*, 2015,
//! arXiv:1502.03509; M. Tancik et al., *Fourier Features Let Networks Learn High Frequency Functions in Low Dimensional Domains*, 2020,
//! arXiv:2006.10739.

use super::monotone::Monotone;
use crate::{models::spec::Settings, nn::masked_waves::MaskedWaves, rng::Rng};
use burn::tensor::Device;

/// Standard deviation of the waves' frequencies, in radians per standardised unit: a wave then turns a few times over the data.
const FREQUENCY: f64 = 3.0;

/// How large a conditioner is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Waves of each coordinate; 0 for none.
    pub features: usize,
    pub width: usize,
    pub depth: usize,
}

impl Size {
    /// What a flow's settings say.
    pub fn of(settings: &Settings) -> Self {
        Self {
            features: settings.int("features"),
            width: settings.int("width"),
            depth: settings.int("depth"),
        }
    }
}

/// A conditioner over `seen` coordinates whose i-th output, the raw numbers of a `map`, depends on the i-th coordinate and the earlier ones.
pub fn conditioner(seen: usize, map: Monotone, size: Size, rng: &mut Rng, device: &Device) -> MaskedWaves {
    // The flow begins gently, not far from a turned Gaussian; a spline's many numbers add up, so each begins smaller.
    let head_gain = if matches!(map, Monotone::Spline { .. }) {
        0.1
    } else {
        0.5
    };
    MaskedWaves::new(
        [seen, map.raw_size()],
        [size.width, size.depth],
        (size.features, FREQUENCY),
        head_gain,
        rng,
        device,
    )
}
