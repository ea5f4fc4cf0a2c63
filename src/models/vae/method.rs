//! Learning by maximising the bound, with a weight on its KL term that may rise and an allowance that may be free.
//!
//! ```text
//! loss = reconstruction + beta_t Σⱼ max(λ, klⱼ)      beta_t = beta · min(1, (t + 1) / kl_warmup),  t = 0, 1, …
//! ```
//!
//! klⱼ is the closed-form KL of latent dimension j, averaged over the batch: below λ nats a dimension feels no pull. Where the KL is no such sum
//! (K > 1, or a prior that learns) the d dimensions are one group, and it is max(d λ, kl).
//!
//! With K > 1 the terms of the loss are those of the importance-weighted bound. The curves beside it are those of the plain bound all the same:
//! what they are called.
//!
//! References: S. Bowman et al., *Generating Sentences from a Continuous Space*, 2016, arXiv:1511.06349 (warm-up). D. Kingma et al.,
//! *Improved Variational Inference with Inverse Autoregressive Flow*, 2016, arXiv:1606.04934 (free bits).

use super::{Bound, Carried, Observation, Terms, Vae, fill};
use crate::{
    models::{
        Density, Model,
        act::{Act, Deed, Insides},
        fill::{Filled, Part},
        one_player::{Effect, Method, OnePlayer},
        spec::{LossSpec, Settings},
    },
    nn::{classes::Conditional, dropout::Thinned},
    rng::Rng,
    spec::Text,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use std::marker::PhantomData;

/// The losses of every VAE.
pub const LOSSES: &[LossSpec] = &[
    LossSpec {
        id: "loss",
        label: Text {
            en: "Loss: −bound, its KL term times β (nats)",
            zh: "损失：−下界，其中 KL 项乘以 β（纳特）",
        },
    },
    LossSpec {
        id: "reconstruction",
        label: Text {
            en: "Reconstruction −log P(x|z)",
            zh: "重建误差 −log P(x|z)",
        },
    },
    LossSpec {
        id: "kl",
        label: Text {
            en: "KL(q(z|x) ‖ p(z))",
            zh: "KL(q(z|x) ‖ p(z))",
        },
    },
];

/// Latents per point behind the plain bound as a score: its error is then that of the points, not of the latents.
const ELBO_DRAWS: u8 = 8;

/// What a [`VaeMethod`] is trained and measured with.
#[derive(Clone, Copy, Debug)]
pub struct VaeSettings {
    /// Latent coordinates.
    pub latent: usize,
    /// Weight of the KL term.
    pub beta: f64,
    /// Steps over which that weight rises from 0.
    pub kl_warmup: f64,
    /// Nats of each latent dimension that cost nothing.
    pub free_bits: f64,
    /// Latents per point in the loss; 1 trains on the plain bound.
    pub k_samples: usize,
    /// Latents per point when the density is bounded.
    pub bound_samples: usize,
}

impl VaeSettings {
    /// Reads those of a row.
    pub fn new(settings: &Settings) -> Self {
        Self {
            latent: settings.int("latent"),
            beta: settings.float("beta"),
            kl_warmup: settings.float("kl_warmup"),
            free_bits: settings.float("free_bits"),
            k_samples: settings.int("k_samples"),
            bound_samples: settings.int("bound_samples"),
        }
    }
}

/// The loss and the terms of the plain bound, as the registry rows name them, each a mean over the batch.
///
/// # Shapes
/// - returns `[3]`, in nats
pub fn losses(Bound { terms, plain, carried }: Bound, beta: f64, free_bits: f64) -> Tensor<1> {
    let charged = match carried {
        _ if free_bits == 0.0 => terms.kl.mean(),
        Carried::Each(kl) => kl.mean_dim(0).clamp_min(free_bits).sum(),
        Carried::Together(latents) => terms.kl.mean().clamp_min(free_bits * latents as f64),
    };
    let loss = terms.reconstruction.mean() + charged * beta;
    let shown = [plain.reconstruction, plain.kl].map(|term| term.detach().mean());
    Tensor::cat([vec![loss], shown.into()].concat(), 0)
}

/// Learning by maximising the bound.
#[derive(Clone)]
pub struct VaeMethod<V> {
    vae: PhantomData<V>,
    settings: VaeSettings,
    /// Steps taken.
    steps: u64,
    device: Device,
}

impl<V: Module + Vae + Conditional + Thinned + 'static> VaeMethod<V> {
    /// A model that learns `vae`, built on the autodiff `device`.
    pub fn model(vae: V, settings: &Settings, device: &Device) -> Box<dyn Model> {
        let device = device.clone().inner();
        let method = Self {
            vae: PhantomData,
            settings: VaeSettings::new(settings),
            steps: 0,
            device,
        };
        Box::new(OnePlayer::new(vae, method, settings.training()))
    }
}

impl<V> VaeMethod<V> {
    /// Weight of the KL term at this step.
    fn beta(&self) -> f64 {
        let VaeSettings { beta, kl_warmup, .. } = self.settings;
        match kl_warmup {
            0.0 => beta,
            steps => beta * ((self.steps + 1) as f64 / steps).min(1.0),
        }
    }
}

impl<V: Module + Vae + Conditional + Thinned + 'static> Method for VaeMethod<V> {
    type Net = V;

    fn loss(&self, vae: &V, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let VaeSettings {
            latent,
            free_bits,
            k_samples,
            ..
        } = self.settings;
        let thinned = vae.in_training(rng);
        let vae = thinned.as_ref().unwrap_or(vae);
        let eps = rng
            .normal_tensor([x.dims()[0] * k_samples, latent], &self.device)
            .autodiff();
        let bound = match k_samples {
            1 => vae.elbo(x.autodiff(), eps),
            _ => vae.weighted_elbo(x.autodiff(), eps),
        };
        losses(bound, self.beta(), free_bits)
    }

    fn training_loss(&mut self, vae: &V, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let losses = self.loss(vae, x, rng);
        self.steps += 1;
        losses
    }

    /// Of the latents that a point has in the loss, the first.
    fn insides(&self, vae: &V, x: Tensor<2>, rng: &mut Rng) -> Insides {
        let mut same = rng.clone();
        let thinned = vae.in_training(&mut same);
        let eps = same.normal_tensor([x.dims()[0], self.settings.latent], &self.device);
        let net = thinned.as_ref().unwrap_or(vae);
        let z = net.encode(x.clone().autodiff()).sample(eps.autodiff());
        let restored = net.decode(z).mean().inner();
        Insides::of_data(x.clone(), |x| self.loss(vae, x, rng)).with(Act::moves(Deed::Restored, x, restored))
    }

    fn sample(&self, vae: &V, n: usize, rng: &mut Rng) -> Tensor<2> {
        vae.decode(vae.prior().sample(n, rng, &self.device)).draw(rng)
    }

    fn density(&self, vae: &V, x: Tensor<2>, rng: &mut Rng) -> Density {
        Density::LowerBound(vae.iwae(x, self.settings.bound_samples, rng))
    }

    fn drawn_density(&self, vae: &V, x: Tensor<2>, rng: &mut Rng) -> Density {
        Density::LowerBound(vae.smooth_iwae(x, self.settings.bound_samples, rng))
    }

    fn bound_samples(&self) -> Option<usize> {
        Some(self.settings.bound_samples)
    }

    fn elbo(&self, vae: &V, x: Tensor<2>, rng: &mut Rng) -> Option<Tensor<1>> {
        let [n, _] = x.dims();
        let one = |rng: &mut Rng| {
            let eps = rng.normal_tensor([n, self.settings.latent], &self.device);
            let Terms { reconstruction, kl } = vae.elbo(x.clone(), eps).terms;
            reconstruction + kl
        };
        let sum = (1..ELBO_DRAWS).fold(one(rng), |sum, _| sum + one(rng));
        Some(sum / -f64::from(ELBO_DRAWS))
    }

    fn data_from_latent(&self, vae: &V, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(vae.decode(z).mean())
    }

    fn encode(&self, vae: &V, x: Tensor<2>) -> Option<Tensor<2>> {
        Some(vae.encode(x).mu)
    }

    fn posterior(&self, vae: &V, x: Tensor<2>) -> Option<[Tensor<2>; 2]> {
        let q = vae.encode(x);
        Some([q.mu, (q.log_var * 0.5).exp()])
    }

    fn draw_codes(&self, vae: &V, x: Tensor<2>, rng: &mut Rng) -> Option<Tensor<2>> {
        let q = vae.encode(x);
        let eps = rng.normal_tensor(q.mu.dims(), &self.device);
        Some(q.sample(eps))
    }

    fn fill(&self, vae: &V, part: &Part, n: usize, rng: &mut Rng) -> Option<Filled> {
        Some(fill::filled(vae, part, n, rng, &self.device))
    }

    fn prior(&self, vae: &V) -> Option<Tensor<2>> {
        Some(vae.prior().components(&self.device))
    }

    fn set(&mut self, id: &str, value: f64) -> Effect {
        match id {
            "beta" => self.settings.beta = value,
            "free_bits" => self.settings.free_bits = value,
            "k_samples" => self.settings.k_samples = value as usize,
            "bound_samples" => {
                self.settings.bound_samples = value as usize;
                return Effect::Looks;
            }
            _ => return Effect::None,
        }
        Effect::Learning
    }

    fn count(&self) -> Option<u64> {
        Some(self.steps)
    }

    fn load_count(&mut self, count: u64) {
        self.steps = count;
    }
}
