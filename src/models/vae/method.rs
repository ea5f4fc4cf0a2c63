//! Learning by maximising the bound, with a weight on its KL term that may rise and an allowance that may be free.
//!
//! ```text
//! loss = reconstruction + beta_t ( kl + Σⱼ max(0, λ − klⱼ) )      beta_t = beta · min(1, t / kl_warmup)
//! ```
//!
//! klⱼ is the closed-form KL of latent dimension j, averaged over the batch. With one latent per point the KL is their sum, and the
//! bracket is Σⱼ max(λ, klⱼ): below λ nats a dimension feels no pull. With K > 1 the same allowance is added to the weighted term.
//!
//! References: S. Bowman et al., *Generating Sentences from a Continuous Space*, 2016, arXiv:1511.06349 (warm-up). D. Kingma et al.,
//! *Improved Variational Inference with Inverse Autoregressive Flow*, 2016, arXiv:1606.04934 (free bits).

use super::{Observation, Terms, Vae};
use crate::{
    models::{
        Density, Model,
        one_player::{Effect, Method, OnePlayer},
        spec::{LossSpec, Settings},
    },
    nn::dropout::Thinned,
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
            en: "Loss = reconstruction + β·KL (nats)",
            zh: "损失 = 重建 + β·KL（纳特）",
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

/// The loss and its terms, as the registry rows name them, each a mean over the batch.
///
/// # Shapes
/// - `beta`: `[1]`, returns `[3]`, in nats
pub fn losses(terms: Terms, beta: Tensor<1>, free_bits: f64) -> Tensor<1> {
    let (reconstruction, kl) = (terms.reconstruction.mean(), terms.kl.mean());
    let mut charged = kl.clone();
    if free_bits > 0.0 {
        let unused = (terms.kl_by_latent.mean_dim(0).neg() + free_bits).clamp_min(0.0); // [1, latent]
        charged = charged + unused.sum();
    }
    Tensor::cat(vec![reconstruction.clone() + charged * beta, reconstruction, kl], 0)
}

/// Learning by maximising the bound.
pub struct VaeMethod<V> {
    vae: PhantomData<V>,
    settings: VaeSettings,
    /// Steps taken, `[1]`: a tensor, so that a snapshot holds it and resuming on a GPU reads nothing back.
    steps: Tensor<1>,
    device: Device,
}

impl<V: Module + Vae + Thinned + 'static> VaeMethod<V> {
    /// A model that learns `vae`, built on the autodiff `device`.
    pub fn model(vae: V, settings: &Settings, device: &Device) -> Box<dyn Model> {
        let device = device.clone().inner();
        let method = Self {
            vae: PhantomData,
            settings: VaeSettings::new(settings),
            steps: Tensor::zeros([1], &device),
            device,
        };
        Box::new(OnePlayer::new(vae, method, settings.training()))
    }
}

impl<V> VaeMethod<V> {
    /// Weight of the KL term at this step.
    ///
    /// # Shapes
    /// - returns `[1]`
    fn beta(&self) -> Tensor<1> {
        let VaeSettings { beta, kl_warmup, .. } = self.settings;
        let risen = if kl_warmup > 0.0 {
            (self.steps.clone() / kl_warmup).clamp_max(1.0)
        } else {
            self.steps.ones_like()
        };
        risen * beta
    }
}

impl<V: Module + Vae + Thinned> Method for VaeMethod<V> {
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
        let terms = match k_samples {
            1 => vae.elbo(x.autodiff(), eps),
            _ => vae.weighted_elbo(x.autodiff(), eps),
        };
        losses(terms, self.beta().autodiff(), free_bits)
    }

    fn training_loss(&mut self, vae: &V, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let losses = self.loss(vae, x, rng);
        self.steps = self.steps.clone() + 1.0;
        losses
    }

    fn sample(&self, vae: &V, n: usize, rng: &mut Rng) -> Tensor<2> {
        vae.decode(vae.prior().sample(n, rng, &self.device)).draw(rng)
    }

    fn density(&self, vae: &V, x: Tensor<2>, rng: &mut Rng) -> Density {
        Density::LowerBound(vae.iwae(x, self.settings.bound_samples, rng))
    }

    fn bound_samples(&self) -> Option<usize> {
        Some(self.settings.bound_samples)
    }

    fn data_from_latent(&self, vae: &V, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(vae.decode(z).mean())
    }

    fn encode(&self, vae: &V, x: Tensor<2>) -> Option<Tensor<2>> {
        Some(vae.encode(x).mu)
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

    fn memory(&self) -> Option<Tensor<1>> {
        Some(self.steps.clone())
    }

    fn load_memory(&mut self, memory: Tensor<1>) {
        self.steps = memory;
    }
}
