//! The plumbing of every model with one set of parameters and one loss: a family adds its [`Method`], and no more.

use crate::{
    models::{
        Density, Extent, Model, Normalizer, State,
        way::{Stop, Toward, Way},
    },
    nn::optim::{Learner, Weight},
    rng::Rng,
    spec::training::Training,
};
use burn::{module::Module, tensor::Tensor};

/// What a family minimises, samples and draws; `net` holds the parameters. See [`Model`] for shapes.
pub trait Method: Clone + 'static {
    /// What learns.
    type Net: Module;

    /// The loss minimised first, then its terms, tracked in `net`'s parameters.
    ///
    /// # Shapes
    /// - `x`: `[n, d]` on the plain device, returns `[k]`
    fn loss(&self, net: &Self::Net, x: Tensor<2>, rng: &mut Rng) -> Tensor<1>;

    /// The same as a step of learning takes it, which may remember something for the next.
    fn training_loss(&mut self, net: &Self::Net, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        self.loss(net, x, rng)
    }

    /// See [`Model::surrogate_gradient`].
    fn surrogate_gradient(&self) -> bool {
        false
    }

    /// See [`Model::sample`]; from here on `net` is on the plain device.
    fn sample(&self, net: &Self::Net, n: usize, rng: &mut Rng) -> Tensor<2>;

    /// See [`Model::density`].
    fn density(&self, net: &Self::Net, x: Tensor<2>, rng: &mut Rng) -> Density;

    /// See [`Model::finer_density`].
    fn finer_density(&self, _net: &Self::Net, _x: Tensor<2>) -> Option<Tensor<1>> {
        None
    }

    /// See [`Model::sample_of_density`].
    fn sample_of_density(&self, _net: &Self::Net, _n: usize, _rng: &mut Rng) -> Option<Tensor<2>> {
        None
    }

    /// See [`Model::drawn_density`].
    fn drawn_density(&self, net: &Self::Net, x: Tensor<2>, rng: &mut Rng) -> Density {
        self.density(net, x, rng)
    }

    /// See [`Model::elbo`].
    fn elbo(&self, _net: &Self::Net, _x: Tensor<2>, _rng: &mut Rng) -> Option<Tensor<1>> {
        None
    }

    /// See [`Model::bound_samples`].
    fn bound_samples(&self) -> Option<usize> {
        None
    }

    /// See [`Model::latent_from_data`].
    fn latent_from_data(&self, _net: &Self::Net, _x: Tensor<2>) -> Option<(Tensor<2>, Tensor<1>)> {
        None
    }

    /// See [`Model::data_from_latent`].
    fn data_from_latent(&self, _net: &Self::Net, _z: Tensor<2>) -> Option<Tensor<2>> {
        None
    }

    /// See [`Model::way`].
    fn way(&self, net: &Self::Net, points: Tensor<2>, toward: Toward) -> Option<Way> {
        match toward {
            Toward::Latent => None,
            Toward::Data => Some(vec![(Stop::Data, self.data_from_latent(net, points)?)]),
        }
    }

    /// See [`Model::last_axis`].
    fn last_axis(&self, _net: &Self::Net) -> Option<usize> {
        None
    }

    /// See [`Model::last_factor`].
    fn last_factor(&self, _net: &Self::Net, _x: Tensor<2>) -> Option<Tensor<1>> {
        None
    }

    /// See [`Model::encode`].
    fn encode(&self, _net: &Self::Net, _x: Tensor<2>) -> Option<Tensor<2>> {
        None
    }

    /// See [`Model::posterior`].
    fn posterior(&self, net: &Self::Net, x: Tensor<2>) -> Option<[Tensor<2>; 2]> {
        let mean = self.encode(net, x)?;
        Some([mean.clone(), mean.zeros_like()])
    }

    /// See [`Model::draw_codes`].
    fn draw_codes(&self, net: &Self::Net, x: Tensor<2>, _rng: &mut Rng) -> Option<Tensor<2>> {
        self.encode(net, x)
    }

    /// See [`Model::prior`].
    fn prior(&self, _net: &Self::Net) -> Option<Tensor<2>> {
        None
    }

    /// See [`Model::score`].
    fn score(&self, _net: &Self::Net, _x: Tensor<2>) -> Option<Tensor<2>> {
        None
    }

    /// See [`Model::tail_scale`].
    fn tail_scale(&self, _net: &Self::Net) -> Option<f64> {
        None
    }

    /// See [`Model::normalizer`].
    fn normalizer(&self, _net: &Self::Net) -> Option<Normalizer> {
        None
    }

    /// See [`Model::set_extent`].
    fn set_extent(&mut self, _extent: Extent) {}

    /// See [`Model::blur`].
    fn blur(&self) -> Option<f64> {
        None
    }

    /// See [`Model::walk`].
    fn walk(&self, _net: &Self::Net, _walkers: Tensor<2>, _steps: usize, _rng: &mut Rng) -> Option<Tensor<2>> {
        None
    }

    /// Changes a setting of its own that needs no restart, and says what it acts on.
    fn set(&mut self, _id: &str, _value: f64) -> Effect {
        Effect::None
    }

    /// What [`Method::training_loss`] has remembered.
    fn memory(&self) -> Option<Tensor<1>> {
        None
    }

    /// Undoes [`Method::memory`].
    fn load_memory(&mut self, _memory: Tensor<1>) {}

    /// What [`Method::training_loss`] has counted.
    fn count(&self) -> Option<u64> {
        None
    }

    /// Undoes [`Method::count`].
    fn load_count(&mut self, _count: u64) {}
}

/// What a change of a setting acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: there is no setting of that name.
    None,
    /// What is drawn or measured.
    Looks,
    /// What the next steps learn.
    Learning,
}

/// A method with the parameters it teaches.
#[derive(Clone)]
pub struct OnePlayer<M: Method> {
    learner: Learner<M::Net>,
    method: M,
}

impl<M: Method> OnePlayer<M> {
    /// Teaches `net`, which must have been built on an autodiff device.
    pub fn new(net: M::Net, method: M, training: Training) -> Self {
        Self {
            learner: Learner::new(net, training),
            method,
        }
    }
}

impl<M: Method> Model for OnePlayer<M> {
    fn twin(&self) -> Box<dyn Model> {
        Box::new(self.clone())
    }

    fn parameters(&self, _player: usize) -> Tensor<1> {
        self.learner.parameters()
    }

    fn parameter_sizes(&self, _player: usize) -> Vec<usize> {
        self.learner.parameter_sizes()
    }

    fn weights(&self) -> Vec<Weight> {
        let mut weights = self.learner.weights();
        weights.extend(self.method.memory().map(Weight::memory));
        weights
    }

    fn set_parameters(&mut self, _player: usize, theta: Tensor<1>) {
        self.learner.set_parameters(theta);
    }

    fn loss(&self, _player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        self.method.loss(self.learner.module(), x, rng)
    }

    fn gradient(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        self.learner.gradient(self.loss(player, x, rng).narrow(0, 0, 1))
    }

    fn surrogate_gradient(&self) -> bool {
        self.method.surrogate_gradient()
    }

    fn train_step(&mut self, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let losses = self.method.training_loss(self.learner.module(), x, rng);
        self.learner.descend(losses.clone().narrow(0, 0, 1));
        losses.inner()
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        self.method.sample(&self.learner.frozen(), n, rng)
    }

    fn density(&self, x: Tensor<2>, rng: &mut Rng) -> Density {
        self.method.density(&self.learner.frozen(), x, rng)
    }

    fn finer_density(&self, x: Tensor<2>) -> Option<Tensor<1>> {
        self.method.finer_density(&self.learner.frozen(), x)
    }

    fn sample_of_density(&self, n: usize, rng: &mut Rng) -> Option<Tensor<2>> {
        self.method.sample_of_density(&self.learner.frozen(), n, rng)
    }

    fn drawn_density(&self, x: Tensor<2>, rng: &mut Rng) -> Density {
        self.method.drawn_density(&self.learner.frozen(), x, rng)
    }

    fn elbo(&self, x: Tensor<2>, rng: &mut Rng) -> Option<Tensor<1>> {
        self.method.elbo(&self.learner.frozen(), x, rng)
    }

    fn bound_samples(&self) -> Option<usize> {
        self.method.bound_samples()
    }

    fn latent_from_data(&self, x: Tensor<2>) -> Option<(Tensor<2>, Tensor<1>)> {
        self.method.latent_from_data(&self.learner.frozen(), x)
    }

    fn data_from_latent(&self, z: Tensor<2>) -> Option<Tensor<2>> {
        self.method.data_from_latent(&self.learner.frozen(), z)
    }

    fn way(&self, points: Tensor<2>, toward: Toward) -> Option<Way> {
        self.method.way(&self.learner.frozen(), points, toward)
    }

    fn last_axis(&self) -> Option<usize> {
        self.method.last_axis(self.learner.module())
    }

    fn last_factor(&self, x: Tensor<2>) -> Option<Tensor<1>> {
        self.method.last_factor(&self.learner.frozen(), x)
    }

    fn encode(&self, x: Tensor<2>) -> Option<Tensor<2>> {
        self.method.encode(&self.learner.frozen(), x)
    }

    fn posterior(&self, x: Tensor<2>) -> Option<[Tensor<2>; 2]> {
        self.method.posterior(&self.learner.frozen(), x)
    }

    fn draw_codes(&self, x: Tensor<2>, rng: &mut Rng) -> Option<Tensor<2>> {
        self.method.draw_codes(&self.learner.frozen(), x, rng)
    }

    fn prior(&self) -> Option<Tensor<2>> {
        self.method.prior(&self.learner.frozen())
    }

    fn score(&self, x: Tensor<2>) -> Option<Tensor<2>> {
        self.method.score(&self.learner.frozen(), x)
    }

    fn tail_scale(&self) -> Option<f64> {
        self.method.tail_scale(self.learner.module())
    }

    fn normalizer(&self) -> Option<Normalizer> {
        self.method.normalizer(&self.learner.frozen())
    }

    fn set_extent(&mut self, extent: Extent) {
        self.method.set_extent(extent);
    }

    fn blur(&self) -> Option<f64> {
        self.method.blur()
    }

    fn walk(&self, walkers: Tensor<2>, steps: usize, rng: &mut Rng) -> Option<Tensor<2>> {
        self.method.walk(&self.learner.frozen(), walkers, steps, rng)
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        if self.learner.set(id, value) {
            return true;
        }
        let effect = self.method.set(id, value);
        if effect == Effect::Learning {
            self.learner.restart_schedule();
        }
        effect != Effect::None
    }

    fn state(&self) -> State {
        let (mut tensors, counts) = self.learner.state();
        tensors.extend(self.method.memory());
        State {
            tensors,
            counts: counts.into_iter().chain(self.method.count()).collect(),
        }
    }

    fn load_state(&mut self, state: &State) {
        let (own, memory) = state.tensors.split_at(Learner::<M::Net>::STATE_TENSORS);
        let (counts, counted) = state.counts.split_at(Learner::<M::Net>::STATE_COUNTS);
        self.learner.load_state(own, counts);
        if let Some(&count) = counted.first() {
            self.method.load_count(count);
        }
        if let Some(memory) = memory.first() {
            self.method.load_memory(memory.clone());
        }
    }
}
