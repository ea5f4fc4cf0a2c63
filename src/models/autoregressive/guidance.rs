//! What a chain's settings say of classes: how many points are learned without theirs, and how far logits are guided.
//!
//! ```text
//! logits_w = (1 + w) logits(x before i, y) − w logits(x before i)      P_w = softmax(logits_w)
//! ```
//!
//! Of a mixture of Gaussians the logits are those of its components' weights ([`away_from`](crate::nn::distributions::GaussianMixture::away_from)).
//!
//! Each factor is normalised by itself, so the product is a distribution with exact probabilities, whatever w.
//!
//! Reference: J. Ho and T. Salimans, *Classifier-Free Diffusion Guidance*, 2022, arXiv:2207.12598.

use crate::{
    models::{one_player::Effect, spec::Settings},
    spec::classes::{GUIDANCE, LABEL_DROPOUT},
};

/// The values in force; zeros where the row has no such settings.
#[derive(Clone, Copy, Debug)]
pub struct Guidance {
    pub label_dropout: f64,
    /// w.
    strength: f64,
}

impl Guidance {
    /// As `settings` have them.
    pub fn of(settings: &Settings) -> Self {
        let known = |id| settings.get(id).unwrap_or(0.0);
        Self {
            label_dropout: known(LABEL_DROPOUT.id),
            strength: known(GUIDANCE.id),
        }
    }

    /// What `guided` makes of the strength, where there is any.
    pub fn applied<T>(self, guided: impl FnOnce(f64) -> Option<T>) -> Option<T> {
        if self.strength == 0.0 {
            None
        } else {
            guided(self.strength)
        }
    }

    /// Changes one of them.
    pub fn set(&mut self, id: &str, value: f64) -> Effect {
        match id {
            _ if id == GUIDANCE.id => self.strength = value,
            _ => return Effect::None,
        }
        Effect::Looks
    }
}
