//! MADE over pixels: the same masked network as over real numbers, with a table of probabilities in place of each mixture.
//!
//! ```text
//! P(x) = 1/M Σₘ Π Pₘ(xᵢ | x before i in order m)      Pₘ(xᵢ | …) = softmax(bᵢ + net(x before i)ᵢ B)
//! ```
//!
//! One row is the MADE of the paper, which reads row by row: M = 1. The other is the mean of four, with a network each for the orders row by row and
//! column by column, from either end. With two levels a network is the binary MADE of the paper. With
//! more, the network says how much of each of a few shapes B over the levels to add, not one number a level, so that neighbouring greys learn from
//! each other; and it is told apart from a pixel's grey whether there is ink at all. Together the two saved a tenth of a bit a dimension.
//!
//! References: M. Germain, K. Gregor, I. Murray, H. Larochelle, *MADE: Masked Autoencoder for Distribution Estimation*, 2015,
//! arXiv:1502.03509; B. Uria, I. Murray, H. Larochelle, *A Deep and Tractable Density Estimator*, 2014, arXiv:1310.1757 (means over orders).

use super::{
    Autoregressive,
    made::MADE,
    mean::{Mean, MeanMethod},
    order::Order,
};
use crate::{
    data::Space,
    models::spec::{LossSpec, ModelSpec, Settings, Views},
    nn::{
        classes::{ClassVectors, Conditional},
        dense::product,
        dropout::Thinned,
        levels::Levels,
        masked::MaskedMlp,
    },
    rng::Rng,
    spec::{
        DEPTH, DROPOUT, Group, ParamKind, ParamSpec, Scale, Text, WIDTH,
        classes::{CONDITION, CONDITIONAL, GUIDANCE, LABEL_DROPOUT},
        training::{Optimizer, Training, settings},
    },
    tensors::tensor,
};
use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor},
};
use std::f64::consts::PI;

/// How much faster b moves than what Adam moves alike: a pixel that is always white needs logits of 8 or so, thousands of steps away.
const BASE_SPEED: f64 = 10.0;

/// Rows of B, where there are levels enough.
const SHAPES: usize = 4;

/// Initial size of what the network adds to b.
const HEAD_GAIN: f64 = 0.1;

const ORDERS: ParamSpec = ParamSpec {
    id: "orders",
    kind: ParamKind::Int,
    min: 1.0,
    max: 4.0,
    default: 1.0,
    scale: Scale::Linear,
    unit: "networks",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Orders",
        zh: "读图顺序数",
    },
    help: Text {
        en: "How many networks read the pictures, each in its own order: row by row or column by column, from either end. Any one is a complete model; their mean errs less, because they err in different places.",
        zh: "用几个网络读图，各按各的顺序：逐行或逐列，从头或从尾。任何一个都是完整的模型；它们错在不同的地方，平均起来错得更少。",
    },
};

const TRAINING: Training = Training {
    learning_rate: 3e-3,
    batch: 64.0,
    optimizer: Optimizer::AdamW,
    weight_decay: 0.1,
    ..Training::DEFAULT
};

/// Units of the hidden layer.
const UNITS: f64 = 256.0;

/// Share of them that a step does without.
const LEFT_OUT: f64 = 0.1;

/// The registry row of the paper's model, in one order.
pub const MADE_PIXELS: ModelSpec = ModelSpec {
    id: "made-pixels",
    label: Text {
        en: "MADE over pixels",
        zh: "像素 MADE",
    },
    help: Text {
        en: "Draws a picture pixel by pixel, each from a table of probabilities that all earlier pixels decide; the tables multiply to the exact probability of the picture. Some units are left out at random while it learns.",
        zh: "一个像素接一个像素地画，每个像素的概率表由前面所有像素决定；把这些概率乘起来，正好是整幅图的概率。学习时会随机去掉一些单元。",
    },
    formula: r"P_\phi(x)=\prod_i\mathrm{softmax}\big(f_i(x_{<i})\big)_{x_i}",
    losses: &[LossSpec {
        id: "nll",
        label: Text {
            en: "−log P, mean of the networks (nats)",
            zh: "−log P，各网络的平均（纳特）",
        },
    }],
    dims: &[64],
    discrete: true,
    views: Views::NONE,
    params: settings![
        TRAINING;
        ORDERS,
        WIDTH.with_default(UNITS),
        DEPTH.with_default(1.0),
        DROPOUT.with_default(LEFT_OUT),
        CONDITIONAL,
        CONDITION,
        LABEL_DROPOUT,
        GUIDANCE,
    ],
    build: |space, settings, rng, device| {
        MeanMethod::model(made_pixels(space, settings, rng, device), space.dim, settings, device)
    },
    ..MADE
};

/// The registry row of the mean over orders.
pub const MADE_PIXELS_ORDERS: ModelSpec = ModelSpec {
    id: "made-pixels-orders",
    label: Text {
        en: "MADE over pixels, mean of four orders",
        zh: "像素 MADE：四种读图顺序的平均",
    },
    help: Text {
        en: "Four networks draw the picture pixel by pixel, each in an order of its own. Each is a complete model with exact probabilities; their mean is one too, and better, because they err in different places.",
        zh: "四个网络各按自己的顺序一个像素接一个像素地画。每个都是概率精确的完整模型；它们的平均也是，而且更好，因为它们错在不同的地方。",
    },
    formula: r"P_\phi(x)=\frac1M\sum_{m=1}^{M}\prod_i\mathrm{softmax}\big(f_{mi}(x_{<_m i})\big)_{x_i}",
    paper: "Uria, Murray, Larochelle: A Deep and Tractable Density Estimator",
    year: 2014,
    arxiv: "1310.1757",
    params: settings![
        TRAINING;
        ORDERS.with_default(4.0),
        WIDTH.with_default(UNITS),
        DEPTH.with_default(1.0),
        DROPOUT.with_default(LEFT_OUT),
        CONDITIONAL,
        CONDITION,
        LABEL_DROPOUT,
        GUIDANCE,
    ],
    ..MADE_PIXELS
};

/// One chain for each of the orders that `settings` ask for, over whole numbers.
pub fn made_pixels(space: Space, settings: &Settings, rng: &mut Rng, device: &Device) -> Mean<MadePixels> {
    let orders = Order::PICTURE.into_iter().take(settings.int(ORDERS.id));
    Mean::new(
        orders
            .map(|order| MadePixels::new(order, space, settings, rng, device))
            .collect(),
    )
}

/// Logits b, up to their speed, and the network that moves them.
#[derive(Module, Debug)]
pub struct MadePixels {
    base: Param<Tensor<3>>, // [1, d, k]
    /// The shapes B, at first the longest waves over the levels.
    shapes: Param<Tensor<2>>, // [r, k]
    net: MaskedMlp,
    /// What a class adds to b.
    classes: Option<ClassVectors>, // [classes, d · k]
    #[module(skip)]
    order: Order,
    #[module(skip)]
    dropout: f64,
    #[module(skip)]
    guidance: f64,
}

impl MadePixels {
    /// The chain in that order, of the size that `settings` say.
    fn new(order: Order, space: Space, settings: &Settings, rng: &mut Rng, device: &Device) -> Self {
        let Space { dim, levels, .. } = space;
        let k = levels.expect("a discrete model is given discrete data");
        let count = SHAPES.min(k - 1);
        let wave = |i: usize, level: usize| ((i + 1) as f64 * PI * (level as f64 + 0.5) / k as f64).cos() as f32;
        let shapes: Vec<f32> = (0..count)
            .flat_map(|i| (0..k).map(move |level| wave(i, level)))
            .collect();
        Self {
            base: Param::from_tensor(Tensor::zeros([1, dim, k], device)),
            shapes: Param::from_tensor(tensor(shapes, [count, k], device)),
            net: MaskedMlp::new(
                dim - 1,
                [inputs(k), count],
                [settings.int("width"), settings.int("depth")],
                HEAD_GAIN,
                rng,
                device,
            ),
            classes: None,
            order,
            dropout: settings.float("dropout"),
            guidance: 0.0,
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
        self.order
    }

    fn guided(&self, w: f64) -> Option<Self> {
        let guided = || Self {
            guidance: w,
            ..self.clone()
        };
        self.classes.as_ref().is_some_and(ClassVectors::is_given).then(guided)
    }

    fn conditionals(&self, x: Tensor<2>) -> Levels {
        let told = self.logits(x.clone());
        if self.guidance == 0.0 {
            return Levels::new(told);
        }
        let (w, free) = (self.guidance, self.given(None).logits(x));
        Levels::new(told * (1.0 + w) - free * w)
    }
}

impl MadePixels {
    /// Logits of every pixel, given those before.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, d, k]`
    fn logits(&self, x: Tensor<2>) -> Tensor<3> {
        let [n, _] = x.dims();
        let [_, d, k] = self.base.dims();
        let base = match self.classes.as_ref().and_then(|classes| classes.rows(n)) {
            Some(rows) => self.base.val() + rows.reshape([-1, d as i32, k as i32]),
            None => self.base.val(),
        } * BASE_SPEED;
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
        let shift = product(amounts, self.shapes.val()).reshape([n, d - 1, k]);
        let first = base.clone().narrow(1, 0, 1).expand([n, 1, k]);
        Tensor::cat(vec![first, shift + base.narrow(1, 1, d - 1)], 1)
    }
}

impl Thinned for MadePixels {
    fn in_training(&self, rng: &mut Rng) -> Option<Self> {
        (self.dropout > 0.0).then(|| Self {
            net: self.net.thinned(self.dropout, rng),
            ..self.clone()
        })
    }
}

impl Conditional for MadePixels {
    fn with_classes(self, classes: usize) -> Self {
        let [_, d, k] = self.base.dims();
        let vectors = ClassVectors::new(classes, d * k, &self.base.device());
        Self {
            net: self.net.with_classes(classes),
            classes: Some(vectors),
            ..self
        }
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        Self {
            net: self.net.given(y),
            classes: self.classes.as_ref().map(|classes| classes.given(y)),
            ..self.clone()
        }
    }
}
