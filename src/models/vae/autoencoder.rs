//! The plain autoencoder, for contrast: a deterministic code and squared error. Nothing asks its codes to follow a known distribution.
//!
//! ```text
//! loss = E_data |x − decode(encode(x))|²      sample: decode(z),  z ~ N(0, I)
//! ```
//!
//! It reconstructs well and samples badly: the codes of the data lie where training left them, and a Gaussian z hardly ever falls there.
//! There is no density either, because the decoder says where a point is and not how likely it is.
//!
//! Reference: G. Hinton and R. Salakhutdinov, *Reducing the Dimensionality of Data with Neural Networks*, Science, 2006.

use super::{prior::Prior, settings::LATENT};
use crate::{
    data::Space,
    models::{
        Density,
        act::{Act, Deed, Insides},
        one_player::{Method, OnePlayer},
        spec::{DensityKind, Family, LossSpec, ModelSpec, Views},
    },
    nn::{activation::Activation, classes::Conditional, mlp::Mlp},
    rng::Rng,
    spec::{
        DEPTH, Text, WIDTH,
        training::{Training, settings},
    },
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// The registry row.
pub const AE: ModelSpec = ModelSpec {
    id: "ae",
    family: Family::Vae,
    label: Text {
        en: "Autoencoder",
        zh: "自编码器",
    },
    help: Text {
        en: "Squeezes each point into a code and restores it, and that is all. Codes drawn from a Gaussian decode to points where there are no data: this is what the VAE's KL term is for.",
        zh: "把每个点压成编码再还原，仅此而已。从高斯分布里抽一个编码去解，得到的点往往落在没有数据的地方：VAE 的 KL 项正是为此而设。",
    },
    formula: r"\min_{\phi}\ \mathbb E_{P_\text{data}}\,\|x-g_\phi(f_\phi(x))\|^2",
    paper: "Hinton, Salakhutdinov: Reducing the Dimensionality of Data with Neural Networks",
    year: 2006,
    arxiv: "",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::None,
    losses: &[LossSpec {
        id: "loss",
        label: Text {
            en: "Squared error |x − x̂|²",
            zh: "平方误差 |x − x̂|²",
        },
    }],
    views: Views {
        fields: &[],
        walkers: false,
        grid: false,
        latent: true,
    },
    params: settings![
        Training {
            learning_rate: 3e-3,
            ..Training::DEFAULT
        };
        LATENT,
        WIDTH,
        DEPTH,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let [latent, width, depth] = ["latent", "width", "depth"].map(|id| settings.int(id));
        let method = SquaredError {
            latent,
            device: device.clone().inner(),
        };
        let net = Autoencoder::new(dim, latent, width, depth, rng, device);
        Box::new(OnePlayer::new(net, method, settings.training()))
    },
};

/// Two perceptrons back to back.
#[derive(Module, Debug)]
pub struct Autoencoder {
    encoder: Mlp,
    decoder: Mlp,
}

impl Autoencoder {
    /// For `dim`-dimensional data; encoder and decoder have `depth` hidden layers of `width`.
    pub fn new(dim: usize, latent: usize, width: usize, depth: usize, rng: &mut Rng, device: &Device) -> Self {
        let mut net = |from: usize, to: usize| {
            let sizes = [vec![from], vec![width; depth], vec![to]].concat();
            Mlp::new(&sizes, Activation::Tanh, 1.0, rng, device)
        };
        Self {
            encoder: net(dim, latent),
            decoder: net(latent, dim),
        }
    }
}

impl Conditional for Autoencoder {}

/// Learning by squared error.
#[derive(Clone)]
struct SquaredError {
    latent: usize,
    device: Device,
}

impl Method for SquaredError {
    type Net = Autoencoder;

    fn loss(&self, net: &Autoencoder, x: Tensor<2>, _rng: &mut Rng) -> Tensor<1> {
        let x = x.autodiff();
        let restored = net.decoder.forward(net.encoder.forward(x.clone()));
        (x - restored).square().sum_dim(1).mean()
    }

    fn insides(&self, net: &Autoencoder, x: Tensor<2>, rng: &mut Rng) -> Insides {
        let codes = net.encoder.forward(x.clone().autodiff());
        let restored = net.decoder.forward(codes).inner();
        Insides::of_data(x.clone(), |x| self.loss(net, x, rng)).with(Act::moves(Deed::Restored, x, restored))
    }

    fn sample(&self, net: &Autoencoder, n: usize, rng: &mut Rng) -> Tensor<2> {
        net.decoder.forward(rng.normal_tensor([n, self.latent], &self.device))
    }

    fn density(&self, _net: &Autoencoder, _x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::None
    }

    fn data_from_latent(&self, net: &Autoencoder, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(net.decoder.forward(z))
    }

    fn encode(&self, net: &Autoencoder, x: Tensor<2>) -> Option<Tensor<2>> {
        Some(net.encoder.forward(x))
    }

    /// Nothing learns towards it; samples are drawn from it all the same.
    fn prior(&self, _net: &Autoencoder) -> Option<Tensor<2>> {
        Some(Prior::standard(self.latent).components(&self.device))
    }
}
