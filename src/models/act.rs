//! What one step of learning does, deed by deed, so that it can be shown slowly.
//!
//! ```text
//! a batch is drawn → what the loss needs beside it is drawn or made → the loss → its slope in the points → the update → the same once more
//! ```
//!
//! A slope is that of the loss of each point, −n ∂loss/∂xᵢ, with what was drawn held: where the point would have to go for its loss to fall
//! fastest. The parameters move, not the points, and so the model comes to meet them.

use burn::tensor::Tensor;
use serde::Serialize;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Deed {
    /// Data are drawn.
    Batch,
    /// Noise is drawn that stands among the data.
    Noise,
    /// Chains walk from where they stood.
    Chains,
    /// Each point is shaken.
    Shaken,
    /// Cells are laid over the space, over which Z is summed.
    Lattice,
    /// A line of chance is drawn through each point.
    Lines,
    /// Noise and data are mixed, each pair at a time of its own.
    Mixed,
    /// The flow carries each point to its latent.
    Latents,
    /// Each point goes through its code and back.
    Restored,
    /// What each whole number is on average, by what the model foretells of it from those before.
    Foretold,
    /// The generator makes samples for the discriminator to judge.
    Fakes,
    /// The discriminator's loss.
    Judged,
    /// The discriminator's loss once more, after its own update.
    Sharpened,
    /// The generator makes samples of its own to learn from.
    Attempts,
    /// The loss and its terms, as the registry row names them.
    Loss,
    /// The right answer at each mixture: the velocity of its path.
    TargetVelocity,
    /// The right answer at each mixture: the noise in it.
    TargetNoise,
    /// The right answer at each mixture: v, minus its velocity for each radian.
    TargetV,
    /// The right answer at each shaken point: the way back, for one unit of σ².
    WayBack,
    /// What the model answers there.
    Answer,
    /// Where the loss of each data point falls fastest.
    Pull,
    /// Where the loss of each point falls fastest that the model or noise has made.
    Push,
    /// What is missing between what was foretold and what came. Of two levels it is the slope of −loss in the logit.
    Missed,
    /// The slope of the learned log-density.
    Score,
    /// What the same noise becomes before and after the update.
    Update,
    /// The loss of the same batch and noise after the update.
    Again,
}

/// What there is to see of it.
#[derive(Clone, Debug)]
pub enum Sight {
    /// Where points stand, `[n, d]`.
    Points(Tensor<2>),
    /// Where each comes from and where it stands then, two of `[n, d]`.
    Moves { from: Tensor<2>, to: Tensor<2> },
    /// Points and a direction at each, two of `[n, d]`.
    Arrows { at: Tensor<2>, along: Tensor<2> },
    /// Numbers, `[k]`.
    Losses(Tensor<1>),
}

/// A deed with what there is to see of it, all on the plain device and in a model's units.
#[derive(Clone, Debug)]
pub struct Act {
    pub deed: Deed,
    pub sight: Sight,
}

impl Act {
    /// Points `[n, d]`.
    pub fn points(deed: Deed, points: Tensor<2>) -> Self {
        Self {
            deed,
            sight: Sight::Points(points),
        }
    }

    /// Two of `[n, d]`.
    pub fn moves(deed: Deed, from: Tensor<2>, to: Tensor<2>) -> Self {
        Self {
            deed,
            sight: Sight::Moves { from, to },
        }
    }

    /// Two of `[n, d]`.
    pub fn arrows(deed: Deed, at: Tensor<2>, along: Tensor<2>) -> Self {
        Self {
            deed,
            sight: Sight::Arrows { at, along },
        }
    }

    /// Numbers `[k]`.
    pub fn losses(deed: Deed, losses: Tensor<1>) -> Self {
        Self {
            deed,
            sight: Sight::Losses(losses),
        }
    }
}

/// A method's own part of a step: what is drawn or made for the loss, and what the loss says of the points.
#[derive(Clone, Debug, Default)]
pub struct Insides {
    pub made: Vec<Act>,
    pub slopes: Vec<Act>,
}

impl Insides {
    /// Nothing but the data and the slope of their loss.
    ///
    /// # Shapes
    /// - `x`: `[n, d]` on the plain device; `loss` takes it tracked and returns `[k]`, of which the first counts
    pub fn of_data(x: Tensor<2>, loss: impl FnOnce(Tensor<2>) -> Tensor<1>) -> Self {
        let along = descent(&x, loss);
        Self {
            made: Vec::new(),
            slopes: along
                .map(|along| Act::arrows(Deed::Pull, x, along))
                .into_iter()
                .collect(),
        }
    }

    /// The same with something made first.
    pub fn with(mut self, made: Act) -> Self {
        self.made.push(made);
        self
    }
}

/// −n times the slope in `x` of the first of the losses; none where no slope reaches the points, which are counts then.
///
/// # Shapes
/// - `x`: `[n, d]` on the plain device, returns the same
pub fn descent(x: &Tensor<2>, loss: impl FnOnce(Tensor<2>) -> Tensor<1>) -> Option<Tensor<2>> {
    let n = x.dims()[0] as f64;
    let x = x.clone().autodiff().require_grad();
    let gradients = loss(x.clone()).narrow(0, 0, 1).backward();
    x.grad(&gradients).map(|slope| slope * -n)
}
