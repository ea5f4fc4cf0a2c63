//! What one column of numbers is like: where its middle is, how far it spreads, and whether its values are steps.
//!
//! ```text
//! k = n/100, at least 1        clipped: the k least and the k greatest values set to the next ones
//! heavy tails:   var > 2 max(1, 100/n) var(clipped)        then mean and spread are those of the clipped values
//! steps:         at most n/2 different values, the typical gap h between two of them wider than √12 jitter · spread
//! spike:         a value that more than n/3 rows have, where most rows without it differ: no steps
//! ```
//!
//! Tails are heavy where the outermost 2 % of the values carry more than half of the variance. Below 100 values one at each end is more than that,
//! and more is asked in proportion. A Gaussian's carry 4 %, an exponential's 9 %.
//!
//! A smooth density of repeated values does not exist: a likelihood rises without end on narrower and narrower spikes. Where the steps are so fine
//! that [`JITTER`] reaches over them, they do not matter; wider ones are spread evenly over one step, as if the values had
//! been rounded to it.

/// Standard deviation of the noise that points are drawn with along an axis, as a share of their spread along it.
pub const JITTER: f64 = 0.005;

/// One value in so many is at either end.
const END: usize = 100;

/// Fewer values have no tails to speak of.
const TAILS_FROM: usize = 5;

/// How many times the variance of the clipped values makes tails heavy.
const HEAVY: f64 = 2.0;

/// More than one value in so many is a spike, and not by chance: at least so many rows have it, beside so many others.
const SPIKE_ONE_IN: usize = 3;
const SPIKE_FROM: usize = 5;
const SPIKE_BESIDE: usize = 5;

/// Values this close, as a share of the spread, are one value that was computed in two ways.
const SAME: f64 = 1e-9;

/// Middle and spread of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    pub centre: f64,
    pub scale: f64,
    /// Whether these are of the clipped values.
    pub heavy: bool,
}

impl Spread {
    /// Of sorted values, each spread evenly over `step`.
    pub fn of(sorted: &[f64], step: f64) -> Self {
        let (mean, variance) = moments(sorted.iter().copied());
        let rounding = step * step / 12.0;
        let plain = Self {
            centre: mean,
            scale: (variance + rounding).sqrt(),
            heavy: false,
        };
        if sorted.len() < TAILS_FROM {
            return plain;
        }
        let [low, high] = middle(sorted);
        let (centre, clipped) = moments(sorted.iter().map(|value| value.clamp(low, high)));
        let clipped = clipped + rounding;
        let much = HEAVY * (END as f64 / sorted.len() as f64).max(1.0);
        if clipped > 0.0 && variance + rounding > much * clipped {
            Self {
                centre,
                scale: clipped.sqrt(),
                heavy: true,
            }
        } else {
            plain
        }
    }
}

/// The least and the greatest value between the ends: those of the middle 98 %, where there are many.
pub fn middle(sorted: &[f64]) -> [f64; 2] {
    let k = (sorted.len() / END).max(1).min((sorted.len() - 1) / 2);
    [sorted[k], sorted[sorted.len() - 1 - k]]
}

/// How values repeat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steps {
    /// How many different values there are.
    pub distinct: usize,
    /// The typical gap between two of them, and the smallest.
    pub gap: f64,
    pub least: f64,
    /// Whether they are few and far between, so that they should be spread.
    pub few: bool,
    /// One value among others that differ, and how many have it.
    pub spike: Option<(f64, usize)>,
}

impl Steps {
    /// Of sorted values that spread over `scale`.
    pub fn of(sorted: &[f64], scale: f64) -> Self {
        // Each different value, and how often it comes.
        let mut counted: Vec<(f64, usize)> = Vec::new();
        for &value in sorted {
            match counted.last_mut() {
                Some((last, count)) if value - *last <= SAME * scale => *count += 1,
                _ => counted.push((value, 1)),
            }
        }
        let (distinct, gap) = (counted.len(), typical_gap(&counted));
        let gaps = counted.windows(2).map(|pair| pair[1].0 - pair[0].0);
        let spike = spike(&counted, sorted.len());
        Self {
            distinct,
            gap,
            least: gaps.fold(f64::INFINITY, f64::min),
            few: spike.is_none() && 2 * distinct <= sorted.len() && gap > 12.0_f64.sqrt() * JITTER * scale,
            spike,
        }
    }
}

/// The most frequent value, where more than a third have it and most of the others differ.
fn spike(counted: &[(f64, usize)], count: usize) -> Option<(f64, usize)> {
    let most = *counted.iter().max_by_key(|(_, times)| *times)?;
    let others = count - most.1;
    let differ = others >= SPIKE_BESIDE && 2 * (counted.len() - 1) > others;
    (differ && most.1 >= SPIKE_FROM && SPIKE_ONE_IN * most.1 > count).then_some(most)
}

/// The median of the gaps between neighbours, each as often as the rarer of the two comes: one odd value between others makes no smaller steps.
fn typical_gap(counted: &[(f64, usize)]) -> f64 {
    let gap = |pair: &[(f64, usize)]| (pair[1].0 - pair[0].0, pair[0].1.min(pair[1].1));
    let mut gaps: Vec<(f64, usize)> = counted.windows(2).map(gap).collect();
    gaps.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let half = gaps.iter().map(|(_, weight)| weight).sum::<usize>().div_ceil(2);
    let mut passed = 0;
    let middle = gaps.into_iter().find(|(_, weight)| {
        passed += weight;
        passed >= half
    });
    middle.map_or(f64::INFINITY, |(gap, _)| gap)
}

/// Mean and variance.
fn moments(values: impl ExactSizeIterator<Item = f64> + Clone) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.clone().sum::<f64>() / n;
    (mean, values.map(|value| (value - mean).powi(2)).sum::<f64>() / n)
}
