//! What a sequence is made of, and how often each of it is met.

/// Tokens 0, …, v − 1 with their shares: where a model of sequences begins, before it has learned what follows what.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    log_shares: Vec<f32>,
}

impl Sequence {
    /// Of `vocabulary` tokens that are met alike.
    pub fn even(vocabulary: usize) -> Self {
        Self::of(&[], vocabulary)
    }

    /// Of tokens as `tokens` have them. Each counts once more, so that none has no share.
    pub fn of(tokens: &[u32], vocabulary: usize) -> Self {
        let mut counts = vec![1_u32; vocabulary];
        for &token in tokens {
            counts[token as usize] += 1;
        }
        let all = (tokens.len() + vocabulary) as f64;
        let log_share = |count| (f64::from(count) / all).ln() as f32;
        Self {
            log_shares: counts.into_iter().map(log_share).collect(),
        }
    }

    /// How many tokens there are.
    pub fn vocabulary(&self) -> usize {
        self.log_shares.len()
    }

    /// log of the share of each token, in nats.
    pub fn log_shares(&self) -> &[f32] {
        &self.log_shares
    }
}
