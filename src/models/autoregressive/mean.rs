//! Several chains over the same data, each in an order of its own, and the mean of what they say.
//!
//! ```text
//! P(x) = 1/M Σₘ Pₘ(x)      loss = −1/M Σₘ E_data[log Pₘ(x)]  ≥  −E_data[log P(x)]
//! ```
//!
//! Each chain learns by itself, so the loss is an upper bound on what the mean costs; the chains err in different places, and the mean of their
//! probabilities errs less than any of them.
//!
//! References: M. Germain, K. Gregor, I. Murray, H. Larochelle, *MADE: Masked Autoencoder for Distribution Estimation*, 2015, arXiv:1502.03509,
//! section 4.2; B. Uria, I. Murray, H. Larochelle, *A Deep and Tractable Density Estimator*, 2014, arXiv:1310.1757.

use super::{Autoregressive, filled, guidance::Guidance};
use crate::{
    models::{
        Density, Model,
        act::{Act, Deed, Insides},
        fill::{Filled, Part},
        one_player::{Effect, Method, OnePlayer},
        spec::Settings,
    },
    nn::{classes::Conditional, distributions::Univariate, dropout::Thinned, log_sum_exp},
    rng::Rng,
};
use burn::{
    module::{Module, ModuleDisplay},
    tensor::{Device, Tensor},
};
use std::marker::PhantomData;

/// The chains.
#[derive(Module, Debug)]
pub struct Mean<A: Module> {
    chains: Vec<A>,
}

impl<A: Module + ModuleDisplay + Autoregressive> Mean<A> {
    /// Their mean; there must be at least one.
    pub fn new(chains: Vec<A>) -> Self {
        assert!(!chains.is_empty(), "a mean needs something to average");
        Self { chains }
    }

    /// The same of guided chains, where they can be guided.
    fn guided(&self, w: f64) -> Option<Self> {
        let chains = self.chains.iter().map(|chain| chain.guided(w));
        chains.collect::<Option<_>>().map(Self::new)
    }

    /// Exact log-density or log-probability in nats.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]`
    pub fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        let each = self.chains.iter().map(|chain| chain.log_prob(x.clone())).collect();
        log_sum_exp(Tensor::stack(each, 0)) - (self.chains.len() as f64).ln()
    }

    /// Draws, as equal a share of them from each chain as can be.
    ///
    /// # Shapes
    /// - returns `[n, dim]`
    pub fn sample(&self, [n, dim]: [usize; 2], rng: &mut Rng, device: &Device) -> Tensor<2> {
        let m = self.chains.len();
        let shares = (0..m).map(|i| n / m + usize::from(i < n % m));
        let parts = self.chains.iter().zip(shares).filter(|&(_, share)| share > 0);
        let drawn = parts.map(|(chain, share)| chain.sample([share, dim], rng, device));
        Tensor::cat(drawn.collect(), 0)
    }
}

/// Maximum likelihood for each chain.
#[derive(Clone)]
pub struct MeanMethod<A> {
    chains: PhantomData<A>,
    guidance: Guidance,
    dim: usize,
    device: Device,
}

impl<A: Module + ModuleDisplay + Autoregressive + Conditional + Thinned + 'static> MeanMethod<A> {
    /// A model that learns `mean`, built on the autodiff `device` for `dim`-dimensional data.
    pub fn model(mean: Mean<A>, dim: usize, settings: &Settings, device: &Device) -> Box<dyn Model> {
        let method = Self {
            chains: PhantomData,
            guidance: Guidance::of(settings),
            dim,
            device: device.clone().inner(),
        };
        Box::new(OnePlayer::new(mean, method, settings.training()))
    }
}

impl<A: Module + ModuleDisplay + Autoregressive + Conditional + Thinned + 'static> Method for MeanMethod<A> {
    type Net = Mean<A>;

    fn loss(&self, mean: &Mean<A>, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let mut each = Vec::new();
        for chain in &mean.chains {
            let thinned = chain.in_training(rng);
            each.push(thinned.as_ref().unwrap_or(chain).log_prob(x.clone().autodiff()).mean());
        }
        Tensor::cat(each, 0).mean().neg()
    }

    fn insides(&self, mean: &Mean<A>, x: Tensor<2>, rng: &mut Rng) -> Insides {
        if A::Conditionals::SMOOTH {
            return Insides::of_data(x, |x| self.loss(mean, x, rng));
        }
        let of_chain = |chain: &A| {
            let thinned = chain.in_training(rng);
            thinned.as_ref().unwrap_or(chain).foretold(x.clone().autodiff())
        };
        let each: Option<Vec<_>> = mean.chains.iter().map(of_chain).collect();
        each.map_or_else(Insides::default, |each| {
            let foretold = Tensor::stack::<3>(each, 0).mean_dim(0).squeeze_dim::<2>(0).inner();
            Insides {
                made: vec![Act::points(Deed::Foretold, foretold.clone())],
                slopes: vec![Act::arrows(Deed::Missed, foretold.clone(), x - foretold)],
            }
        })
    }

    fn label_dropout(&self) -> f64 {
        self.guidance.label_dropout
    }

    fn sample(&self, mean: &Mean<A>, n: usize, rng: &mut Rng) -> Tensor<2> {
        let guided = self.guidance.applied(|w| mean.guided(w));
        guided.as_ref().unwrap_or(mean).sample([n, self.dim], rng, &self.device)
    }

    fn density(&self, mean: &Mean<A>, x: Tensor<2>, _rng: &mut Rng) -> Density {
        let guided = self.guidance.applied(|w| mean.guided(w));
        Density::Exact(guided.as_ref().unwrap_or(mean).log_prob(x))
    }

    fn set(&mut self, id: &str, value: f64) -> Effect {
        self.guidance.set(id, value)
    }

    fn fill(&self, mean: &Mean<A>, part: &Part, n: usize, rng: &mut Rng) -> Option<Filled> {
        let guided = self.guidance.applied(|w| mean.guided(w));
        Some(filled(&guided.as_ref().unwrap_or(mean).chains, part, n, rng))
    }
}

impl<A: Module + ModuleDisplay + Autoregressive + Conditional> Conditional for Mean<A> {
    fn with_classes(self, classes: usize) -> Self {
        Self::new(
            self.chains
                .into_iter()
                .map(|chain| chain.with_classes(classes))
                .collect(),
        )
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        Self::new(self.chains.iter().map(|chain| chain.given(y)).collect())
    }
}
