//! A block of a transformer: each place takes from those before it, then thinks for itself.
//!
//! ```text
//! x ← x + Σ_heads softmax(q kᵀ / √d_h + mask) v Wₒ       x ← x + W₂ silu(W₁ norm(x))
//! ```
//!
//! References: A. Vaswani et al., *Attention Is All You Need*, 2017, arXiv:1706.03762.

use crate::{
    nn::{activation::Activation, dense::through, dropout::thinned_sequence, layer_norm::LayerNorm, linear},
    rng::Rng,
    tensors::tensor,
};
use burn::{
    module::Module,
    nn::Linear,
    tensor::{Device, Tensor, activation::softmax},
};

/// Added to what may not be looked at: its share is then 0 to the bit, and so is every derivative through it.
const HIDDEN: f32 = -1e9;

/// How much wider the inside of the perceptron is, as ever since Vaswani et al.
const WIDER: usize = 4;

/// One layer.
#[derive(Module, Debug)]
pub struct Block {
    before: LayerNorm,
    asked: Linear, // [d, 3 d]: q, k, v
    taken: Linear, // [d, d]
    between: LayerNorm,
    wide: Linear,   // [d, 4 d]
    narrow: Linear, // [4 d, d]
    heads: usize,
}

/// What a layer remembers of the places before: keys and values, `[heads, places, d_h]`, and how the last place shared its look among them.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    keys: Option<Tensor<3>>,
    values: Option<Tensor<3>>,
    /// `[heads, places]`.
    pub shares: Option<Tensor<2>>,
}

impl Block {
    /// A block of a tower of `depth`, whose additions start small enough that their sum stays of size 1 (GPT-2).
    ///
    /// # Panics
    /// Where the heads do not divide the width.
    pub fn new(width: usize, heads: usize, depth: usize, rng: &mut Rng, device: &Device) -> Self {
        assert!(width.is_multiple_of(heads), "{heads} heads share {width} numbers");
        let small = (2.0 * depth as f64).sqrt().recip();
        Self {
            before: LayerNorm::new(width, device),
            asked: linear(width, 3 * width, 1.0, rng, device),
            taken: linear(width, width, small, rng, device),
            between: LayerNorm::new(width, device),
            wide: linear(width, WIDER * width, 1.0, rng, device),
            narrow: linear(WIDER * width, width, small, rng, device),
            heads,
        }
    }

    /// # Shapes
    /// - `x`: `[n, t, d]`, returns the same
    pub fn forward(&self, x: Tensor<3>, dropout: f64, mut rng: Option<&mut Rng>) -> Tensor<3> {
        let [n, t, d] = x.dims();
        let (rows, own) = ([n * t, d], d / self.heads);
        let flat = x.reshape(rows);
        let asked = through(&self.asked, self.before.of(flat.clone()), None); // [n t, 3 d]
        let part = |i: usize| {
            let part = asked.clone().narrow(1, i * d, d).reshape([n, t, self.heads, own]);
            part.swap_dims(1, 2) // [n, heads, t, d_h]
        };
        let scores = part(0).matmul(part(1).swap_dims(2, 3)) / (own as f64).sqrt(); // [n, heads, t, t]
        let shares = softmax(scores + causal(t, &flat.device()), 3);
        let found = shares.matmul(part(2)).swap_dims(1, 2).reshape(rows);
        let mut add = |x: Tensor<2>, y: Tensor<2>| -> Tensor<2> {
            x + thinned_sequence(y.reshape([n, t, d]), dropout, rng.as_deref_mut()).reshape(rows)
        };
        let x = add(flat, through(&self.taken, found, None));
        let thought = self.thought(x.clone());
        add(x, thought).reshape([n, t, d])
    }

    fn thought(&self, x: Tensor<2>) -> Tensor<2> {
        let inside = through(&self.wide, self.between.of(x), Some(Activation::Silu));
        through(&self.narrow, inside, None)
    }

    /// The same for one more place.
    ///
    /// # Shapes
    /// - `x`: `[1, d]`, returns the same
    pub fn read(&self, x: Tensor<2>, seen: &mut Seen) -> Tensor<2> {
        let d = x.dims()[1];
        let own = d / self.heads;
        let asked = through(&self.asked, self.before.of(x.clone()), None);
        let part = |i: usize| asked.clone().narrow(1, i * d, d).reshape([self.heads, 1, own]);
        let joined = |old: Option<Tensor<3>>, new: Tensor<3>| match old {
            Some(old) => Tensor::cat(vec![old, new], 1),
            None => new,
        };
        let keys = joined(seen.keys.take(), part(1));
        let values = joined(seen.values.take(), part(2));
        let scores = part(0).matmul(keys.clone().swap_dims(1, 2)) / (own as f64).sqrt(); // [heads, 1, places]
        let shares = softmax(scores, 2);
        let found = shares.clone().matmul(values.clone()).reshape([1, d]);
        *seen = Seen {
            keys: Some(keys),
            values: Some(values),
            shares: Some(shares.squeeze_dim(1)),
        };
        let x = x + through(&self.taken, found, None);
        x.clone() + self.thought(x)
    }
}

/// 0 where place i may look at place j, that is j ≤ i.
///
/// # Shapes
/// - returns `[1, 1, t, t]`
fn causal(t: usize, device: &Device) -> Tensor<4> {
    let may = |k: usize| if k % t <= k / t { 0.0 } else { HIDDEN };
    tensor((0..t * t).map(may).collect(), [1, 1, t, t], device)
}
