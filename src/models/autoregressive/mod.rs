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
        one_player::{Effect, Method, OnePlayer},
        spec::Settings,
    },
    nn::{classes::Conditional, distributions::Univariate},
    rng::Rng,
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
}
