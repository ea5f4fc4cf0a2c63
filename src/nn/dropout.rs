//! Dropout by thinning: a step of learning sees the network without some of its units, the same ones for its whole batch.
//!
//! ```text
//! W' = diag(m) W / (1 − p),   mᵢ = 0 with probability p, else 1      E[W'] = W
//! ```
//!
//! References: N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, *Dropout: A Simple Way to Prevent Neural Networks from
//! Overfitting*, JMLR 2014.

use crate::rng::Rng;
use burn::tensor::Tensor;

/// A model that may learn without some of its units.
pub trait Thinned: Sized {
    /// What a step of learning sees of it; `None` where that is all of it.
    fn in_training(&self, _rng: &mut Rng) -> Option<Self> {
        None
    }
}

/// What leads away from units of which each is missing with probability `share`; those that stay speak louder.
///
/// # Shapes
/// - `weight`: `[d_input, d_output]`, returns the same
pub fn thinned(weight: Tensor<2>, share: f64, rng: &mut Rng) -> Tensor<2> {
    let [d_input, _] = weight.dims();
    let kept = rng
        .uniform_tensor([d_input, 1], &weight.device())
        .greater_equal_elem(share)
        .float();
    weight * (kept / (1.0 - share))
}

/// What is left of a sequence's numbers where each unit is missing with probability `share`, the same units at all its places: a unit that came and
/// went would be remembered by its neighbours (Y. Gal and Z. Ghahramani, 2016, arXiv:1512.05287).
///
/// # Shapes
/// - `x`: `[n, t, d]`, returns the same
pub fn thinned_sequence(x: Tensor<3>, share: f64, rng: Option<&mut Rng>) -> Tensor<3> {
    let [n, _, d] = x.dims();
    match rng {
        Some(rng) if share > 0.0 => {
            let kept = rng
                .uniform_tensor([n, d], &x.device())
                .greater_equal_elem(share)
                .float();
            x * (kept / (1.0 - share)).unsqueeze_dim::<3>(1)
        }
        _ => x,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;
    use burn::tensor::Device;

    #[test]
    fn a_thinned_weight_is_right_on_average_and_lacks_whole_units() {
        let (units, share) = (20_000, 0.3);
        let weight = Tensor::ones([units, 2], &Device::flex());
        let thin = thinned(weight, share, &mut Rng::new(3, Stream::Noise));
        let values: Vec<f32> = thin.into_data().try_to_vec().expect("f32");
        let missing = values.chunks_exact(2).filter(|unit| unit == &[0.0, 0.0]).count();
        assert!(
            values.chunks_exact(2).all(|unit| unit[0] == unit[1]),
            "a unit leaves as a whole"
        );
        let share_missing = missing as f64 / units as f64;
        let mean = values.iter().map(|&w| f64::from(w)).sum::<f64>() / values.len() as f64;
        // five standard errors of a share of 20 000
        assert!((share_missing - share).abs() < 0.017, "{share_missing}");
        assert!((mean - 1.0).abs() < 0.024, "{mean}");
    }
}
