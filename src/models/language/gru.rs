//! A gated recurrent unit: all that was read is in one state, which each token changes.
//!
//! ```text
//! e = E[x]                                    r = σ(Wᵣ e + Uᵣ h + bᵣ)        z = σ(W_z e + U_z h + b_z)
//! n = tanh(Wₙ e + r (Uₙ h + bₙ))              h' = (1 − z) n + z h            p(next) = softmax(E (V h' + c) + d)
//! ```
//!
//! r lets a state be forgotten where a new one is proposed, z lets it stand. The vectors that tokens are read as are also those that the next one is
//! told by: a token met rarely is learned from both sides.
//!
//! References: K. Cho et al., *Learning Phrase Representations using RNN Encoder-Decoder*, 2014, arXiv:1406.1078, in PyTorch's variant; O. Press and
//! L. Wolf, *Using the Output Embedding to Improve Language Models*, 2017, arXiv:1608.05859.

use super::{
    predictor::{Learned, Predictor, starting},
    settings::{DROPOUT, LENGTH, language_settings},
    spec::LanguageSpec,
};
use crate::{
    data::text::Sequence,
    models::settings::Settings,
    nn::{dense::through, dropout::thinned_sequence, embedding::Embedding, linear, recurrent::states},
    rng::Rng,
    spec::{
        ParamSpec, Text, WIDTH,
        training::{Schedule, Training},
    },
    tensors::tensor,
};
use burn::{
    module::{Module, Param},
    nn::Linear,
    tensor::{Device, Tensor, activation::sigmoid},
};

/// Numbers of a token's vector.
const EMBEDDING: ParamSpec = ParamSpec {
    id: "embedding",
    min: 8.0,
    max: 256.0,
    default: 128.0,
    unit: "numbers",
    label: Text {
        en: "Numbers per character",
        zh: "每个字符的向量长度",
    },
    help: Text {
        en: "How many numbers stand for each character, both where it is read and where it is foretold. Characters that are used alike get vectors that are alike.",
        zh: "用多少个数表示一个字符；读入时用它，预测时也用它。用法相近的字符，向量也会相近。",
    },
    ..WIDTH
};

/// The registry row.
pub const GRU: LanguageSpec = LanguageSpec {
    id: "gru",
    label: Text {
        en: "Recurrent network (GRU)",
        zh: "循环网络（GRU）",
    },
    help: Text {
        en: "Reads character by character and keeps all that it has read in one state, of which gates let some be forgotten and some stand. How far back it can look is what it has learned to keep.",
        zh: "一个字符一个字符地读，把读过的一切记在一个状态里；几道门决定忘掉什么、留住什么。能看多远，全凭它学会留住多少。",
    },
    formula: r"h_t=(1-z_t)\odot n_t+z_t\odot h_{t-1},\quad n_t=\tanh\big(W e_t+r_t\odot(U h_{t-1}+b)\big),\quad p(x_{t+1}|x_{\le t})=\mathrm{softmax}(E\,V h_t)",
    paper: "Cho, van Merriënboer, Gulcehre, Bahdanau, Bougares, Schwenk, Bengio: Learning Phrase Representations using RNN Encoder-Decoder",
    year: 2014,
    arxiv: "1406.1078",
    attends: false,
    params: language_settings![
        Training {
            learning_rate: 3e-3,
            // Of 8, 16 and 32 windows a step what learns most in a while: many rough steps before few smooth ones, which the average makes up for.
            batch: 8.0,
            schedule: Schedule::InverseSqrt,
            schedule_steps: 500.0,
            warmup: 100.0,
            clip: 1.0,
            average: 0.999,
            ..Training::DEFAULT
        };
        WIDTH.with_default(192.0),
        EMBEDDING,
        LENGTH.with_default(48.0),
        DROPOUT.with_default(0.4),
    ],
    build: |sequence, settings, rng, device| {
        let net = Gru::new(sequence, settings, rng, device);
        Box::new(Learned::new(net, settings.int(LENGTH.id), settings.training()))
    },
};

/// The vectors of tokens, and what changes the state.
#[derive(Module, Debug)]
pub struct Gru {
    embedding: Embedding,
    of_input: Linear,       // [e, 3 h]: r, z, n
    of_state: Linear,       // [h, 3 h]
    told: Linear,           // [h, e]
    bias: Param<Tensor<1>>, // [v]
    dropout: f64,
}

impl Gru {
    /// The network that `settings` describe.
    pub fn new(sequence: &Sequence, settings: &Settings, rng: &mut Rng, device: &Device) -> Self {
        let (width, size) = (settings.int(WIDTH.id), settings.int(EMBEDDING.id));
        Self {
            embedding: Embedding::new(sequence.vocabulary(), size, (size as f64).sqrt().recip(), rng, device),
            // PyTorch draws all of a GRU's weights from ±1/√h
            of_input: linear(size, 3 * width, (size as f64 / width as f64).sqrt(), rng, device),
            of_state: linear(width, 3 * width, 1.0, rng, device),
            told: linear(width, size, 1.0, rng, device),
            bias: starting(sequence, device),
            dropout: settings.float(DROPOUT.id),
        }
    }
}

impl Predictor for Gru {
    type Memory = Tensor<2>; // [1, h]

    /// A state goes on beyond what it was learned from.
    const WINDOWS: usize = 8;

    fn embed(&self, tokens: &[u32], [n, t]: [usize; 2]) -> Tensor<3> {
        let [_, size] = self.embedding.all().dims();
        // vectors are as long as logits want them, about 1; the gates want numbers of about 1
        (self.embedding.of(tokens) * (size as f64).sqrt()).reshape([n, t, size])
    }

    fn foretelling(&self, embedded: Tensor<3>, mut rng: Option<&mut Rng>) -> Tensor<2> {
        let [n, t, size] = embedded.dims();
        let seen = thinned_sequence(embedded, self.dropout, rng.as_deref_mut());
        let by_step = seen.swap_dims(0, 1).reshape([t * n, size]);
        let of_input = through(&self.of_input, by_step, None);
        let (weight, bias) = (
            self.of_state.weight.val(),
            self.of_state.bias.as_ref().expect("a bias").val(),
        );
        let h = states(of_input, weight, bias, n); // [t n, h]
        let width = h.dims()[1];
        let h = thinned_sequence(h.reshape([t, n, width]).swap_dims(0, 1), self.dropout, rng);
        through(&self.told, h.reshape([n * t, width]), None)
    }

    fn vocabulary(&self) -> (Tensor<2>, Tensor<1>) {
        (self.embedding.all(), self.bias.val())
    }

    fn blank(&self) -> Tensor<2> {
        let weight = self.of_state.weight.val();
        let width = weight.dims()[0];
        tensor(vec![0.0; width], [1, width], &weight.device())
    }

    fn read(&self, token: u32, h: &mut Tensor<2>) -> Tensor<2> {
        let width = h.dims()[1];
        let embedded = self.embed(&[token], [1, 1]).squeeze_dim::<2>(0);
        let (of_input, of_state) = (
            through(&self.of_input, embedded, None),
            through(&self.of_state, h.clone(), None),
        );
        let part = |of: &Tensor<2>, i: usize| of.clone().narrow(1, i * width, width);
        let gate = |i: usize| sigmoid(part(&of_input, i) + part(&of_state, i));
        let (r, z) = (gate(0), gate(1));
        let n = (part(&of_input, 2) + r * part(&of_state, 2)).tanh();
        *h = n.clone() + z * (h.clone() - n);
        self.logits(through(&self.told, h.clone(), None))
    }
}
