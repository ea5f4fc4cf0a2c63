//! The plumbing of every network that predicts the next token: a model adds its [`Predictor`], and no more.

use super::{LanguageModel, Writer};
use crate::{
    data::text::{Sequence, Windows},
    models::State,
    nn::{distributions::Univariate, foretold::mean_log_prob, levels::Levels, optim::Learner},
    rng::Rng,
    spec::training::Training,
    tensors::tensor,
};
use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor, activation::log_softmax},
};

/// A network that reads tokens and gives the logits of the next.
pub trait Predictor: Module + 'static {
    /// What is kept of the tokens read so far.
    type Memory: Clone;

    /// Windows in a row that it can read as one: what it reads into must have been learned to be as long.
    const WINDOWS: usize = 1;

    /// What the network is told of each token.
    ///
    /// # Shapes
    /// - `tokens`: `[n · t]`, returns `[n, t, e]`
    fn embed(&self, tokens: &[u32], shape: [usize; 2]) -> Tensor<3>;

    /// What the token after each is foretold by; where `rng` is there, without the units that a step of learning leaves out.
    ///
    /// # Shapes
    /// - `embedded`: `[n, t, e]`, returns `[n · t, e]`
    fn foretelling(&self, embedded: Tensor<3>, rng: Option<&mut Rng>) -> Tensor<2>;

    /// The vectors of all tokens, which are also those that the next one is told by, and the bias of each.
    ///
    /// # Shapes
    /// - returns `[v, e]` and `[v]`
    fn vocabulary(&self) -> (Tensor<2>, Tensor<1>);

    /// Logits of the token after each.
    ///
    /// # Shapes
    /// - `foretelling`: `[n, e]`, returns `[n, v]`
    fn logits(&self, foretelling: Tensor<2>) -> Tensor<2> {
        let (vectors, bias) = self.vocabulary();
        foretelling.matmul(vectors.transpose()) + bias.unsqueeze()
    }

    /// Before anything is read.
    fn blank(&self) -> Self::Memory;

    /// Logits of the next token after one more is read.
    ///
    /// # Shapes
    /// - returns `[1, v]`
    fn read(&self, token: u32, memory: &mut Self::Memory) -> Tensor<2>;

    /// See [`Writer::attention`].
    fn attention(_memory: &Self::Memory) -> Option<Tensor<2>> {
        None
    }
}

/// The bias of each token's logit: at its start a network foretells every token as often as it is met, and need not learn that first.
pub fn starting(sequence: &Sequence, device: &Device) -> Param<Tensor<1>> {
    let shares = sequence.log_shares().to_vec();
    Param::from_tensor(tensor(shares, [sequence.vocabulary()], device))
}

/// log P of the tokens that are to be predicted.
///
/// # Shapes
/// - returns `[n · t]`
pub fn log_prob<P: Predictor>(net: &P, windows: &Windows) -> Tensor<1> {
    let shape = [windows.count, windows.length];
    let logits = net.logits(net.foretelling(net.embed(&windows.read(), shape), None));
    let rows = logits.dims()[0];
    let next = windows.next().into_iter().map(|token| token as f32).collect();
    let next = tensor(next, [rows, 1], &logits.device());
    Levels::new(logits.unsqueeze_dim(1)).log_prob(next).reshape([rows])
}

/// −log P of a token in nats, its mean over the windows.
///
/// # Shapes
/// - returns `[1]`
pub fn loss<P: Predictor>(net: &P, windows: &Windows, rng: Option<&mut Rng>) -> Tensor<1> {
    let embedded = net.embed(&windows.read(), [windows.count, windows.length]);
    let (vectors, bias) = net.vocabulary();
    mean_log_prob(net.foretelling(embedded, rng), vectors, bias, windows.next()).neg()
}

/// A network that learns.
#[derive(Clone)]
pub struct Learned<P: Predictor> {
    learner: Learner<P>,
    length: usize,
}

impl<P: Predictor> Learned<P> {
    /// Teaches `net`, which must have been built on an autodiff device, on windows of `length` tokens.
    pub fn new(net: P, length: usize, training: Training) -> Self {
        Self {
            learner: Learner::new(net, training),
            length,
        }
    }
}

impl<P: Predictor> LanguageModel for Learned<P> {
    fn twin(&self) -> Box<dyn LanguageModel> {
        Box::new(self.clone())
    }

    fn length(&self) -> usize {
        self.length
    }

    fn reach(&self) -> usize {
        P::WINDOWS * self.length
    }

    fn loss(&self, windows: &Windows, rng: Option<&mut Rng>) -> Tensor<1> {
        loss(self.learner.module(), windows, rng)
    }

    fn gradient(&self, windows: &Windows) -> Tensor<1> {
        self.learner.gradient(self.loss(windows, None))
    }

    fn parameters(&self) -> Tensor<1> {
        self.learner.parameters()
    }

    fn set_parameters(&mut self, theta: Tensor<1>) {
        self.learner.set_parameters(theta);
    }

    fn train_step(&mut self, windows: &Windows, rng: &mut Rng) -> Tensor<1> {
        let loss = self.loss(windows, Some(rng));
        self.learner.descend(loss.clone());
        loss.inner()
    }

    fn log_prob(&self, windows: &Windows) -> Tensor<1> {
        log_prob(&self.learner.frozen(), windows)
    }

    fn writer(&self) -> Box<dyn Writer> {
        let net = self.learner.frozen();
        Box::new(Reading {
            memory: net.blank(),
            net,
        })
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        self.learner.set(id, value)
    }

    fn state(&self) -> State {
        let (tensors, counts) = self.learner.state();
        State {
            tensors,
            counts: counts.into(),
        }
    }

    fn load_state(&mut self, state: &State) {
        self.learner.load_state(&state.tensors, &state.counts);
    }
}

/// A network with what it has read.
struct Reading<P: Predictor> {
    net: P,
    memory: P::Memory,
}

impl<P: Predictor> Writer for Reading<P> {
    fn read(&mut self, token: u32) -> Tensor<1> {
        let logits = self.net.read(token, &mut self.memory);
        log_softmax(logits, 1).squeeze_dim(0)
    }

    fn attention(&self) -> Option<Tensor<2>> {
        P::attention(&self.memory)
    }
}
