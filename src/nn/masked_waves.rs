//! A masked perceptron that sees each coordinate through Fourier features of its own.
//!
//! ```text
//! yᵢ = net(φ(x₁), …, φ(xᵢ))      φ(x) = (x, sin(x B), cos(x B)), or x alone
//! ```
//!
//! References: M. Germain, K. Gregor, I. Murray, H. Larochelle, *MADE: Masked Autoencoder for Distribution Estimation*, 2015,
//! arXiv:1502.03509; M. Tancik et al., *Fourier Features Let Networks Learn High Frequency Functions in Low Dimensional Domains*, 2020,
//! arXiv:2006.10739.

use crate::{
    nn::{classes::told_through, fourier::FourierFeatures, masked::MaskedMlp},
    rng::Rng,
};
#[cfg(feature = "gpu")]
use burn::nn::Linear;
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// Waves of one coordinate, the same for each, and the masked network over them.
#[derive(Module, Debug)]
pub struct MaskedWaves {
    /// None for the coordinate alone.
    waves: Option<FourierFeatures>,
    net: MaskedMlp,
}

impl MaskedWaves {
    /// Over `seen` coordinates, with `d_output` numbers for each; `features` waves of spread `frequency` in radians per unit (0 for none),
    /// and `head_gain` as in [`MaskedMlp::new`].
    pub fn new(
        [seen, d_output]: [usize; 2],
        [width, depth]: [usize; 2],
        (features, frequency): (usize, f64),
        head_gain: f64,
        rng: &mut Rng,
        device: &Device,
    ) -> Self {
        let waves = (features > 0).then(|| FourierFeatures::new(1, features, frequency, rng, device));
        let each = waves.as_ref().map_or(1, FourierFeatures::output_size);
        Self {
            waves,
            net: MaskedMlp::new(seen, [each, d_output], [width, depth], head_gain, rng, device),
        }
    }

    /// The frequencies, where there are waves, and the layers of the network, input first; none where connections are cut or a class is told.
    ///
    /// # Shapes
    /// - the frequencies: `[1, features]`
    #[cfg(feature = "gpu")]
    pub fn plain(&self) -> Option<(Option<Tensor<2>>, Vec<&Linear>)> {
        let frequencies = self.waves.as_ref().map(|waves| waves.frequencies().clone());
        Some((frequencies, self.net.plain()?))
    }

    /// # Shapes
    /// - `x`: `[n, seen]`, returns `[n, seen · d_output]`
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let Some(waves) = &self.waves else {
            return self.net.forward(x);
        };
        let [n, seen] = x.dims();
        let lifted = waves.forward(x.reshape([n * seen, 1])); // [n · seen, 1 + 2 · features]
        self.net.forward(lifted.reshape([n, seen * waves.output_size()]))
    }
}

told_through!(MaskedWaves: net);
