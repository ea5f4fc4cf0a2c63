//! Energy-based models: any function that is low where data lies is a density, once divided by an integral nobody can write down.
//!
//! ```text
//! p(x) = exp(−E(x)) / Z      Z = ∫ exp(−E(x)) dx      score(x) = ∇ₓ log p(x) = −∇ₓ E(x)
//! ```
//!
//! The score needs no Z, so a Markov chain can walk on the landscape. Learning lowers E at data against the rest of space; the objectives
//! differ in how they come to know of the rest: from noise, from chains, from the slope and curvature at the data, from a grid.
//!
//! References: Y. LeCun et al., *A Tutorial on Energy-Based Learning*, 2006; Y. Song and D. Kingma, *How to Train Your Energy-Based
//! Models*, 2021, arXiv:2101.03288.

pub mod chains;
pub mod contrastive_divergence;
pub mod denoising_score_matching;
pub mod exact_score_matching;
pub mod lattice;
pub mod maximum_likelihood;
mod method;
pub mod network;
pub mod noise_contrastive;
pub mod persistent_contrastive;
pub mod sampler;
pub mod score_matching;
pub mod sliced_score_matching;
pub mod temperature;
mod together;

use crate::{
    models::{
        Extent,
        act::{Act, Deed, Insides, descent},
        spec::{FieldKind, Views},
    },
    nn::classes::Conditional,
    rng::Rng,
};
use burn::{module::Module, tensor::Tensor};

/// A landscape over data space: exp(−E) is a density up to its integral.
pub trait Energy {
    /// E(x) in nats.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]`
    fn energy(&self, x: Tensor<2>) -> Tensor<1>;

    /// E(x, y) for each of several classes, from what the points alone say once.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `classes`: `[1, classes]` each, returns one `[n]` a class
    fn each_energy(&self, x: Tensor<2>, classes: &[Tensor<2>]) -> Vec<Tensor<1>>
    where
        Self: Conditional + Sized,
    {
        classes.iter().map(|y| self.given(Some(y)).energy(x.clone())).collect()
    }

    /// E(x) and −∇ₓ E(x), for parameters that are on an autodiff device and untracked ([`lifted`]).
    ///
    /// # Shapes
    /// - `x`: `[n, d]` on the plain device, returns `[n]` and `[n, d]` there
    fn energy_and_score(&self, x: Tensor<2>) -> (Tensor<1>, Tensor<2>) {
        let x = x.autodiff().require_grad();
        let energy = self.energy(x.clone());
        let gradients = energy.clone().sum().backward();
        let slope = x.grad(&gradients).expect("an energy depends on x");
        (energy.inner(), slope.neg())
    }

    /// −∇ₓ E(x), as [`Energy::energy_and_score`] has it.
    ///
    /// # Shapes
    /// - `x`: `[n, d]` on the plain device, returns the same
    fn score(&self, x: Tensor<2>) -> Tensor<2> {
        self.energy_and_score(x).1
    }

    /// Standard deviation of the Gaussian that the energy decays to: its tails, and where samplers start.
    fn tail_scale(&self) -> f64;

    /// log Z in nats, `[1]`, where it is learned beside the energy.
    fn learned_log_z(&self) -> Option<Tensor<1>> {
        None
    }
}

/// What is minimised: all that tells one energy model's training from another's.
///
/// A step has two halves. [`Objective::draw`] fetches what the loss needs beside data: negatives, noise, directions, a grid. Then
/// [`Objective::loss`] is a plain function of the energy, the data and what was drawn.
pub trait Objective<E> {
    /// What the loss of the data `x` needs beside them; a constant to the gradient. `energy` is [`lifted`].
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[m, d]`, both on the plain device
    fn draw(&self, energy: &E, x: &Tensor<2>, rng: &mut Rng) -> Tensor<2>;

    /// The loss first, then its terms.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `drawn`: `[m, d]`, both on the autodiff device, returns `[k]`
    fn loss(&self, energy: &E, x: Tensor<2>, drawn: Tensor<2>) -> Tensor<1>;

    /// What the loss is made of, see [`Method::insides`](crate::models::method::Method::insides). `energy` is tracked, `lifted` is the same [`lifted`].
    ///
    /// # Shapes
    /// - `x`: `[n, d]` on the plain device
    fn insides(&self, energy: &E, lifted: &E, x: Tensor<2>, rng: &mut Rng) -> Insides {
        let drawn = self.draw(lifted, &x, rng);
        Insides::of_data(x, |x| self.loss(energy, x, drawn.autodiff()))
    }

    /// See [`Model::surrogate_gradient`]: whether the draw, from the same noise, moves with the energy.
    fn surrogate_gradient(&self) -> bool {
        false
    }

    /// See [`Model::set_extent`].
    fn set_extent(&mut self, _extent: Extent) {}

    /// See [`Model::blur`].
    fn blur(&self) -> Option<f64> {
        None
    }

    /// Keeps what the next step's draw starts from.
    fn remember(&mut self, _drawn: Tensor<2>) {}

    /// Changes a setting that needs no restart.
    fn set(&mut self, _id: &str, _value: f64) -> bool {
        false
    }

    /// What [`Objective::remember`] has kept.
    fn memory(&self) -> Option<Tensor<1>> {
        None
    }

    /// Undoes [`Objective::memory`].
    fn load_memory(&mut self, _memory: Tensor<1>) {}
}

/// Where data and the points that they are told from would have to go for the loss to fall: both times n, the number of the data.
///
/// # Shapes
/// - `x`: `[n, d]`, `drawn`: `[m, d]`, both on the plain device
fn told_apart(x: Tensor<2>, drawn: Tensor<2>, loss: impl Fn(Tensor<2>, Tensor<2>) -> Tensor<1>) -> Vec<Act> {
    let (n, m) = (x.dims()[0], drawn.dims()[0]);
    let all = Tensor::cat(vec![x.clone(), drawn.clone()], 0);
    let along = descent(&all, |all| loss(all.clone().narrow(0, 0, n), all.narrow(0, n, m)));
    let along = along.expect("an energy depends on x") * (n as f64 / (n + m) as f64);
    let (pull, push) = (along.clone().narrow(0, 0, n), along.narrow(0, n, m));
    vec![Act::arrows(Deed::Pull, x, pull), Act::arrows(Deed::Push, drawn, push)]
}

/// The same parameters on the autodiff device, untracked: gradients flow to x alone.
pub fn lifted<M: Module>(plain: M) -> M {
    plain.train().no_grad()
}

/// What every energy model can draw.
const VIEWS: Views = Views {
    fields: &[FieldKind::Energy, FieldKind::LogDensity],
    walkers: true,
    grid: false,
    latent: false,
};
