//! MADE over pixels: the same masked network as over real numbers, with a table of probabilities in place of each mixture.
//!
//! ```text
//! P(x) = Π P(xᵢ | x₁ … xᵢ₋₁)      P(xᵢ | …) = softmax(bᵢ + net(x₁, …, xᵢ₋₁)ᵢ B)
//! ```
//!
//! Pixels come row by row, from the top. With two levels this is the binary MADE of the paper. With more, the network says how much of each of a few
//! shapes B over the levels to add, not one number a level: neighbouring greys then learn from each other, and held-out digits cost 1.86 bits a
//! dimension where a number for each of 17 levels gave 2.01.
//!
//! References: M. Germain, K. Gregor, I. Murray, H. Larochelle, *MADE: Masked Autoencoder for Distribution Estimation*, 2015,
//! arXiv:1502.03509.

use super::{Autoregressive, ChainMethod, made::MADE, order::Order};
use crate::{
    data::Space,
    models::registry::{ModelSpec, Settings, Views},
    nn::{levels::Levels, masked::MaskedMlp},
    rng::Rng,
    spec::{
        DEPTH, DROPOUT, ParamSpec, Text, WIDTH,
        training::{Optimizer, Training, settings},
    },
};
use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor, TensorData},
};
use std::f64::consts::PI;

/// How much faster b moves than what Adam moves alike: a pixel that is always white needs logits of 8 or so, thousands of steps away.
const BASE_SPEED: f64 = 10.0;

/// Rows of B, where there are levels enough.
const SHAPES: usize = 4;

/// Initial size of what the network adds to b.
const HEAD_GAIN: f64 = 0.1;

/// The registry row.
pub const MADE_PIXELS: ModelSpec = ModelSpec {
    id: "made-pixels",
    label: Text {
        en: "MADE over pixels",
        zh: "像素 MADE",
    },
    help: Text {
        en: "Draws a picture pixel by pixel, each from a table of probabilities that all earlier pixels decide; the tables multiply to the exact probability of the picture.",
        zh: "一个像素接一个像素地画，每个像素的概率表由前面所有像素决定；把这些概率乘起来，正好是整幅图的概率。",
    },
    formula: r"P_\phi(x)=\prod_i\mathrm{softmax}\big(f_i(x_{<i})\big)_{x_i}",
    dims: &[64],
    discrete: true,
    views: Views::NONE,
    params: settings![
        Training {
            learning_rate: 2e-3,
            batch: 64.0,
            optimizer: Optimizer::AdamW,
            weight_decay: 0.1,
            ..Training::DEFAULT
        };
        ParamSpec {
            max: 512.0,
            ..WIDTH.with_default(512.0)
        },
        DEPTH,
        DROPOUT,
    ],
    build: |space, settings, rng, device| {
        let made = MadePixels::new(space, settings, rng, device);
        ChainMethod::model(made, space.dim, settings.training(), device)
    },
    ..MADE
};

/// Logits b, up to their speed, and the network that moves them.
#[derive(Module, Debug)]
pub struct MadePixels {
    base: Param<Tensor<3>>, // [1, d, k]
    /// The shapes B, at first the longest waves over the levels.
    shapes: Param<Tensor<2>>, // [r, k]
    net: MaskedMlp,
    #[module(skip)]
    dropout: f64,
}

impl MadePixels {
    /// The model that `settings` describe, for whole numbers.
    pub fn new(space: Space, settings: &Settings, rng: &mut Rng, device: &Device) -> Self {
        let Space { dim, levels } = space;
        let k = levels.expect("a discrete model is given discrete data");
        let count = SHAPES.min(k - 1);
        let wave = |i: usize, level: usize| ((i + 1) as f64 * PI * (level as f64 + 0.5) / k as f64).cos() as f32;
        let shapes: Vec<f32> = (0..count)
            .flat_map(|i| (0..k).map(move |level| wave(i, level)))
            .collect();
        Self {
            base: Param::from_tensor(Tensor::zeros([1, dim, k], device)),
            shapes: Param::from_data(TensorData::new(shapes, [count, k]), device),
            net: MaskedMlp::new(
                dim - 1,
                [inputs(k), count],
                [settings.int("width"), settings.int("depth")],
                HEAD_GAIN,
                rng,
                device,
            ),
            dropout: settings.float("dropout"),
        }
    }
}

/// Numbers by which the network sees a pixel: how dark it is and, where that says more, whether there is any ink.
const fn inputs(levels: usize) -> usize {
    if levels > 2 { 2 } else { 1 }
}

impl Autoregressive for MadePixels {
    type Conditionals = Levels;

    fn order(&self) -> Order {
        Order::Forward
    }

    fn in_training(&self, rng: &mut Rng) -> Option<Self> {
        (self.dropout > 0.0).then(|| Self {
            net: self.net.thinned(self.dropout, rng),
            ..self.clone()
        })
    }

    fn conditionals(&self, x: Tensor<2>) -> Levels {
        let base = self.base.val() * BASE_SPEED;
        let [_, d, k] = base.dims();
        let [n, _] = x.dims();
        let x = x.narrow(1, 0, d - 1);
        let grey = x.clone() * (2.0 / (k - 1) as f64) - 1.0; // −1 to 1
        let seen = match inputs(k) {
            1 => grey,
            both => {
                let ink = x.greater_elem(0.0).float() * 2.0 - 1.0;
                Tensor::stack::<3>(vec![grey, ink], 2).reshape([n, both * (d - 1)])
            }
        };
        let [count, _] = self.shapes.dims();
        let amounts = self.net.forward(seen).reshape([n * (d - 1), count]);
        let shift = amounts.matmul(self.shapes.val()).reshape([n, d - 1, k]);
        let first = base.clone().narrow(1, 0, 1).expand([n, 1, k]);
        Levels::new(Tensor::cat(vec![first, shift + base.narrow(1, 1, d - 1)], 1))
    }
}
