//! The VAE over pixels: a decoder that gives every pixel a table of probabilities, all independent once the latent is known.
//!
//! ```text
//! q(z|x) = N(mu(x), exp log_var(x))      P(x|z) = Π softmax(decode(z)ᵢ)_{xᵢ}
//! ```
//!
//! Digits fall into kinds, and so do their codes: with 32 Gaussians in the learned [`prior`](super::prior) in place of N(0, I), and a little more
//! dropout, the bound on digits in black and white rose by .2 nats.
//!
//! References: D. Kingma and M. Welling, *Auto-Encoding Variational Bayes*, 2014, arXiv:1312.6114; Y. Burda, R. Grosse, R. Salakhutdinov, *Importance
//! Weighted Autoencoders*, 2016, arXiv:1509.00519.

use super::{
    Observation, Vae,
    gaussian::{VAE, gaussian},
    method::VaeMethod,
    prior::Prior,
    settings::{BETA, BOUND_SAMPLES, FREE_BITS, K_SAMPLES, KL_WARMUP, LATENT, PRIOR_COMPONENTS},
};
use crate::{
    data::Space,
    models::spec::{ModelSpec, Settings, Views},
    nn::{
        activation::Activation, distributions::Univariate, dropout::Thinned, gaussian::DiagonalGaussian,
        levels::Levels, mlp::Mlp,
    },
    rng::Rng,
    spec::{
        DEPTH, DROPOUT, Text, WIDTH,
        training::{Optimizer, Training, settings},
    },
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// The registry row.
pub const VAE_PIXELS: ModelSpec = ModelSpec {
    id: "vae-pixels",
    label: Text {
        en: "VAE over pixels",
        zh: "像素 VAE",
    },
    help: Text {
        en: "Squeezes a picture into a few fuzzy numbers and learns to paint it again, each pixel with a table of probabilities.",
        zh: "把一幅图压成几个模糊的数，再学着把它画回来，每个像素给出一张概率表。",
    },
    dims: &[64],
    discrete: true,
    views: Views {
        latent: true,
        ..Views::NONE
    },
    params: settings![
        Training {
            learning_rate: 2e-3,
            batch: 64.0,
            optimizer: Optimizer::AdamW,
            weight_decay: 0.1,
            ..Training::DEFAULT
        };
        LATENT.with_default(8.0),
        PRIOR_COMPONENTS.with_default(32.0),
        BETA,
        KL_WARMUP,
        FREE_BITS,
        K_SAMPLES,
        WIDTH.with_default(256.0),
        DEPTH,
        BOUND_SAMPLES.with_default(200.0),
        DROPOUT.with_default(0.2),
    ],
    build: |space, settings, rng, device| {
        let vae = PixelVae::new(space, settings, rng, device);
        VaeMethod::model(vae, settings, device)
    },
    ..VAE
};

/// An encoder that outputs Gaussians and a decoder that outputs tables.
#[derive(Module, Debug)]
pub struct PixelVae {
    encoder: Mlp,
    decoder: Mlp,
    prior: Prior,
    #[module(skip)]
    levels: usize,
    #[module(skip)]
    dropout: f64,
}

impl PixelVae {
    /// The model that `settings` describe, for whole numbers.
    pub fn new(space: Space, settings: &Settings, rng: &mut Rng, device: &Device) -> Self {
        let levels = space.levels.expect("a discrete model is given discrete data");
        let [latent, width, depth] = ["latent", "width", "depth"].map(|id| settings.int(id));
        let mut net = |from: usize, to: usize| {
            let sizes = [vec![from], vec![width; depth], vec![to]].concat();
            Mlp::new(&sizes, Activation::Silu, 1.0, rng, device)
        };
        Self {
            encoder: net(space.dim, 2 * latent),
            decoder: net(latent, space.dim * levels),
            prior: Prior::new(settings.int(PRIOR_COMPONENTS.id), latent, rng, device),
            levels,
            dropout: settings.float("dropout"),
        }
    }
}

impl Thinned for PixelVae {
    fn in_training(&self, rng: &mut Rng) -> Option<Self> {
        (self.dropout > 0.0).then(|| Self {
            decoder: self.decoder.thinned(self.dropout, rng),
            ..self.clone()
        })
    }
}

impl Vae for PixelVae {
    type Observation = Levels;

    fn prior(&self) -> &Prior {
        &self.prior
    }

    fn encode(&self, x: Tensor<2>) -> DiagonalGaussian {
        gaussian(self.encoder.forward(x * (2.0 / (self.levels - 1) as f64) - 1.0))
    }

    fn decode(&self, z: Tensor<2>) -> Levels {
        let logits = self.decoder.forward(z);
        let [n, all] = logits.dims();
        Levels::new(logits.reshape([n, all / self.levels, self.levels]))
    }
}

impl Observation for Levels {
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        Univariate::log_prob(self, x).sum_dim(1).squeeze_dim(1)
    }

    fn draw(&self, rng: &mut Rng) -> Tensor<2> {
        self.sample(rng)
    }

    fn mean(&self) -> Tensor<2> {
        self.mean()
    }
}
