//! Random Fourier features: coordinates as waves, so that a small network can draw sharp edges.
//!
//! ```text
//! φ(x) = (x, sin(x B), cos(x B))      B ~ N(0, sigma²), fixed
//! ```
//!
//! References: M. Tancik et al., *Fourier Features Let Networks Learn High Frequency Functions in Low Dimensional Domains*, 2020,
//! arXiv:2006.10739.

use crate::{
    nn::{
        dense::product,
        fixed::Fixed,
        jet::Jet,
        waves::{lift, sine_and_cosine},
    },
    rng::Rng,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// Fixed random frequencies.
#[derive(Module, Debug)]
pub struct FourierFeatures {
    frequencies: Fixed<2>, // [d, features]
}

impl FourierFeatures {
    /// `features` waves over `dim` coordinates; `sigma` is the frequencies' standard deviation in radians per unit of x.
    pub fn new(dim: usize, features: usize, sigma: f64, rng: &mut Rng, device: &Device) -> Self {
        Self::of(rng.normal_tensor([dim, features], device) * sigma)
    }

    /// Waves of given frequencies, in radians per unit of x.
    ///
    /// # Shapes
    /// - `frequencies`: `[d, features]`
    pub fn of(frequencies: Tensor<2>) -> Self {
        Self {
            frequencies: Fixed(frequencies),
        }
    }

    /// # Shapes
    /// - returns `[d, features]`
    #[cfg(feature = "gpu")]
    pub fn frequencies(&self) -> &Tensor<2> {
        &self.frequencies
    }

    /// Width of what [`FourierFeatures::forward`] returns.
    pub fn output_size(&self) -> usize {
        let [dim, features] = self.frequencies.dims();
        dim + 2 * features
    }

    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, d + 2 · features]`
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        lift(x, self.frequencies.0.clone())
    }

    /// The features and their directional derivative along `v`.
    ///
    /// # Shapes
    /// - `x`, `v`: `[n, d]`, returns two of `[n, d + 2 · features]`
    pub fn jvp(&self, x: Tensor<2>, v: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let (y, mut dys) = self.jvps(x, vec![v]);
        (y, dys.remove(0))
    }

    /// The features and their derivatives along several directions: the waves are computed once for all.
    ///
    /// # Shapes
    /// - `x`, each of `vs`: `[n, d]`, returns `[n, d + 2 · features]` and one such for each of `vs`
    pub fn jvps(&self, x: Tensor<2>, vs: Vec<Tensor<2>>) -> (Tensor<2>, Vec<Tensor<2>>) {
        let phase = product(x.clone(), self.frequencies.0.clone());
        let [sin, cos] = sine_and_cosine(phase);
        let along = |v: Tensor<2>| {
            let turn = product(v.clone(), self.frequencies.0.clone());
            Tensor::cat(vec![v, cos.clone() * turn.clone(), (sin.clone() * turn).neg()], 1)
        };
        let dys = vs.into_iter().map(along).collect();
        (Tensor::cat(vec![x, sin, cos], 1), dys)
    }

    /// The features and their first two derivatives along a direction.
    ///
    /// # Shapes
    /// - `[n, d]` becomes `[n, d + 2 · features]`
    pub fn jet(&self, x: Jet) -> Jet {
        let turned = |part: &Tensor<2>| product(part.clone(), self.frequencies.0.clone());
        let phase = Jet {
            value: turned(&x.value),
            first: turned(&x.first),
            second: turned(&x.second),
        };
        let [sin, cos] = sine_and_cosine(phase.value.clone());
        let sines = phase.clone().elementwise([sin.clone(), cos.clone(), sin.clone().neg()]);
        let cosines = phase.elementwise([cos.clone(), sin.neg(), cos.neg()]);
        Jet::beside(vec![x, sines, cosines])
    }
}
