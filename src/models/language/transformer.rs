//! A causal transformer: every token looks back at those before it and takes from them what fits.
//!
//! ```text
//! x = E[token] + P[place]
//! x ← x + Σ_heads softmax(q kᵀ / √d_h + mask) v Wₒ       q, k, v = W norm(x),  mask: −∞ towards what comes later
//! x ← x + W₂ silu(W₁ norm(x))                            p(next) = softmax(E norm(x) + d)
//! ```
//!
//! Norms stand before what they feed (pre-norm), so that a step from far below reaches the top unchanged. Where GPT-2 has GELU this has SiLU, which
//! is nearly the same curve and has a loop of its own here. Places are learned up to the window's length; who writes past it forgets the older half.
//!
//! References: A. Vaswani et al., *Attention Is All You Need*, 2017, arXiv:1706.03762; A. Radford et al., *Language Models are Unsupervised Multitask
//! Learners*, 2019 (GPT-2).

use super::{
    predictor::{Learned, Predictor, starting},
    settings::{DROPOUT, LENGTH, language_settings},
    spec::LanguageSpec,
};
use crate::{
    data::text::Sequence,
    models::settings::Settings,
    nn::{
        attention::{Block, Seen},
        dropout::thinned_sequence,
        embedding::Embedding,
        layer_norm::LayerNorm,
    },
    rng::Rng,
    spec::{
        DEPTH, OptionSpec, ParamSpec, Text, WIDTH,
        training::{Schedule, Training},
    },
};
use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor},
};

/// Standard deviation of places at the start, GPT-2's.
const PLACES: f64 = 0.02;

/// Numbers that a token is, all the way up.
const TOKEN_WIDTH: ParamSpec = ParamSpec {
    kind: crate::spec::ParamKind::Choice,
    min: 0.0,
    max: 3.0,
    default: 2.0,
    scale: crate::spec::Scale::Linear,
    unit: "",
    options: &[
        width_option("32", "32"),
        width_option("64", "64"),
        width_option("96", "96"),
        width_option("128", "128"),
    ],
    help: Text {
        en: "How many numbers stand for each character on its way through the layers. More of them hold more, and each step takes longer.",
        zh: "字符在各层里用多少个数表示。数越多，装得越多，每步也越慢。",
    },
    ..WIDTH
};

const fn width_option(id: &'static str, label: &'static str) -> OptionSpec {
    OptionSpec {
        id,
        label: Text { en: label, zh: label },
    }
}

/// Ways of looking back in each layer; they divide every width.
const HEADS: ParamSpec = ParamSpec {
    id: "heads",
    min: 1.0,
    max: 4.0,
    default: 4.0,
    unit: "heads",
    label: Text {
        en: "Heads",
        zh: "注意力头数",
    },
    help: Text {
        en: "In how many ways at once each layer looks back; each head has its share of the numbers. One may look for the last letter, another for the start of the word.",
        zh: "每一层同时用几种方式回看；各个头分得一部分数。有的头也许盯着上一个字母，有的去找词的开头。",
    },
    ..DEPTH
};

/// The registry row.
pub const TRANSFORMER: LanguageSpec = LanguageSpec {
    id: "transformer",
    label: Text {
        en: "Transformer",
        zh: "变换器（Transformer）",
    },
    help: Text {
        en: "Keeps every character that it has read, and at each place looks back at all of them at once: what it looks for fits some of what they offer. This is how large language models are built; this one is small.",
        zh: "读过的每个字符都留着，在每个位置同时回看它们全部：要找的东西，和其中一些给出的东西对得上。大语言模型就是这样搭的，这里是个小的。",
    },
    formula: r"x\leftarrow x+\mathrm{softmax}\!\big(\tfrac{QK^\top}{\sqrt{d_h}}+M\big)V\,W_o,\quad x\leftarrow x+\mathrm{MLP}(x),\quad p(x_{t+1}|x_{\le t})=\mathrm{softmax}(E\,x_t)",
    paper: "Vaswani, Shazeer, Parmar, Uszkoreit, Jones, Gomez, Kaiser, Polosukhin: Attention Is All You Need",
    year: 2017,
    arxiv: "1706.03762",
    attends: true,
    params: language_settings![
        Training {
            learning_rate: 3e-3,
            batch: 16.0,
            schedule: Schedule::InverseSqrt,
            schedule_steps: 1000.0,
            warmup: 100.0,
            clip: 1.0,
            ..Training::DEFAULT
        };
        TOKEN_WIDTH,
        ParamSpec { max: 4.0, ..DEPTH },
        HEADS,
        LENGTH.with_default(64.0),
        DROPOUT.with_default(0.1),
    ],
    build: |sequence, settings, rng, device| {
        let net = Transformer::new(sequence, settings, rng, device);
        Box::new(Learned::new(net, settings.int(LENGTH.id), settings.training()))
    },
};

/// Tokens, places, and the blocks above them.
#[derive(Module, Debug)]
pub struct Transformer {
    tokens: Embedding,
    places: Embedding,
    blocks: Vec<Block>,
    norm: LayerNorm,
    bias: Param<Tensor<1>>, // [v]
    dropout: f64,
}

impl Transformer {
    /// The network that `settings` describe.
    ///
    /// # Panics
    /// Where the heads do not divide the width.
    pub fn new(sequence: &Sequence, settings: &Settings, rng: &mut Rng, device: &Device) -> Self {
        let width = 32 * (1 + settings.int(TOKEN_WIDTH.id));
        let (depth, heads, length) = (settings.int(DEPTH.id), settings.int(HEADS.id), settings.int(LENGTH.id));
        Self::sized(
            sequence,
            length,
            [width, depth, heads],
            settings.float(DROPOUT.id),
            rng,
            device,
        )
    }

    /// The same by its sizes: width, layers and heads.
    ///
    /// # Panics
    /// Where the heads do not divide the width.
    pub fn sized(
        sequence: &Sequence,
        length: usize,
        [width, depth, heads]: [usize; 3],
        dropout: f64,
        rng: &mut Rng,
        device: &Device,
    ) -> Self {
        let size = (width as f64).sqrt().recip();
        Self {
            tokens: Embedding::new(sequence.vocabulary(), width, size, rng, device),
            places: Embedding::new(length, width, PLACES, rng, device),
            blocks: (0..depth)
                .map(|_| Block::new(width, heads, depth, rng, device))
                .collect(),
            norm: LayerNorm::new(width, device),
            bias: starting(sequence, device),
            dropout,
        }
    }

    /// Token and place.
    fn placed(&self, tokens: &[u32], places: std::ops::Range<usize>) -> Tensor<2> {
        let places: Vec<u32> = places.map(|place| place as u32).collect();
        let repeated = tokens.len() / places.len();
        let place = self.places.of(&places).repeat_dim(0, repeated);
        self.tokens.of(tokens) + place
    }
}

/// What a transformer has read: keys and values of every layer.
#[derive(Clone)]
pub struct Read {
    tokens: Vec<u32>,
    seen: Vec<Seen>,
}

impl Predictor for Transformer {
    type Memory = Read;

    fn embed(&self, tokens: &[u32], [n, t]: [usize; 2]) -> Tensor<3> {
        let x = self.placed(tokens, 0..t);
        let width = x.dims()[1];
        x.reshape([n, t, width])
    }

    fn foretelling(&self, embedded: Tensor<3>, mut rng: Option<&mut Rng>) -> Tensor<2> {
        let [n, t, width] = embedded.dims();
        let x = thinned_sequence(embedded, self.dropout, rng.as_deref_mut());
        let x = self
            .blocks
            .iter()
            .fold(x, |x, block| block.forward(x, self.dropout, rng.as_deref_mut()));
        self.norm.of(x.reshape([n * t, width]))
    }

    fn vocabulary(&self) -> (Tensor<2>, Tensor<1>) {
        (self.tokens.all(), self.bias.val())
    }

    fn blank(&self) -> Read {
        Read {
            tokens: Vec::new(),
            seen: vec![Seen::default(); self.blocks.len()],
        }
    }

    fn read(&self, token: u32, memory: &mut Read) -> Tensor<2> {
        let length = self.places.all().dims()[0];
        if memory.tokens.len() == length {
            let kept = memory.tokens.split_off(length - length / 2);
            *memory = self.blank();
            for token in kept {
                self.read(token, memory);
            }
        }
        let place = memory.tokens.len();
        memory.tokens.push(token);
        let x = self.placed(&[token], place..place + 1);
        let layers = self.blocks.iter().zip(&mut memory.seen);
        self.logits(self.norm.of(layers.fold(x, |x, (block, seen)| block.read(x, seen))))
    }

    fn attention(memory: &Read) -> Option<Tensor<2>> {
        let shares: Option<Vec<Tensor<2>>> = memory.seen.iter().map(|seen| seen.shares.clone()).collect();
        shares
            .filter(|shares| !shares.is_empty())
            .map(|shares| Tensor::cat(shares, 0))
    }
}
