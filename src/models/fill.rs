//! Filling in what is missing: draws of the unknown coordinates of a point given its known ones.
//!
//! ```text
//! p(u | k) = p(k, u) / p(k)        wᵢ = p(k, uᵢ) / q(uᵢ),  uᵢ ~ q        one of the uᵢ, drawn by its share of the weights, is nearly of p(u | k)
//! ```
//!
//! A chain whose order has the known coordinates first draws the unknown ones exactly. Others draw many proposals, of which a few are kept by their
//! weights: nearly exact as far as many of them carry weight, which the effective number tells.
//!
//! References: D. Rubin, *Using the SIR algorithm to simulate posterior distributions*, Bayesian Statistics 3, 1988; A. Owen, *Monte Carlo theory,
//! methods and examples*, 2013, chapter 9.

use crate::{
    nn::{distributions::categorical, log_sum_exp},
    rng::Rng,
    tensors::tensor,
};
use burn::tensor::{Tensor, activation::softmax};
use serde::Serialize;

/// A point of which only some coordinates are known.
#[derive(Clone, Debug)]
pub struct Part {
    /// Unknown coordinates hold what they are in truth, or some finite number or other.
    x: Tensor<2>, // [1, d]
    known: Vec<bool>,
}

impl Part {
    /// # Shapes
    /// - `x`: `[1, d]`, `known`: `[d]`
    pub fn new(x: Tensor<2>, known: Vec<bool>) -> Self {
        assert_eq!(
            x.dims(),
            [1, known.len()],
            "one point, and of each coordinate whether it is known"
        );
        Self { x, known }
    }

    /// Which coordinates are known.
    pub fn known(&self) -> &[bool] {
        &self.known
    }

    /// The point, `n` times over.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    pub fn repeat(&self, n: usize) -> Tensor<2> {
        self.x.clone().repeat_dim(0, n)
    }

    /// 1 for each known coordinate, 0 for the others.
    ///
    /// # Shapes
    /// - returns `[1, d]`
    pub fn mask(&self) -> Tensor<2> {
        let mask = self.known.iter().map(|&known| f32::from(u8::from(known))).collect();
        tensor(mask, self.x.dims(), &self.x.device())
    }

    /// `x` with the known coordinates in their place, to the bit.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns the same
    pub fn restored_in(&self, x: Tensor<2>) -> Tensor<2> {
        let [n, _] = x.dims();
        let known = self.mask().repeat_dim(0, n).greater_elem(0.5);
        x.mask_where(known, self.repeat(n))
    }
}

/// How a model fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum FillWay {
    /// One coordinate after another, the known ones first: exact.
    Chain,
    /// The known coordinates follow from the drawn ones: weighted proposals.
    Importance,
    /// One unknown coordinate after another is drawn given all others, many times over.
    Gibbs,
    /// From noise to data, with the known coordinates, as noisy as they would be, put back at every time.
    Replacement,
}

impl FillWay {
    /// Whether the draws are those of p(u | k).
    pub const fn is_exact(self) -> bool {
        matches!(self, Self::Chain)
    }
}

/// Draws of a point whose known coordinates are as they were.
#[derive(Clone, Debug)]
pub struct Filled {
    pub x: Tensor<2>, // [n, d]
    pub way: FillWay,
    /// As how many equally weighted proposals those that were weighted count, `[1]`.
    pub effective: Option<Tensor<1>>,
    /// log p(k) in nats, as the weights tell it, `[1]`.
    pub log_known: Option<Tensor<1>>,
    /// log p(u | k) in nats of the unknown coordinates that the part holds, `[1]`, where it is known exactly.
    pub log_conditional: Option<Tensor<1>>,
}

impl Filled {
    /// `n` of the proposals, drawn by their shares of the weights, which need not sum to 1.
    ///
    /// # Shapes
    /// - `x`: `[m, d]`, `log_weights`: `[m]` in nats
    pub fn weighted(x: Tensor<2>, log_weights: Tensor<1>, n: usize, rng: &mut Rng) -> Self {
        let share = softmax(log_weights.clone(), 0);
        Self {
            x: chosen(x, log_weights, n, rng),
            way: FillWay::Importance,
            effective: Some(share.square().sum().recip()),
            log_known: None,
            log_conditional: None,
        }
    }
}

/// Of several parts of a mixture: as many draws as each has brought, each of a part drawn by p(part | k).
///
/// # Shapes
/// - `parts`: log p(part, k) in nats, `[1]`, and draws `[n, d]` of p(u | k, part)
pub fn of_mixture(parts: Vec<(Tensor<1>, Filled)>, rng: &mut Rng) -> Filled {
    let (joint, parts): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    let [n, d] = parts[0].x.dims();
    let k = parts.len();
    let joint = Tensor::cat(joint, 0); // [k]
    let logits = joint.clone().reshape([1, 1, k]).repeat_dim(0, n);
    let part = categorical(logits, rng).repeat_dim(2, d); // [n, 1, d]
    let share = softmax(joint.clone(), 0);
    let (draws, effective): (Vec<_>, Vec<_>) = parts.into_iter().map(|part| (part.x, part.effective)).unzip();
    let effective: Option<Vec<_>> = effective.into_iter().collect();
    Filled {
        x: Tensor::stack::<3>(draws, 1).gather(1, part).reshape([n, d]),
        way: FillWay::Importance,
        effective: effective.map(|each| (share.square() / Tensor::cat(each, 0)).sum().recip()),
        log_known: Some(log_sum_exp(joint.reshape([k, 1]))),
        log_conditional: None,
    }
}

/// `n` rows, each drawn by its share of the weights. No read, so that it serves every device.
///
/// # Shapes
/// - `x`: `[m, d]`, `log_weights`: `[m]` in nats, returns `[n, d]`
pub fn chosen(x: Tensor<2>, log_weights: Tensor<1>, n: usize, rng: &mut Rng) -> Tensor<2> {
    let [m] = log_weights.dims();
    let logits = log_weights.reshape([1, 1, m]).repeat_dim(0, n);
    x.select(0, categorical(logits, rng).flatten::<1>(0, 2))
}
