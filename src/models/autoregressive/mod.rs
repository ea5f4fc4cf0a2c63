//! Autoregressive models: one coordinate at a time, each from those before it, so that every factor is a density on the line.
//!
//! ```text
//! p(x) = p(x₁) · p(x₂ | x₁) · … · p(x_d | x₁ … x_{d−1})      loss = −E_data[log p(x)]
//! ```
//!
//! References: H. Larochelle and I. Murray, *The Neural Autoregressive Distribution Estimator*, AISTATS 2011; B. Uria et al., *Neural
//! Autoregressive Distribution Estimation*, 2016, arXiv:1605.02226.

pub mod guidance;
pub mod histogram;
pub mod made;
pub mod made_pixels;
pub mod mean;
pub mod order;
pub mod tokens;

use crate::{
    models::{
        Density, Model,
        act::Insides,
        fill::{FillWay, Filled, Part},
        one_player::{Effect, Method, OnePlayer},
        spec::Settings,
    },
    nn::{classes::Conditional, distributions::Univariate},
    rng::Rng,
    tensors::identity,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use guidance::Guidance;
use order::Order;
use std::marker::PhantomData;

/// A product of conditionals in a fixed order.
pub trait Autoregressive {
    /// What a conditional is made of.
    type Conditionals: Univariate;

    /// The same with logits guided by strength w, where they are those of a class: (1 + w) logits(y) − w logits. None where there are no logits.
    fn guided(&self, _w: f64) -> Option<Self>
    where
        Self: Sized,
    {
        None
    }

    /// Which coordinate comes first.
    fn order(&self) -> Order;

    /// p(xᵢ | x₁ … xᵢ₋₁) for every i at once; the i-th must not depend on xᵢ or anything after it. Columns stand in the chain's order.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns densities `[n, d]`
    fn conditionals(&self, x: Tensor<2>) -> Self::Conditionals;

    /// The factors' log-densities in nats at `x`, where the earlier coordinates are those of `given`. Columns are the data's.
    ///
    /// # Shapes
    /// - `x`, `given`: `[n, d]`, returns `[n, d]`
    fn log_factors(&self, x: Tensor<2>, given: Tensor<2>) -> Tensor<2> {
        let order = self.order();
        order.arrange(self.conditionals(order.arrange(given)).log_prob(order.arrange(x)))
    }

    /// What each coordinate is on average given those of `x` before it, where they are whole numbers.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns the same
    fn foretold(&self, x: Tensor<2>) -> Option<Tensor<2>> {
        let order = self.order();
        let mean = self.conditionals(order.arrange(x)).mean_count()?;
        Some(order.arrange(mean))
    }

    /// Exact log-density in nats: the chain rule.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]`
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        self.log_factors(x.clone(), x).sum_dim(1).squeeze_dim(1)
    }

    /// Ancestral sampling: draw a coordinate, then the next given it. Each pass redraws the coordinates that are not final yet.
    ///
    /// # Shapes
    /// - returns `[n, dim]`
    fn sample(&self, [n, dim]: [usize; 2], rng: &mut Rng, device: &Device) -> Tensor<2> {
        let first = self.conditionals(Tensor::zeros([n, dim], device)).sample(rng);
        let all = (1..dim).fold(first, |x, i| {
            let drawn = self.conditionals(x.clone()).sample(rng);
            Tensor::cat(vec![x.narrow(1, 0, i), drawn.narrow(1, i, dim - i)], 1)
        });
        self.order().arrange(all)
    }

    /// Whether the chain draws all known coordinates before the first unknown one.
    fn begins_with(&self, part: &Part) -> bool {
        let places = self.order().places(part.known().len());
        let known = places.into_iter().map(|place| part.known()[place]);
        known.is_sorted_by(|earlier, later| earlier >= later)
    }

    /// `n` proposals: each unknown coordinate is drawn from its conditional, those before it as they are known or drawn. Their log-weights are the
    /// factors of the known coordinates: alike where the chain [begins](Autoregressive::begins_with) with these, so that the proposals are draws of
    /// p(unknown | known).
    ///
    /// # Shapes
    /// - returns `[n, d]` and `[n]`, in nats
    fn proposals(&self, part: &Part, n: usize, rng: &mut Rng) -> (Tensor<2>, Tensor<1>) {
        let (order, d) = (self.order(), part.known().len());
        let axes = identity(d, &part.repeat(1).device());
        let unknown = order.places(d).into_iter().enumerate();
        let unknown = unknown.filter(|&(_, place)| !part.known()[place]);
        let x = unknown.fold(order.arrange(part.repeat(n)), |x, (i, _)| {
            let drawn = self.conditionals(x.clone()).sample(rng);
            let here = axes.clone().narrow(0, i, 1); // [1, d]
            x * (here.clone().neg() + 1.0) + drawn * here
        });
        let factors = self.conditionals(x.clone()).log_prob(x.clone());
        let of_known = factors * order.arrange(part.mask());
        (order.arrange(x), of_known.sum_dim(1).squeeze_dim(1))
    }
}

/// Proposals of which a few are kept.
const PROPOSALS: usize = 512;

/// `n` draws of what is unknown, from the mean of `chains`: from their proposals, an equal share of each, by their weights, or from a single chain
/// that begins with what is known.
pub fn filled<A: Autoregressive>(chains: &[A], part: &Part, n: usize, rng: &mut Rng) -> Filled {
    if let [chain] = chains
        && chain.begins_with(part)
    {
        let one = part.repeat(1);
        let of_unknown = chain.log_factors(one.clone(), one) * (part.mask().neg() + 1.0);
        return Filled {
            x: chain.proposals(part, n, rng).0,
            way: FillWay::Chain,
            effective: None,
            log_known: None,
            log_conditional: Some(of_unknown.sum()),
        };
    }
    let each = PROPOSALS / chains.len();
    let proposals = chains.iter().map(|chain| chain.proposals(part, each, rng));
    let (x, log_weights) = proposals.unzip::<_, _, Vec<_>, Vec<_>>();
    Filled::weighted(Tensor::cat(x, 0), Tensor::cat(log_weights, 0), n, rng)
}

/// Maximum likelihood for a chain of conditionals.
#[derive(Clone)]
pub struct ChainMethod<A> {
    chain: PhantomData<A>,
    guidance: Guidance,
    dim: usize,
    device: Device,
}

impl<A: Module + Autoregressive + Conditional + 'static> ChainMethod<A> {
    /// A model that learns `chain`, built on the autodiff `device` for `dim`-dimensional data.
    pub fn model(chain: A, dim: usize, settings: &Settings, device: &Device) -> Box<dyn Model> {
        let method = Self {
            chain: PhantomData,
            guidance: Guidance::of(settings),
            dim,
            device: device.clone().inner(),
        };
        Box::new(OnePlayer::new(chain, method, settings.training()))
    }
}

impl<A: Module + Autoregressive + Conditional + 'static> Method for ChainMethod<A> {
    type Net = A;

    fn loss(&self, chain: &A, x: Tensor<2>, _rng: &mut Rng) -> Tensor<1> {
        chain.log_prob(x.autodiff()).mean().neg()
    }

    fn insides(&self, chain: &A, x: Tensor<2>, rng: &mut Rng) -> Insides {
        match A::Conditionals::SMOOTH {
            true => Insides::of_data(x, |x| self.loss(chain, x, rng)),
            false => Insides::default(),
        }
    }

    fn label_dropout(&self) -> f64 {
        self.guidance.label_dropout
    }

    fn sample(&self, chain: &A, n: usize, rng: &mut Rng) -> Tensor<2> {
        let guided = self.guidance.applied(|w| chain.guided(w));
        guided
            .as_ref()
            .unwrap_or(chain)
            .sample([n, self.dim], rng, &self.device)
    }

    fn density(&self, chain: &A, x: Tensor<2>, _rng: &mut Rng) -> Density {
        let guided = self.guidance.applied(|w| chain.guided(w));
        Density::Exact(guided.as_ref().unwrap_or(chain).log_prob(x))
    }

    fn set(&mut self, id: &str, value: f64) -> Effect {
        self.guidance.set(id, value)
    }

    fn last_axis(&self, chain: &A) -> Option<usize> {
        chain.order().last_of_a_plane()
    }

    fn last_factor(&self, chain: &A, x: Tensor<2>) -> Option<Tensor<1>> {
        let last = chain.order().last_of_a_plane()?;
        let guided = self.guidance.applied(|w| chain.guided(w));
        let chain = guided.as_ref().unwrap_or(chain);
        Some(chain.log_factors(x.clone(), x).narrow(1, last, 1).squeeze_dim(1))
    }

    fn fill(&self, chain: &A, part: &Part, n: usize, rng: &mut Rng) -> Option<Filled> {
        let guided = self.guidance.applied(|w| chain.guided(w));
        Some(filled(
            std::slice::from_ref(guided.as_ref().unwrap_or(chain)),
            part,
            n,
            rng,
        ))
    }
}
