//! The VAE over pixels: a decoder that gives every pixel a table of probabilities, all independent once the latent is known.
//!
//! ```text
//! q(z|x) = N(mu(x), exp log_var(x))      P(x|z) = Π softmax(decode(z)ᵢ)_{xᵢ}
//! ```
//!
//! One row is that of the paper: the plain bound, K = 1, under N(0, I). In the other all is done that helps: digits fall into kinds, and so do their
//! codes, for which the learned [`prior`](super::prior) has 32 Gaussians; the bound is the importance-weighted one with K = 8; and dropout keeps
//! the decoder from learning 1300 pictures by heart.
//!
//! References: D. Kingma and M. Welling, *Auto-Encoding Variational Bayes*, 2014, arXiv:1312.6114; Y. Burda, R. Grosse, R. Salakhutdinov, *Importance
//! Weighted Autoencoders*, 2016, arXiv:1509.00519; J. Tomczak, M. Welling, *VAE with a VampPrior*, 2018, arXiv:1705.07120.

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
        activation::Activation, classes::told_through, distributions::Univariate, dropout::Thinned,
        gaussian::DiagonalGaussian, levels::Levels, mlp::Mlp,
    },
    rng::Rng,
    spec::{
        DEPTH, DROPOUT, Text, WIDTH,
        classes::{CONDITION, CONDITIONAL},
        training::{Optimizer, Training, settings},
    },
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

const TRAINING: Training = Training {
    learning_rate: 2e-3,
    batch: 64.0,
    optimizer: Optimizer::AdamW,
    weight_decay: 0.1,
    ..Training::DEFAULT
};

/// Dimensions of z, units a layer and latents behind the bound.
const SIZE: [f64; 3] = [8.0, 256.0, 200.0];

/// The registry row of the paper's model.
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
        TRAINING;
        LATENT.with_default(SIZE[0]),
        PRIOR_COMPONENTS,
        BETA,
        KL_WARMUP,
        FREE_BITS,
        K_SAMPLES,
        WIDTH.with_default(SIZE[1]),
        DEPTH,
        BOUND_SAMPLES.with_default(SIZE[2]),
        DROPOUT.with_default(0.0),
        CONDITIONAL,
        CONDITION,
    ],
    build: |space, settings, rng, device| {
        let vae = PixelVae::new(space, settings, rng, device);
        VaeMethod::model(vae, settings, device)
    },
    ..VAE
};

/// The registry row of the improved model.
pub const VAE_PRIOR_PIXELS: ModelSpec = ModelSpec {
    id: "vae-prior-pixels",
    label: Text {
        en: "VAE over pixels, improved: learned prior, K = 8, dropout",
        zh: "改进的像素 VAE：先验可学，K = 8，随机失活",
    },
    help: Text {
        en: "The VAE over pixels with all that helps: a prior that is a mixture and moves to where the codes of the digits are, eight codes tried for each picture, and units left out at random, so that pictures are not learned by heart.",
        zh: "把有用的办法都加上的像素 VAE：先验是几个高斯的混合，会移到各种数字的编码所在之处；每幅图试八个编码；还随机去掉一些单元，免得把图背下来。",
    },
    formula: r"\log p_\phi(x)\ \ge\ \mathbb E_{z_k\sim q}\Big[\log\tfrac1K\sum_{k=1}^{K}\tfrac{p(x|z_k)\,p_\phi(z_k)}{q(z_k|x)}\Big],\qquad p_\phi(z)=\sum_{c=1}^{C}\pi_c\,\mathcal N\big(z;\,m_c,\,\mathrm{diag}\,s_c^2\big)",
    paper: "Tomczak, Welling: VAE with a VampPrior; Burda, Grosse, Salakhutdinov: Importance Weighted Autoencoders",
    year: 2018,
    arxiv: "1705.07120",
    params: settings![
        TRAINING;
        LATENT.with_default(SIZE[0]),
        PRIOR_COMPONENTS.with_default(32.0),
        BETA,
        KL_WARMUP,
        FREE_BITS,
        K_SAMPLES.with_default(8.0),
        WIDTH.with_default(SIZE[1]),
        DEPTH,
        BOUND_SAMPLES.with_default(SIZE[2]),
        DROPOUT.with_default(0.2),
        CONDITIONAL,
        CONDITION,
    ],
    ..VAE_PIXELS
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

told_through!(PixelVae: encoder, decoder);

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

    fn log_factors(&self, x: Tensor<2>) -> Tensor<2> {
        Univariate::log_prob(self, x)
    }

    fn draw(&self, rng: &mut Rng) -> Tensor<2> {
        self.sample(rng)
    }

    fn mean(&self) -> Tensor<2> {
        self.mean()
    }
}
