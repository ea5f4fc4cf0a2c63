//! Flow matching with optimal transport: within each batch, noise is matched to near data, so that paths hardly cross.
//!
//! ```text
//! plan P = the minimiser of Σᵢⱼ Pᵢⱼ |x0ᵢ − x1ⱼ|² − ε entropy(P),   with every row and every column summing to 1/n
//! P = diag(u) exp(−C/ε) diag(v)       v ← v (v' / v)^ω,  v' = 1 / (n Kᵀ u)       u ← u (u' / u)^ω,  u' = 1 / (n K v)
//! x0ᵢ is paired with x1ⱼ with probability n Pᵢⱼ
//! ```
//!
//! The exact assignment of the papers would need the batch on the host; the entropic one is a few products of matrices on the device, and
//! goes to it as ε falls. With ω = 1 the rounds are Sinkhorn's; ω = 7/4 steps over the mark, and 40 rounds then do what would take
//! hundreds. The last round is Sinkhorn's own and ends on the rows: every noise point is used once, so x0 is N(0, I) to the letter. Each
//! data point is used once on average, to a thousandth at any blur for batches of 256, its partner drawn by the Gumbel-max trick. So the
//! learned density is the same and only the paths are straighter: fewer solver steps will do.
//!
//! References: A. Tong et al., *Improving and Generalizing Flow-Based Generative Models with Minibatch Optimal Transport*, 2024,
//! arXiv:2302.00482; A. Pooladian et al., *Multisample Flow Matching: Straightening Flows with Minibatch Couplings*, 2023,
//! arXiv:2304.14772; M. Cuturi, *Sinkhorn Distances: Lightspeed Computation of Optimal Transport*, 2013, arXiv:1306.0895; A. Thibault,
//! L. Chizat, C. Dossal, N. Papadakis, *Overrelaxed Sinkhorn-Knopp Algorithm for Regularized Optimal Transport*, 2017, arXiv:1711.01851.

use crate::{
    nn::dense::{product, product_of_transposed},
    rng::Rng,
    spec::{Group, ParamKind, ParamSpec, Scale, Text},
};
use burn::tensor::Tensor;

/// ε of the plan.
pub const BLUR: ParamSpec = ParamSpec {
    id: "blur",
    kind: ParamKind::Float,
    min: 0.05,
    max: 10.0,
    default: 0.1,
    scale: Scale::Log,
    unit: "",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Blur of the matching",
        zh: "配对的模糊度",
    },
    help: Text {
        en: "How loosely noise is matched to near data. Small: almost the shortest total way, straight paths. Large: any noise to any data, as in plain flow matching.",
        zh: "噪声与近处数据配对的松紧。小：总路程几乎最短，路径笔直。大：任意配对，与普通流匹配一样。",
    },
};

/// log of what is left out of K, where the largest of each row and column is 1: e⁻⁶⁵ = 6e-29.
const LEAST_LOG_KERNEL: f64 = -65.0;

/// Rounds of a plan; with the least blur and 256 points the columns are then right to a thousandth.
const ROUNDS: usize = 40;

/// First rounds without over-relaxation, which starts well only near the mark, and last ones, which leave the rows exact.
const PLAIN: [usize; 2] = [4, 2];

/// Least mass that is divided by, least and largest u and v.
const LEAST: f64 = 1e-30;

/// The most by which over-relaxation may take one round's change for.
const LARGEST_CHANGE: f64 = 16.0;

/// Which noise is paired with which data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Coupling {
    /// Any with any.
    Independent,
    /// Near ones, by entropic optimal transport within the batch.
    Transport { blur: f64 },
}

impl Coupling {
    /// The data point for each of the noise points `x0`, chosen from `x1`.
    ///
    /// # Shapes
    /// - `x0`, `x1`: `[n, d]`, returns `[n, d]`
    pub fn data_for(&self, x0: &Tensor<2>, x1: Tensor<2>, rng: &mut Rng) -> Tensor<2> {
        let Self::Transport { blur } = *self else { return x1 };
        let [n, _] = x0.dims();
        let log_plan = log_plan(x0.clone(), x1.clone(), blur);
        // u = 0 would make an infinite Gumbel; 2⁻²⁵ is half the generator's spacing
        let u = rng.uniform_tensor([n, n], &x0.device()).clamp_min(2f64.powi(-25));
        let partner = (log_plan - u.log().neg().log()).argmax(1); // [n, 1]
        x1.select(0, partner.squeeze_dim(1))
    }

    /// Changes a setting that needs no restart; `false` where it has none of that name.
    pub fn set(&mut self, id: &str, value: f64) -> bool {
        match self {
            Self::Transport { blur } if id == BLUR.id => *blur = value,
            _ => return false,
        }
        true
    }
}

/// log P of the entropic plan between the rows of `x0` and those of `x1`, its rows exactly of mass 1/n.
///
/// # Shapes
/// - `x0`, `x1`: `[n, d]`, returns `[n, n]`
pub fn log_plan(x0: Tensor<2>, x1: Tensor<2>, blur: f64) -> Tensor<2> {
    let n = x0.dims()[0] as f64;
    let square = |x: &Tensor<2>| x.clone().square().sum_dim(1); // [n, 1]
    let cost = square(&x0) + square(&x1).transpose() - product(x0, x1.transpose()) * 2.0;
    // Least costs taken off rows and columns change u and v only, and keep a one in each row and column of K: without it f32 underflows.
    let cost = cost.clone() + cost.neg().max_dim(1);
    let cost = cost.clone() + cost.neg().max_dim(0);
    let log_kernel = cost * (-1.0 / blur);
    // Smaller ones weigh nothing, and numbers too small for f32's exponent take a CPU ten times as long.
    let counts = log_kernel.clone().greater_elem(LEAST_LOG_KERNEL).float();
    let kernel = log_kernel.clone().exp() * counts;
    // A far outlier could drive u and v out of f32's range; held within it, only the balance of such points is lost.
    let inverse = |mass: Tensor<2>| (mass * n).clamp_min(LEAST).recip();
    let mut u = kernel.clone().narrow(1, 0, 1).ones_like(); // [n, 1], and so is v
    let mut v = u.clone();
    for round in 0..ROUNDS {
        let relaxed = |old: Tensor<2>, new: Tensor<2>| match round {
            _ if round < PLAIN[0] || round >= ROUNDS - PLAIN[1] => new,
            _ => beyond(old, new),
        };
        v = relaxed(v, inverse(product_of_transposed(kernel.clone(), u.clone())));
        u = relaxed(u, inverse(product(kernel.clone(), v.clone())));
    }
    log_kernel + u.log() + v.log().transpose()
}

/// old (new / old)^(7/4): roots alone, which every engine takes to the same bit.
fn beyond(old: Tensor<2>, new: Tensor<2>) -> Tensor<2> {
    let change = (new.clone() / old).clamp(LARGEST_CHANGE.recip(), LARGEST_CHANGE);
    let further = (change.clone() * change.sqrt()).sqrt(); // ^(3/4)
    (new * further).clamp(LEAST, LEAST.recip())
}
