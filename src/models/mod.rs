//! The families of deep generative model, and what a session needs to know of one.
//!
//! Each family has a trait with its textbook operations; an adapter turns it into a [`Model`] ([`one_player`], or a GAN's two). A model is a
//! file of its own with its row, a [`spec::ModelSpec`], in it; [`registry::MODELS`] names every row. README tells the steps.

pub mod act;
pub mod autoregressive;
pub mod by_class;
pub mod classes;
pub mod composition;
mod density;
pub mod diffusion;
pub mod energy;
pub mod fill;
pub mod flow;
pub mod gan;
pub mod language;
pub mod method;
pub mod one_player;
pub mod registry;
pub mod settings;
pub mod spec;
pub mod vae;
pub mod way;

pub use density::{Density, Normalizer};

use crate::{nn::optim::Weight, rng::Rng};
use act::Act;
use burn::tensor::Tensor;
use composition::{Asked, Known, Product};
use fill::{Filled, Part};
use way::{Stop, Toward, Way};

/// How far from the origin data lie along any axis, in their standard deviations.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// Nearly all of them: what is drawn.
    pub most: f64,
    /// As many as have been seen.
    pub all: f64,
}

impl Extent {
    /// Until more is known.
    pub const DEFAULT: Self = Self { most: 3.0, all: 3.0 };
}

/// What a session knows of a model. All tensors are standardised: zero mean, one scale.
///
/// A model is one player or, in a GAN, two: a player is a set of parameters with a loss of its own. Losses and samples are returned
/// unread, because a read is what costs on a GPU.
pub trait Model {
    /// How many players: 1, or 2 for a GAN (discriminator 0, generator 1).
    fn players(&self) -> usize {
        1
    }

    /// The same as it is now, to be looked at while this one learns on. Cheap: tensors share their storage.
    fn twin(&self) -> Box<dyn Model>;

    /// Makes room for so many classes, before anything is learned. From then on points to learn from carry theirs, one-hot, in as many further columns;
    /// a row of zeros there is no class.
    fn learn_classes(&mut self, _classes: usize) {}

    /// The same as it is for points of the classes `y`, or of no class: a model of p(x | y), to be looked at.
    ///
    /// # Shapes
    /// - `y`: `[n, classes]`, or `[1, classes]` for all points alike, on the plain device
    fn given(&self, _y: Option<Tensor<2>>) -> Box<dyn Model> {
        self.twin()
    }

    /// The same as a model of classes put together, where the family can: an energy, whose product it then is, or a diffusion, whose scores add up.
    fn composed(&self, _product: &Product, _known: &Known) -> Option<Box<dyn Model>> {
        None
    }

    /// Says which points it is looked at for, where classes are learned.
    fn ask(&mut self, _asked: Asked) {}

    /// Tells what share of the data each class is, where classes are learned.
    fn set_class_shares(&mut self, _shares: &[f64]) {}

    /// The classes of what [`Model::sample`] draws from the same `rng`, where classes are learned.
    fn classes_of_samples(&self, _n: usize, _rng: &mut Rng) -> Option<Vec<u8>> {
        None
    }

    /// Whether it has learned the points without their classes too and, given none, answers as it learned: a picture of all classes then costs as much
    /// as one of a class, where their mixture is dear.
    fn knows_no_class(&self) -> bool {
        false
    }

    /// log p(x | y) for every class y, or the bound on it that the family has, where classes are learned and there is a density.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, classes]`
    fn log_prob_by_class(&self, _x: Tensor<2>, _rng: &mut Rng) -> Option<Tensor<2>> {
        None
    }

    /// A player's parameters.
    ///
    /// # Shapes
    /// - returns `[p]`, on the plain device
    fn parameters(&self, player: usize) -> Tensor<1>;

    /// How many numbers each of a player's tensors holds, in the order of [`Model::parameters`].
    fn parameter_sizes(&self, player: usize) -> Vec<usize>;

    /// What it samples and is measured with, tensor by tensor: averages of its parameters, what is fixed in it, and what it remembers.
    fn weights(&self) -> Vec<Weight> {
        Vec::new()
    }

    /// Puts other parameters in place.
    fn set_parameters(&mut self, player: usize, theta: Tensor<1>);

    /// A player's loss on data `x` with noise from `rng`: the one minimised first, then its terms, as the registry row names them.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, or `[n, d + classes]` where classes are learned, on the plain device, returns `[k]`, tracked
    fn loss(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1>;

    /// The gradient of the first of [`Model::loss`] in the player's parameters.
    ///
    /// # Shapes
    /// - returns `[p]`
    fn gradient(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1>;

    /// Whether the gradient is by definition not that of the loss, but of the loss with something held that moves with the parameters: a choice
    /// without a slope, or chains that the energy itself has moved.
    fn surrogate_gradient(&self) -> bool {
        false
    }

    /// Batches of fresh data that one step of learning takes.
    fn batches_per_step(&self) -> usize {
        1
    }

    /// One step of learning on b = [`Model::batches_per_step`] batches; returns the losses of the registry row, as they were before the update.
    ///
    /// # Shapes
    /// - `x`: `[b n, d]`, returns `[k]`, both on the plain device
    fn train_step(&mut self, x: Tensor<2>, rng: &mut Rng) -> Tensor<1>;

    /// Whether a step has two halves, one player's and the other's (GAN).
    fn has_halves(&self) -> bool {
        false
    }

    /// The discriminator's half of [`Model::train_step`], from the same data and noise.
    ///
    /// # Shapes
    /// - `x`: `[b n, d]`
    fn first_half(&mut self, _x: Tensor<2>, _rng: &mut Rng) {}

    /// The generator's half, after [`Model::first_half`] alone; returns what the whole step does.
    ///
    /// # Shapes
    /// - returns `[k]`
    fn second_half(&mut self, _rng: &mut Rng) -> Option<Tensor<1>> {
        None
    }

    /// What [`Model::train_step`] does with the same data and noise, deed by deed; nothing is learned of it.
    ///
    /// # Shapes
    /// - `x`: as there
    fn acts(&self, x: Tensor<2>, rng: &mut Rng) -> Vec<Act>;

    /// The same of [`Model::second_half`], where a first half is taken.
    fn second_acts(&self, _rng: &mut Rng) -> Option<Vec<Act>> {
        None
    }

    /// Draws from P_phi.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    fn sample(&self, n: usize, rng: &mut Rng) -> Tensor<2>;

    /// log P_phi, or what the family has in its place. `rng` serves bounds estimated with noise.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`
    fn density(&self, x: Tensor<2>, rng: &mut Rng) -> Density;

    /// log P_phi by twice the solver's steps, where [`Model::density`] gives a [`Density::Estimate`].
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]`
    fn finer_density(&self, _x: Tensor<2>) -> Option<Tensor<1>> {
        None
    }

    /// Draws of the distribution whose density [`Model::density`] gives, where [`Model::sample`] takes another way than that density.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    fn sample_of_density(&self, _n: usize, _rng: &mut Rng) -> Option<Tensor<2>> {
        None
    }

    /// The same for a picture, as smooth as the model is: noise that a bound needs is the same at every point.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`
    fn drawn_density(&self, x: Tensor<2>, rng: &mut Rng) -> Density {
        self.density(x, rng)
    }

    /// The plain bound on log P_phi with one latent per point, in nats (VAE).
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]`
    fn elbo(&self, _x: Tensor<2>, _rng: &mut Rng) -> Option<Tensor<1>> {
        None
    }

    /// Latents per point behind [`Density::LowerBound`].
    fn bound_samples(&self) -> Option<usize> {
        None
    }

    /// Logits of "this is data, not a sample" (GAN).
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]`
    fn discriminate(&self, _x: Tensor<2>) -> Option<Tensor<1>> {
        None
    }

    /// Latents of data and log|det ∂z/∂x| in nats (flow).
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, d]` and `[n]`
    fn latent_from_data(&self, _x: Tensor<2>) -> Option<(Tensor<2>, Tensor<1>)> {
        None
    }

    /// Data from latents: a flow's inverse, a generator.
    ///
    /// # Shapes
    /// - `z`: `[n, d]`, returns `[n, d]`
    fn data_from_latent(&self, _z: Tensor<2>) -> Option<Tensor<2>> {
        None
    }

    /// Where points stand on the way from data to latents, or back, that [`Model::latent_from_data`] and [`Model::data_from_latent`] take; of a map
    /// in one piece the end alone.
    ///
    /// # Shapes
    /// - `points`: `[n, d]`
    fn way(&self, points: Tensor<2>, toward: Toward) -> Option<Way> {
        match toward {
            Toward::Latent => None,
            Toward::Data => Some(vec![(Stop::Data, self.data_from_latent(points)?)]),
        }
    }

    /// The coordinate of a plane that is drawn last, given the other (autoregressive).
    fn last_axis(&self) -> Option<usize> {
        None
    }

    /// log-density of that coordinate given the other, in nats.
    ///
    /// # Shapes
    /// - `x`: `[n, 2]`, returns `[n]`
    fn last_factor(&self, _x: Tensor<2>) -> Option<Tensor<1>> {
        None
    }

    /// `n` draws of what is unknown of a point given what is known of it, where the family has a way of its own.
    fn fill(&self, _part: &Part, _n: usize, _rng: &mut Rng) -> Option<Filled> {
        None
    }

    /// Means of the latents of data (VAE).
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, latent]`
    fn encode(&self, _x: Tensor<2>) -> Option<Tensor<2>> {
        None
    }

    /// Means and standard deviations of the latents of data, these 0 where a code is certain (VAE).
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns two of `[n, latent]`
    fn posterior(&self, x: Tensor<2>) -> Option<[Tensor<2>; 2]> {
        let mean = self.encode(x)?;
        Some([mean.clone(), mean.zeros_like()])
    }

    /// A draw of the latent of each point, where it is uncertain (VAE): all together they should look like draws of the prior, which their means do
    /// not.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, latent]`
    fn draw_codes(&self, x: Tensor<2>, _rng: &mut Rng) -> Option<Tensor<2>> {
        self.encode(x)
    }

    /// The Gaussians that latents are drawn from: a weight, means and standard deviations for each (VAE). Every model that encodes has them.
    ///
    /// # Shapes
    /// - returns `[c, 1 + 2 latent]`
    fn prior(&self) -> Option<Tensor<2>> {
        None
    }

    /// The score −∂E/∂x (energy).
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, d]`
    fn score(&self, _x: Tensor<2>) -> Option<Tensor<2>> {
        None
    }

    /// Standard deviation of the Gaussian that the energy decays to (energy).
    fn tail_scale(&self) -> Option<f64> {
        None
    }

    /// What [`Density::Unnormalized`] has to be divided by (energy on the line or the plane).
    fn normalizer(&self) -> Option<Normalizer> {
        None
    }

    /// Tells where the data lie, which a model that integrates over the space must know.
    fn set_extent(&mut self, _extent: Extent) {}

    /// Standard deviation of the Gaussian noise that data carry in the density that is learned, where they carry any.
    fn blur(&self) -> Option<f64> {
        None
    }

    /// Moves walkers on the learned energy by the sampler that the settings choose.
    ///
    /// # Shapes
    /// - `walkers`: `[n, d]`, returns `[n, d]`
    fn walk(&self, _walkers: Tensor<2>, _steps: usize, _rng: &mut Rng) -> Option<Tensor<2>> {
        None
    }

    /// Changes a setting that needs no restart; `false` where the model has none of that name. Where it changes what is learned, the schedule of the
    /// learning rate begins anew.
    fn set(&mut self, _id: &str, _value: f64) -> bool {
        false
    }

    /// Everything that resuming needs: tensors in a fixed order and counters.
    fn state(&self) -> State;

    /// Undoes [`Model::state`].
    fn load_state(&mut self, state: &State);
}

/// What a model has learned and where its optimisers stand.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// On the plain device. Cloning is cheap: tensors share their storage.
    pub tensors: Vec<Tensor<1>>,
    pub counts: Vec<u64>,
}
