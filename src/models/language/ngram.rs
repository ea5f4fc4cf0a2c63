//! Counting instead of learning: how often each token followed the last few. What a network must beat.
//!
//! ```text
//! p(w | h) = max(c(h w) − D, 0) / c(h) + D types(h) / c(h) · p(w | h')       h' is h without its oldest token; below all, p = 1 / v
//! ```
//!
//! types(h) is how many different tokens followed h. In the longest order c counts occurrences; below it counts in how many ways h w was reached, since
//! that is what matters where the longer context is new. D = n₁ / (n₁ + 2 n₂), of the n-grams met once and twice.
//!
//! References: R. Kneser and H. Ney, *Improved Backing-off for M-gram Language Modeling*, 1995; S. Chen and J. Goodman, *An Empirical Study of
//! Smoothing Techniques for Language Modeling*, 1999 (interpolated); F. Jelinek and R. Mercer, 1980.

use crate::data::text::MOST;

/// Bits of a token in a key: as many as [`MOST`] tokens need.
const BITS: u32 = MOST.ilog2();

/// Longest order: its keys fill a number of 64 bits.
pub const LONGEST: usize = 5;

/// Counts of one order, by key.
#[derive(Clone, Debug)]
struct Order {
    discount: f64,
    /// n-grams and how often they count, in the order of their keys.
    grams: Vec<(u64, u32)>,
    /// What stands before their last token: the sum of the counts, and how many grams there are.
    contexts: Vec<(u64, u32, u32)>,
}

impl Order {
    fn new(grams: Vec<(u64, u32)>) -> Self {
        let met = |times: u32| grams.iter().filter(|gram| gram.1 == times).count() as f64;
        let (once, twice) = (met(1), met(2));
        let mut contexts: Vec<(u64, u32, u32)> = Vec::new();
        for &(key, count) in &grams {
            match contexts.last_mut() {
                Some((context, sum, types)) if *context == key >> BITS => {
                    *sum += count;
                    *types += 1;
                }
                _ => contexts.push((key >> BITS, count, 1)),
            }
        }
        Self {
            // where nothing was met once, every context is as well known as it can be
            discount: if once > 0.0 { once / (once + 2.0 * twice) } else { 0.5 },
            grams,
            contexts,
        }
    }

    fn count(&self, key: u64) -> u32 {
        let found = self.grams.binary_search_by_key(&key, |gram| gram.0);
        found.map_or(0, |at| self.grams[at].1)
    }

    /// Sum and types of a context; none where it was never met.
    fn context(&self, key: u64) -> Option<(f64, f64)> {
        let found = self.contexts.binary_search_by_key(&key, |context| context.0).ok()?;
        let (_, sum, types) = self.contexts[found];
        Some((f64::from(sum), f64::from(types)))
    }
}

/// A table of counts, with all shorter ones below.
#[derive(Clone, Debug)]
pub struct Table {
    vocabulary: usize,
    /// The shortest first.
    orders: Vec<Order>,
}

/// Tokens as one number, the oldest highest.
fn key(tokens: &[u32]) -> u64 {
    tokens.iter().fold(0, |key, &token| key << BITS | u64::from(token))
}

/// Different keys in their order, each with how often it stands there.
fn counted(mut keys: Vec<u64>) -> Vec<(u64, u32)> {
    keys.sort_unstable();
    let mut counts: Vec<(u64, u32)> = Vec::new();
    for key in keys {
        match counts.last_mut() {
            Some((last, count)) if *last == key => *count += 1,
            _ => counts.push((key, 1)),
        }
    }
    counts
}

impl Table {
    /// Counts `tokens`, up to `order` of them in a row.
    ///
    /// # Panics
    /// Where the order is not 1 to [`LONGEST`] or a token is not below [`MOST`].
    pub fn new(tokens: &[u32], order: usize, vocabulary: usize) -> Self {
        assert!(
            (1..=LONGEST).contains(&order) && vocabulary <= MOST,
            "a table of 1 to {LONGEST} tokens of at most {MOST}"
        );
        let met = |n: usize| counted(tokens.windows(n).map(key).collect());
        let mut grams = met(order);
        let mut orders = vec![Order::new(grams.clone())];
        for n in (1..order).rev() {
            // of the longer grams each counts once, by what it ends on
            let longer = if n + 1 == order { grams } else { met(n + 1) };
            grams = Vec::new();
            let last = (1_u64 << (BITS * n as u32)) - 1;
            orders.push(Order::new(counted(longer.iter().map(|gram| gram.0 & last).collect())));
        }
        orders.reverse();
        Self { vocabulary, orders }
    }

    /// log P of `token` after `before`, in nats.
    pub fn log_prob(&self, before: &[u32], token: u32) -> f64 {
        let mut p = 1.0 / self.vocabulary as f64;
        for (seen, order) in self.orders.iter().enumerate() {
            let Some(from) = before.len().checked_sub(seen) else {
                break;
            };
            let context = key(&before[from..]);
            let Some((sum, types)) = order.context(context) else {
                break;
            };
            let count = f64::from(order.count(context << BITS | u64::from(token)));
            p = ((count - order.discount).max(0.0) + order.discount * types * p) / sum;
        }
        p.ln()
    }
}
