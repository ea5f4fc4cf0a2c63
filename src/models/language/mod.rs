//! Models of sequences: the next token from all that came before.
//!
//! ```text
//! p(x₁ … x_T) = Π p(xₜ | x₁ … xₜ₋₁)
//! ```
//!
//! The chain rule of [`super::autoregressive`] again, but the coordinates are tokens of a text and there is no last one. What a session needs of
//! such a model shares nothing with a [`super::Model`] of points, neither fields nor samples of one size, so it is a trait of its own. A model
//! writes its network as a [`Predictor`], in a file with its row; [`registry::LANGUAGE_MODELS`] names every row. [`ngram`] counts instead of learning,
//! and is what they must beat.

pub mod gru;
pub mod ngram;
pub mod predictor;
pub mod registry;
pub mod settings;
pub mod spec;
pub mod transformer;

use super::State;
use crate::{data::text::Windows, rng::Rng};
use burn::tensor::Tensor;

/// What a session knows of a model of sequences. Results are returned unread.
pub trait LanguageModel {
    /// The same as it is now, to be measured while this one learns on. Cheap: tensors share their storage.
    fn twin(&self) -> Box<dyn LanguageModel>;

    /// Tokens of a window: as far back as is learned from, and for some models as is seen.
    fn length(&self) -> usize;

    /// Tokens that it reads in one go where nothing is learned: a window, or more where what was read stays in a state.
    fn reach(&self) -> usize;

    /// −log P of a token in nats, its mean over the windows, tracked; `rng` thins the network as a step of learning does.
    ///
    /// # Shapes
    /// - returns `[1]`
    fn loss(&self, windows: &Windows, rng: Option<&mut Rng>) -> Tensor<1>;

    /// The gradient of [`LanguageModel::loss`] in all parameters.
    ///
    /// # Shapes
    /// - returns `[p]`
    fn gradient(&self, windows: &Windows) -> Tensor<1>;

    /// All parameters.
    ///
    /// # Shapes
    /// - returns `[p]`, on the plain device
    fn parameters(&self) -> Tensor<1>;

    /// Puts other parameters in place.
    fn set_parameters(&mut self, theta: Tensor<1>);

    /// One step of learning; returns the loss before it.
    ///
    /// # Shapes
    /// - returns `[1]`, on the plain device
    fn train_step(&mut self, windows: &Windows, rng: &mut Rng) -> Tensor<1>;

    /// log P of every token that is to be predicted, in nats.
    ///
    /// # Shapes
    /// - returns `[count · length]`, on the plain device
    fn log_prob(&self, windows: &Windows) -> Tensor<1>;

    /// A writer that has read nothing yet.
    fn writer(&self) -> Box<dyn Writer>;

    /// Changes a setting that needs no restart; `false` where there is none of that name.
    fn set(&mut self, id: &str, value: f64) -> bool;

    /// All that resuming needs.
    fn state(&self) -> State;

    /// Undoes [`LanguageModel::state`].
    fn load_state(&mut self, state: &State);
}

/// Reads token after token and remembers what the next needs.
pub trait Writer {
    /// log P of each token as the next one, in nats, after reading one more.
    ///
    /// # Shapes
    /// - returns `[v]`
    fn read(&mut self, token: u32) -> Tensor<1>;

    /// How much of what is read each head of each layer took from every token that it sees, the last read token last; none where a model does not
    /// look back.
    ///
    /// # Shapes
    /// - returns `[layers · heads, tokens]`
    fn attention(&self) -> Option<Tensor<2>>;
}
