//! What a session knows of it: the classes looked at; what is learned is the model's own.

use super::ByClass;
use crate::{
    models::{
        Density, Extent, Model, Normalizer, State,
        act::Act,
        composition::Asked,
        fill::{Filled, Part, of_mixture},
        way::{Toward, Way},
    },
    nn::optim::Weight,
    rng::{Rng, Stream},
};
use burn::tensor::Tensor;
use std::cell::OnceCell;

impl Model for ByClass {
    fn twin(&self) -> Box<dyn Model> {
        Box::new(Self {
            model: self.model.twin(),
            shares: self.shares.clone(),
            choice: self.choice,
            asked: self.asked.clone(),
            normalizers: self.normalizers.clone(),
            guided: self.guided.clone(),
        })
    }

    fn given(&self, y: Option<Tensor<2>>) -> Box<dyn Model> {
        self.model.given(y)
    }

    fn ask(&mut self, asked: Asked) {
        self.asked = asked;
    }

    fn set_class_shares(&mut self, shares: &[f64]) {
        assert_eq!(shares.len(), self.shares.len(), "a share for each class");
        self.shares = shares.to_vec();
        self.guided = OnceCell::new();
    }

    fn knows_no_class(&self) -> bool {
        self.model.knows_no_class()
    }

    fn classes_of_samples(&self, n: usize, rng: &mut Rng) -> Option<Vec<u8>> {
        Some(self.drawn_classes(n, rng))
    }

    fn log_prob_by_class(&self, x: Tensor<2>, rng: &mut Rng) -> Option<Tensor<2>> {
        let of = |class| self.log_prob(class, self.of_class(class).density(x.clone(), rng));
        let each: Option<Vec<_>> = (0..self.shares.len()).map(of).collect();
        Some(Tensor::stack::<2>(each?, 1))
    }

    fn players(&self) -> usize {
        self.model.players()
    }

    fn parameters(&self, player: usize) -> Tensor<1> {
        self.model.parameters(player)
    }

    fn parameter_sizes(&self, player: usize) -> Vec<usize> {
        self.model.parameter_sizes(player)
    }

    fn weights(&self) -> Vec<Weight> {
        self.model.weights()
    }

    fn set_parameters(&mut self, player: usize, theta: Tensor<1>) {
        self.learning().set_parameters(player, theta);
    }

    fn loss(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        self.model.loss(player, x, rng)
    }

    fn gradient(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        self.model.gradient(player, x, rng)
    }

    fn surrogate_gradient(&self) -> bool {
        self.model.surrogate_gradient()
    }

    fn batches_per_step(&self) -> usize {
        self.model.batches_per_step()
    }

    fn train_step(&mut self, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        self.learning().train_step(x, rng)
    }

    fn has_halves(&self) -> bool {
        self.model.has_halves()
    }

    fn first_half(&mut self, x: Tensor<2>, rng: &mut Rng) {
        self.learning().first_half(x, rng);
    }

    fn second_half(&mut self, rng: &mut Rng) -> Option<Tensor<1>> {
        self.learning().second_half(rng)
    }

    fn acts(&self, x: Tensor<2>, rng: &mut Rng) -> Vec<Act> {
        self.model.acts(x, rng)
    }

    fn second_acts(&self, rng: &mut Rng) -> Option<Vec<Act>> {
        self.model.second_acts(rng)
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        let drawn = self.draw(n, rng, |model, n, rng| Some(model.sample(n, rng)));
        drawn.expect("every model draws samples")
    }

    fn density(&self, x: Tensor<2>, rng: &mut Rng) -> Density {
        self.density_of(|model| model.density(x.clone(), rng))
    }

    fn finer_density(&self, x: Tensor<2>) -> Option<Tensor<1>> {
        match self.one() {
            Some(one) => one.finer_density(x),
            None => self.mixed(|_, model| model.finer_density(x.clone())),
        }
    }

    fn sample_of_density(&self, n: usize, rng: &mut Rng) -> Option<Tensor<2>> {
        self.draw(n, rng, |model, n, rng| model.sample_of_density(n, rng))
    }

    /// Of all classes as the model has learned them together, where it has; to be drawn, not to be measured by.
    fn drawn_density(&self, x: Tensor<2>, rng: &mut Rng) -> Density {
        if self.asked == Asked::All && self.model.knows_no_class() {
            return self.model.drawn_density(x, rng);
        }
        self.density_of(|model| model.drawn_density(x.clone(), rng))
    }

    fn elbo(&self, x: Tensor<2>, rng: &mut Rng) -> Option<Tensor<1>> {
        match self.one() {
            Some(one) => one.elbo(x, rng),
            None => self.mixed(|_, model| model.elbo(x.clone(), rng)),
        }
    }

    fn bound_samples(&self) -> Option<usize> {
        self.model.bound_samples()
    }

    /// Of all classes together what the discriminator says before it is told one.
    fn discriminate(&self, x: Tensor<2>) -> Option<Tensor<1>> {
        match self.one() {
            Some(one) => one.discriminate(x),
            None => self.model.discriminate(x),
        }
    }

    /// Of one class alone: a mixture of maps is no map.
    fn latent_from_data(&self, x: Tensor<2>) -> Option<(Tensor<2>, Tensor<1>)> {
        self.one()?.latent_from_data(x)
    }

    /// Of one class alone, too.
    fn data_from_latent(&self, z: Tensor<2>) -> Option<Tensor<2>> {
        self.one()?.data_from_latent(z)
    }

    /// Of one class alone, too.
    fn way(&self, points: Tensor<2>, toward: Toward) -> Option<Way> {
        self.one()?.way(points, toward)
    }

    /// Of one class alone, too: the mixture's is no mixture of theirs.
    fn last_axis(&self) -> Option<usize> {
        self.one()?.last_axis()
    }

    fn last_factor(&self, x: Tensor<2>) -> Option<Tensor<1>> {
        self.one()?.last_factor(x)
    }

    fn fill(&self, part: &Part, n: usize, rng: &mut Rng) -> Option<Filled> {
        if let Some(one) = self.one() {
            return one.fill(part, n, rng);
        }
        // the first class that does not tell p(k | y) ends it
        let of_class = |(_, share, model): (usize, f64, Box<dyn Model>)| {
            let filled = model.fill(part, n, rng)?;
            Some((filled.log_known.clone()? + share.ln(), filled))
        };
        let parts: Option<Vec<_>> = self.parts().map(of_class).collect();
        Some(of_mixture(parts?, rng))
    }

    fn posterior(&self, x: Tensor<2>) -> Option<[Tensor<2>; 2]> {
        self.one()?.posterior(x)
    }

    /// Of one class alone, too: [`Model::given`] encodes points of several.
    fn encode(&self, x: Tensor<2>) -> Option<Tensor<2>> {
        self.one()?.encode(x)
    }

    fn draw_codes(&self, x: Tensor<2>, rng: &mut Rng) -> Option<Tensor<2>> {
        self.one()?.draw_codes(x, rng)
    }

    fn prior(&self) -> Option<Tensor<2>> {
        self.model.prior()
    }

    /// Of the mixture the mean of the classes' scores under p(y | x).
    fn score(&self, x: Tensor<2>) -> Option<Tensor<2>> {
        if let Some(one) = self.one() {
            return one.score(x);
        }
        // energies take no noise to be told
        let mut unused = Rng::new(0, Stream::Look);
        let log_prob = self.mixed(|class, model| self.log_prob(class, model.density(x.clone(), &mut unused)))?;
        let weighted: Option<Vec<_>> = self
            .parts()
            .map(|(class, share, model)| {
                let own = self.log_prob(class, model.density(x.clone(), &mut unused))?;
                let posterior = (own + share.ln() - log_prob.clone()).exp().unsqueeze_dim::<2>(1);
                Some(model.score(x.clone())? * posterior)
            })
            .collect();
        weighted?.into_iter().reduce(|sum, part| sum + part)
    }

    fn tail_scale(&self) -> Option<f64> {
        self.model.tail_scale()
    }

    /// The mixture's parts have been divided by theirs, so its own is 1.
    fn normalizer(&self) -> Option<Normalizer> {
        if let Some(one) = self.one() {
            return one.normalizer();
        }
        let of_parts = self.guided_normalizers()?.iter().zip(self.weights());
        let squares = of_parts.map(|(log_z, share)| (log_z.clone().narrow(0, 1, 1) * share).square());
        let error = squares.reduce(|sum, square| sum + square)?.sqrt();
        Some(Normalizer {
            log_z: Tensor::cat(vec![error.zeros_like(), error], 0),
            learned: None,
        })
    }

    fn set_extent(&mut self, extent: Extent) {
        self.learning().set_extent(extent);
    }

    fn blur(&self) -> Option<f64> {
        self.model.blur()
    }

    fn walk(&self, walkers: Tensor<2>, steps: usize, rng: &mut Rng) -> Option<Tensor<2>> {
        match self.one() {
            Some(one) => one.walk(walkers, steps, rng),
            None => {
                // on the landscapes that were learned: guided ones are no rows of one
                let classes = self.spread_classes(walkers.dims()[0]);
                let all = self.model.given(Some(self.one_hot(&classes)));
                all.walk(walkers, steps, rng)
            }
        }
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        let chosen = self.choice.set(id, value);
        if chosen {
            self.asked = self.choice.asked(self.shares.len());
            self.guided = OnceCell::new();
        }
        // What looks at classes touches nothing that a class's Z is worked out of.
        let taken = match chosen {
            true => self.model.set(id, value),
            false => self.learning().set(id, value),
        };
        chosen || taken
    }

    fn state(&self) -> State {
        self.model.state()
    }

    fn load_state(&mut self, state: &State) {
        self.learning().load_state(state);
    }
}
