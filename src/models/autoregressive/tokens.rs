//! The plane as two tokens: each coordinate is one of k bins, the second predicted from the first as a language model predicts a word.
//!
//! ```text
//! p(x) = p(b₁) p(b₂ | b₁) · p(x₁ | b₁) p(x₂ | b₂)
//! p(b₁) = softmax(a)      p(b₂ | b₁) = softmax(MLP(e_{b₁}))      p(xᵢ | bᵢ): constant inside the bin
//! ```
//!
//! Both factors are tables of k and of k × k numbers; the network writes the second. On the line the model is a histogram. The loss is the
//! cross-entropy of the tokens plus a constant, which makes it a density over the plane in nats.
//!
//! References: A. van den Oord, N. Kalchbrenner, K. Kavukcuoglu, *Pixel Recurrent Neural Networks*, 2016, arXiv:1601.06759; B. Uria et al.,
//! *Neural Autoregressive Distribution Estimation*, 2016, arXiv:1605.02226.

use super::{
    Autoregressive, ChainMethod,
    histogram::{Bins, Histogram},
    order::{ORDER, Order},
};
use crate::{
    data::Space,
    models::spec::{DensityKind, Family, FieldKind, LossSpec, ModelSpec, Settings, Views},
    nn::{
        activation::Activation,
        classes::{ClassVectors, Conditional, told},
        fourier::FourierFeatures,
        mlp::Mlp,
    },
    rng::Rng,
    spec::{
        DEPTH, Group, ParamKind, ParamSpec, Scale, Text, WIDTH,
        classes::{CONDITION, CONDITIONAL, GUIDANCE, LABEL_DROPOUT},
        training::{Schedule, Training, settings},
    },
};
use burn::{
    module::{Module, Param},
    tensor::{Device, Int, Tensor},
};

/// Waves in an embedding's first values, and the standard deviation of their frequencies in radians per standard deviation of the data.
/// They let neighbouring bins start alike; learning is free to part them.
const WAVES: usize = 16;
const FREQUENCY: f64 = 4.0;

/// Initial size of the second token's logits.
const HEAD_GAIN: f64 = 0.3;

/// Tokens that a coordinate can be.
const BINS: ParamSpec = ParamSpec {
    id: "bins",
    kind: ParamKind::Int,
    min: 8.0,
    max: 256.0,
    default: 192.0,
    scale: Scale::Log,
    unit: "bins",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Bins per axis",
        zh: "每个坐标轴的格数",
    },
    help: Text {
        en: "Into how many bins each axis is cut; inside a bin the density is flat. Few bins make a blocky picture that learns at once; many show finer edges, and each of them sees fewer points.",
        zh: "每个坐标轴切成多少格，格内密度处处相同。格少，画面像马赛克，但很快学会；格多，边缘更清晰，可每格分到的数据点也更少。",
    },
};

/// The registry row.
pub const TOKENS: ModelSpec = ModelSpec {
    id: "tokens",
    family: Family::Autoregressive,
    label: Text {
        en: "Two tokens",
        zh: "两个词元",
    },
    help: Text {
        en: "Cuts each axis into bins and treats a point as a sentence of two words: one softmax for the first bin, one for the second given the first. A language model in miniature, with an exact density. On the line one word is all, and it is a histogram.",
        zh: "把每个坐标轴切成格子，一个点就成了只有两个词的句子：先用 softmax 选第一格，再根据它选第二格。这是一个微型语言模型，密度是精确的。在直线上只有一个词，它就是一张直方图。",
    },
    formula: r"p_\phi(x)=\tfrac1{w^2}\,p(b_1)\,p(b_2|b_1),\quad p(b_2|b_1)=\mathrm{softmax}\big(f_\phi(e_{b_1})\big)_{b_2}",
    paper: "van den Oord, Kalchbrenner, Kavukcuoglu: Pixel Recurrent Neural Networks",
    year: 2016,
    arxiv: "1601.06759",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::Exact,
    losses: &[LossSpec {
        id: "nll",
        label: Text {
            en: "−log P (nats)",
            zh: "−log P（纳特）",
        },
    }],
    views: Views {
        fields: &[FieldKind::LogDensity],
        walkers: false,
        grid: false,
        latent: false,
    },
    params: settings![
        Training {
            learning_rate: 1e-2,
            schedule: Schedule::InverseSqrt,
            schedule_steps: 500.0,
            ..Training::DEFAULT
        };
        ORDER,
        BINS,
        WIDTH,
        DEPTH,
        CONDITIONAL,
        CONDITION,
        LABEL_DROPOUT,
        GUIDANCE,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let tokens = Tokens::new(dim, settings, rng, device);
        ChainMethod::model(tokens, dim, settings, device)
    },
};

/// The first token's logits and the network that gives the second's.
#[derive(Module, Debug)]
pub struct Tokens {
    first: Param<Tensor<2>>, // [1, k]
    /// None on the line, where there is one token.
    next: Option<Next>,
    /// What a class adds to the first token's logits.
    classes: Option<ClassVectors>,
    #[module(skip)]
    bins: Bins,
    #[module(skip)]
    order: Order,
    #[module(skip)]
    guidance: f64,
}

impl Tokens {
    /// The model that `settings` describe, for data of one or two coordinates. Every token starts out equally likely.
    pub fn new(dim: usize, settings: &Settings, rng: &mut Rng, device: &Device) -> Self {
        assert!((1..=2).contains(&dim), "tokens are one or two, not {dim}");
        let count = settings.int(BINS.id);
        let bins = Bins { count };
        Self {
            first: Param::from_tensor(Tensor::zeros([1, count], device)),
            next: (dim == 2).then(|| Next::new(bins, settings, rng, device)),
            classes: None,
            bins,
            order: Order::of(settings),
            guidance: 0.0,
        }
    }
}

impl Conditional for Tokens {
    fn with_classes(self, classes: usize) -> Self {
        let vectors = ClassVectors::new(classes, self.bins.count, &self.first.device());
        let with_classes = |next: Next| Next {
            net: next.net.with_classes(classes),
            ..next
        };
        Self {
            next: self.next.map(with_classes),
            classes: Some(vectors),
            ..self
        }
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        let given = |next: &Next| Next {
            net: next.net.given(y),
            of_points: y.is_some(),
            ..next.clone()
        };
        Self {
            next: self.next.as_ref().map(given),
            classes: self.classes.as_ref().map(|classes| classes.given(y)),
            ..self.clone()
        }
    }
}

impl Autoregressive for Tokens {
    type Conditionals = Histogram;

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

    fn conditionals(&self, x: Tensor<2>) -> Histogram {
        let told = self.logits(x.clone());
        if self.guidance == 0.0 {
            return Histogram::new(self.bins, told);
        }
        let free = self.given(None).logits(x);
        let w = self.guidance;
        let guided = told.into_iter().zip(free);
        Histogram::new(
            self.bins,
            guided.map(|(told, free)| told * (1.0 + w) - free * w).collect(),
        )
    }
}

impl Tokens {
    /// Logits of every token, given those before.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns d of `[n, k]`
    fn logits(&self, x: Tensor<2>) -> Vec<Tensor<2>> {
        let n = x.dims()[0];
        let first = self.first.val().expand([n, self.bins.count]);
        let mut logits = vec![told(self.classes.as_ref(), first)];
        if let Some(next) = &self.next {
            let seen = self.bins.place(x.narrow(1, 0, 1)).squeeze_dim::<1>(1);
            logits.push(next.logits(seen.int()));
        }
        logits
    }
}

/// p(b₂ | b₁): a vector for each first token, and a perceptron that reads it.
#[derive(Module, Debug)]
struct Next {
    embedding: Param<Tensor<2>>, // [k, 1 + 2 · waves]
    net: Mlp,
    /// Whether points have classes, so that no table serves them all.
    #[module(skip)]
    of_points: bool,
}

impl Next {
    fn new(bins: Bins, settings: &Settings, rng: &mut Rng, device: &Device) -> Self {
        let waves = FourierFeatures::new(1, WAVES, FREQUENCY, rng, device);
        let hidden = std::iter::repeat_n(settings.int("width"), settings.int("depth"));
        let sizes: Vec<usize> = std::iter::once(waves.output_size())
            .chain(hidden)
            .chain([bins.count])
            .collect();
        Self {
            embedding: Param::from_tensor(waves.forward(bins.centres(device))),
            net: Mlp::new(&sizes, Activation::Silu, HEAD_GAIN, rng, device),
            of_points: false,
        }
    }

    /// Logits of b₂ after each b₁ of `seen`. A table of k rows serves all points alike; with classes the network runs for every point.
    ///
    /// # Shapes
    /// - `seen`: `[n]`, returns `[n, k]`
    fn logits(&self, seen: Tensor<1, Int>) -> Tensor<2> {
        let embedding = self.embedding.val();
        if self.of_points {
            return self.net.forward(embedding.select(0, seen));
        }
        self.net.forward(embedding).select(0, seen)
    }
}
