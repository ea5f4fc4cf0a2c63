//! What a model with one set of parameters and one loss is made of: a family's own part.

use crate::{
    models::{
        Density, Extent, Normalizer,
        act::Insides,
        composition::{Known, Product},
        fill::{Filled, Part},
        way::{Stop, Toward, Way},
    },
    nn::classes::Conditional,
    rng::Rng,
};
use burn::{module::Module, tensor::Tensor};

/// What a family minimises, samples and draws; `net` holds the parameters. See [`super::Model`] for shapes.
pub trait Method: Clone + 'static {
    /// What learns.
    type Net: Module + Conditional;

    /// The loss minimised first, then its terms, tracked in `net`'s parameters.
    ///
    /// # Shapes
    /// - `x`: `[n, d]` on the plain device, returns `[k]`
    fn loss(&self, net: &Self::Net, x: Tensor<2>, rng: &mut Rng) -> Tensor<1>;

    /// The same as a step of learning takes it, which may remember something for the next.
    fn training_loss(&mut self, net: &Self::Net, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        self.loss(net, x, rng)
    }

    /// What [`Method::loss`] is made of with the same data and noise, for [`super::Model::acts`].
    ///
    /// # Shapes
    /// - `x`: `[n, d]` on the plain device
    fn insides(&self, net: &Self::Net, x: Tensor<2>, rng: &mut Rng) -> Insides {
        Insides::of_data(x, |x| self.loss(net, x, rng))
    }

    /// Points that `net` makes of noise, and which move little when it does, so that an update can be seen. `net` is on the plain device.
    ///
    /// # Shapes
    /// - returns `[n, d]`
    fn made_of_noise(&self, net: &Self::Net, n: usize, rng: &mut Rng) -> Tensor<2> {
        self.sample(net, n, rng)
    }

    /// Share of points whose class a step of learning does not see.
    fn label_dropout(&self) -> f64 {
        0.0
    }

    /// See [`super::Model::knows_no_class`].
    fn knows_no_class(&self) -> bool {
        false
    }

    /// See [`super::Model::composed`].
    fn composed(&self, _product: &Product, _known: &Known) -> Option<Self> {
        None
    }

    /// See [`super::Model::surrogate_gradient`].
    fn surrogate_gradient(&self) -> bool {
        false
    }

    /// See [`super::Model::sample`]; from here on `net` is on the plain device.
    fn sample(&self, net: &Self::Net, n: usize, rng: &mut Rng) -> Tensor<2>;

    /// See [`super::Model::density`].
    fn density(&self, net: &Self::Net, x: Tensor<2>, rng: &mut Rng) -> Density;

    /// See [`super::Model::finer_density`].
    fn finer_density(&self, _net: &Self::Net, _x: Tensor<2>) -> Option<Tensor<1>> {
        None
    }

    /// See [`super::Model::sample_of_density`].
    fn sample_of_density(&self, _net: &Self::Net, _n: usize, _rng: &mut Rng) -> Option<Tensor<2>> {
        None
    }

    /// See [`super::Model::drawn_density`].
    fn drawn_density(&self, net: &Self::Net, x: Tensor<2>, rng: &mut Rng) -> Density {
        self.density(net, x, rng)
    }

    /// See [`super::Model::elbo`].
    fn elbo(&self, _net: &Self::Net, _x: Tensor<2>, _rng: &mut Rng) -> Option<Tensor<1>> {
        None
    }

    /// See [`super::Model::bound_samples`].
    fn bound_samples(&self) -> Option<usize> {
        None
    }

    /// See [`super::Model::latent_from_data`].
    fn latent_from_data(&self, _net: &Self::Net, _x: Tensor<2>) -> Option<(Tensor<2>, Tensor<1>)> {
        None
    }

    /// See [`super::Model::data_from_latent`].
    fn data_from_latent(&self, _net: &Self::Net, _z: Tensor<2>) -> Option<Tensor<2>> {
        None
    }

    /// See [`super::Model::way`].
    fn way(&self, net: &Self::Net, points: Tensor<2>, toward: Toward) -> Option<Way> {
        match toward {
            Toward::Latent => None,
            Toward::Data => Some(vec![(Stop::Data, self.data_from_latent(net, points)?)]),
        }
    }

    /// See [`super::Model::last_axis`].
    fn last_axis(&self, _net: &Self::Net) -> Option<usize> {
        None
    }

    /// See [`super::Model::last_factor`].
    fn last_factor(&self, _net: &Self::Net, _x: Tensor<2>) -> Option<Tensor<1>> {
        None
    }

    /// See [`super::Model::fill`].
    fn fill(&self, _net: &Self::Net, _part: &Part, _n: usize, _rng: &mut Rng) -> Option<Filled> {
        None
    }

    /// See [`super::Model::encode`].
    fn encode(&self, _net: &Self::Net, _x: Tensor<2>) -> Option<Tensor<2>> {
        None
    }

    /// See [`super::Model::posterior`].
    fn posterior(&self, net: &Self::Net, x: Tensor<2>) -> Option<[Tensor<2>; 2]> {
        let mean = self.encode(net, x)?;
        Some([mean.clone(), mean.zeros_like()])
    }

    /// See [`super::Model::draw_codes`].
    fn draw_codes(&self, net: &Self::Net, x: Tensor<2>, _rng: &mut Rng) -> Option<Tensor<2>> {
        self.encode(net, x)
    }

    /// See [`super::Model::prior`].
    fn prior(&self, _net: &Self::Net) -> Option<Tensor<2>> {
        None
    }

    /// See [`super::Model::score`].
    fn score(&self, _net: &Self::Net, _x: Tensor<2>) -> Option<Tensor<2>> {
        None
    }

    /// See [`super::Model::tail_scale`].
    fn tail_scale(&self, _net: &Self::Net) -> Option<f64> {
        None
    }

    /// See [`super::Model::normalizer`].
    fn normalizer(&self, _net: &Self::Net) -> Option<Normalizer> {
        None
    }

    /// See [`super::Model::set_extent`].
    fn set_extent(&mut self, _extent: Extent) {}

    /// See [`super::Model::blur`].
    fn blur(&self) -> Option<f64> {
        None
    }

    /// See [`super::Model::walk`].
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
