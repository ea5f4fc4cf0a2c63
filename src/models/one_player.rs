//! The plumbing of every model with one set of parameters and one loss: a family adds its [`Method`], and no more.

use super::classes::{Batch, Told};
pub use super::method::{Effect, Method};
use crate::{
    models::{
        Density, Extent, Model, Normalizer, State,
        act::{Act, Deed},
        composition::{Known, Product},
        fill::{Filled, Part},
        way::{Toward, Way},
    },
    nn::{
        classes::Conditional,
        optim::{Learner, Weight},
    },
    rng::Rng,
    spec::training::Training,
};
use burn::{module::Module, tensor::Tensor};

/// Points that show what an update changes.
const SHOWN: usize = 128;

/// A method with the parameters it teaches.
#[derive(Clone)]
pub struct OnePlayer<M: Method> {
    learner: Learner<M::Net>,
    method: M,
    told: Told,
}

impl<M: Method> OnePlayer<M> {
    /// Teaches `net`, which must have been built on an autodiff device.
    pub fn new(net: M::Net, method: M, training: Training) -> Self {
        Self {
            learner: Learner::new(net, training),
            method,
            told: Told::default(),
        }
    }

    /// What the net is for the class that this model is of.
    fn frozen(&self) -> M::Net {
        let net = self.learner.frozen();
        match self.told.class() {
            Some(y) => net.given(Some(y)),
            None => net,
        }
    }

    /// The net as it is for the classes of a batch, where they are told, and the points alone.
    fn shown(&self, x: Tensor<2>, rng: &mut Rng) -> (Option<M::Net>, Tensor<2>) {
        let Batch { x, y } = self.told.batch(x, self.method.label_dropout(), rng);
        (y.map(|y| self.learner.module().given(Some(&y.autodiff()))), x)
    }
}

impl<M: Method> Model for OnePlayer<M> {
    fn twin(&self) -> Box<dyn Model> {
        Box::new(self.clone())
    }

    fn learn_classes(&mut self, classes: usize) {
        self.learner.rebuild(|net| net.with_classes(classes));
        self.told = Told::classes(classes);
    }

    fn given(&self, y: Option<Tensor<2>>) -> Box<dyn Model> {
        Box::new(Self {
            told: self.told.given(y),
            ..self.clone()
        })
    }

    fn composed(&self, product: &Product, known: &Known) -> Option<Box<dyn Model>> {
        Some(Box::new(Self {
            method: self.method.composed(product, known)?,
            told: self.told.given(None),
            ..self.clone()
        }))
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
        let (net, x) = self.shown(x, rng);
        self.method.loss(net.as_ref().unwrap_or(self.learner.module()), x, rng)
    }

    fn gradient(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        self.learner.gradient(self.loss(player, x, rng).narrow(0, 0, 1))
    }

    fn knows_no_class(&self) -> bool {
        self.method.knows_no_class()
    }

    fn surrogate_gradient(&self) -> bool {
        self.method.surrogate_gradient()
    }

    fn train_step(&mut self, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let (net, x) = self.shown(x, rng);
        let net = net.as_ref().unwrap_or(self.learner.module());
        let losses = self.method.training_loss(net, x, rng);
        self.learner.descend(losses.clone().narrow(0, 0, 1));
        losses.inner()
    }

    fn acts(&self, x: Tensor<2>, rng: &mut Rng) -> Vec<Act> {
        let mut after = self.clone();
        let losses = after.train_step(x.clone(), &mut rng.clone());
        let again = after.loss(0, x.clone(), &mut rng.clone()).inner();
        let (net, x) = self.shown(x, rng);
        let net = net.as_ref().unwrap_or(self.learner.module());
        let insides = self.method.insides(net, x.clone(), rng);
        let mut acts = vec![Act::points(Deed::Batch, x.clone())];
        acts.extend(insides.made);
        acts.push(Act::losses(Deed::Loss, losses));
        acts.extend(insides.slopes);
        let n = x.dims()[0].min(SHOWN);
        let [from, to] = [self, &after].map(|model| {
            let net = model.learner.module().valid();
            model.method.made_of_noise(&net, n, &mut rng.clone())
        });
        acts.push(Act::moves(Deed::Update, from, to));
        acts.push(Act::losses(Deed::Again, again.narrow(0, 0, 1)));
        acts
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        self.method.sample(&self.frozen(), n, rng)
    }

    fn density(&self, x: Tensor<2>, rng: &mut Rng) -> Density {
        self.method.density(&self.frozen(), x, rng)
    }

    fn finer_density(&self, x: Tensor<2>) -> Option<Tensor<1>> {
        self.method.finer_density(&self.frozen(), x)
    }

    fn sample_of_density(&self, n: usize, rng: &mut Rng) -> Option<Tensor<2>> {
        self.method.sample_of_density(&self.frozen(), n, rng)
    }

    fn drawn_density(&self, x: Tensor<2>, rng: &mut Rng) -> Density {
        self.method.drawn_density(&self.frozen(), x, rng)
    }

    fn elbo(&self, x: Tensor<2>, rng: &mut Rng) -> Option<Tensor<1>> {
        self.method.elbo(&self.frozen(), x, rng)
    }

    fn bound_samples(&self) -> Option<usize> {
        self.method.bound_samples()
    }

    fn latent_from_data(&self, x: Tensor<2>) -> Option<(Tensor<2>, Tensor<1>)> {
        self.method.latent_from_data(&self.frozen(), x)
    }

    fn data_from_latent(&self, z: Tensor<2>) -> Option<Tensor<2>> {
        self.method.data_from_latent(&self.frozen(), z)
    }

    fn way(&self, points: Tensor<2>, toward: Toward) -> Option<Way> {
        self.method.way(&self.frozen(), points, toward)
    }

    fn last_axis(&self) -> Option<usize> {
        self.method.last_axis(self.learner.module())
    }

    fn last_factor(&self, x: Tensor<2>) -> Option<Tensor<1>> {
        self.method.last_factor(&self.frozen(), x)
    }

    fn fill(&self, part: &Part, n: usize, rng: &mut Rng) -> Option<Filled> {
        self.method.fill(&self.frozen(), part, n, rng)
    }

    fn encode(&self, x: Tensor<2>) -> Option<Tensor<2>> {
        self.method.encode(&self.frozen(), x)
    }

    fn posterior(&self, x: Tensor<2>) -> Option<[Tensor<2>; 2]> {
        self.method.posterior(&self.frozen(), x)
    }

    fn draw_codes(&self, x: Tensor<2>, rng: &mut Rng) -> Option<Tensor<2>> {
        self.method.draw_codes(&self.frozen(), x, rng)
    }

    fn prior(&self) -> Option<Tensor<2>> {
        self.method.prior(&self.frozen())
    }

    fn score(&self, x: Tensor<2>) -> Option<Tensor<2>> {
        self.method.score(&self.frozen(), x)
    }

    fn tail_scale(&self) -> Option<f64> {
        self.method.tail_scale(self.learner.module())
    }

    fn normalizer(&self) -> Option<Normalizer> {
        self.method.normalizer(&self.frozen())
    }

    fn set_extent(&mut self, extent: Extent) {
        self.method.set_extent(extent);
    }

    fn blur(&self) -> Option<f64> {
        self.method.blur()
    }

    fn walk(&self, walkers: Tensor<2>, steps: usize, rng: &mut Rng) -> Option<Tensor<2>> {
        self.method.walk(&self.frozen(), walkers, steps, rng)
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
