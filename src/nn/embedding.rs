//! Tokens as vectors.

use crate::{rng::Rng, tensors::tensor};
use burn::{
    module::{Module, Param},
    tensor::{Device, Int, Tensor, TensorData},
};

/// A vector for each token.
#[derive(Module, Debug)]
pub struct Embedding {
    vectors: Param<Tensor<2>>, // [v, e]
}

impl Embedding {
    /// Vectors of `size` numbers drawn from N(0, `scale`²).
    pub fn new(tokens: usize, size: usize, scale: f64, rng: &mut Rng, device: &Device) -> Self {
        let values = (0..tokens * size).map(|_| (scale * rng.normal()) as f32).collect();
        Self {
            vectors: Param::from_tensor(tensor(values, [tokens, size], device)),
        }
    }

    /// The vectors of some tokens.
    ///
    /// # Shapes
    /// - returns `[tokens, e]`
    pub fn of(&self, tokens: &[u32]) -> Tensor<2> {
        let vectors = self.vectors.val();
        let at: Vec<i32> = tokens.iter().map(|&token| token as i32).collect();
        let at = Tensor::<1, Int>::from_data(TensorData::new(at, [tokens.len()]), &vectors.device());
        vectors.select(0, at)
    }

    /// All of them.
    ///
    /// # Shapes
    /// - returns `[v, e]`
    pub fn all(&self) -> Tensor<2> {
        self.vectors.val()
    }
}
