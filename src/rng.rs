//! Seeded random numbers, drawn on the host so that every device sees the same ones.
//!
//! Burn's own generators are process-wide and differ between engines. Here each purpose has a named stream of one seed: drawing more
//! evaluation points never changes the training that follows.

use crate::tensors::tensor;
use burn::tensor::{Device, Tensor};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;
use serde::{Deserialize, Serialize};

/// What a stream of random numbers is for.
#[derive(Clone, Copy, Debug)]
pub enum Stream {
    /// Initial weights.
    Init = 1,
    /// Which data points arrive.
    Data = 2,
    /// Noise inside a training step: latents, negative samples, Langevin.
    Noise = 3,
    /// Data drawn only to look or to measure: held-out points, floors, what the page shows.
    Eval = 4,
    /// Langevin walkers on the page.
    Walk = 5,
    /// What the model draws to be looked at or measured. Data and samples of one stream would not be independent, as every score of both takes them
    /// to be.
    Look = 6,
}

/// One stream; its state is plain data, so a snapshot resumes it exactly.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rng(ChaCha8Rng);

impl Rng {
    /// The stream of `seed` that serves `stream`.
    pub fn new(seed: u64, stream: Stream) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream as u64);
        Self(rng)
    }

    /// Uniform on [0, 1).
    pub fn uniform(&mut self) -> f64 {
        self.0.random()
    }

    /// Standard normal.
    pub fn normal(&mut self) -> f64 {
        self.0.sample(StandardNormal)
    }

    /// Uniform on {0, …, n − 1}.
    pub fn index(&mut self, n: usize) -> usize {
        self.0.random_range(0..n)
    }

    /// 0, …, n − 1 in an order of chance.
    pub fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for last in (1..n).rev() {
            order.swap(last, self.index(last + 1));
        }
        order
    }

    /// Independent standard normals.
    ///
    /// # Shapes
    /// - returns `[rows, columns]`
    pub fn normal_tensor(&mut self, [rows, columns]: [usize; 2], device: &Device) -> Tensor<2> {
        let values: Vec<f32> = (0..rows * columns).map(|_| self.0.sample(StandardNormal)).collect();
        tensor(values, [rows, columns], device)
    }

    /// Independent uniforms on [0, 1).
    ///
    /// # Shapes
    /// - returns `[rows, columns]`
    pub fn uniform_tensor(&mut self, [rows, columns]: [usize; 2], device: &Device) -> Tensor<2> {
        let values: Vec<f32> = (0..rows * columns).map(|_| self.0.random()).collect();
        tensor(values, [rows, columns], device)
    }
}
