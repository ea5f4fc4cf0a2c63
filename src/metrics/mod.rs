//! How far P_phi is from P_data, from points and log-densities alone.
//!
//! Every measure can be put beside its floor: what two fresh sets of the data itself score, by the same code ([`floor`]).

pub mod coverage;
pub mod density_coverage;
pub mod divergence;
pub mod energy_distance;
pub mod floor;
pub mod importance;
pub mod jensen_shannon;
pub mod mmd;
mod neighbours;
mod pairs;
pub mod precision_recall;
pub mod sliced_wasserstein;

/// A mean and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub value: f64,
    /// Standard deviation of `value` under a repetition with other draws; NaN where it is not defined.
    pub stderr: f64,
}

impl Estimate {
    /// The mean of independent values, with sd / √n. One value has no known error (NaN), no value no mean either.
    pub fn mean(values: impl Iterator<Item = f64> + Clone) -> Self {
        let n = values.clone().count() as f64;
        let value = values.clone().sum::<f64>() / n;
        let variance = values.map(|v| (v - value).powi(2)).sum::<f64>() / (n - 1.0);
        Self {
            value,
            stderr: (variance / n).sqrt(),
        }
    }

    /// A number without an error: a count.
    pub const fn exactly(value: f64) -> Self {
        Self { value, stderr: 0.0 }
    }

    /// The same in other units.
    pub fn times(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            stderr: self.stderr * factor,
        }
    }

    /// The same with another, independent error of `error` in it.
    pub fn with_error(self, error: f64) -> Self {
        Self {
            stderr: self.stderr.hypot(error),
            ..self
        }
    }

    /// `count` of `n` independent trials, with the binomial √(p (1 − p) / n).
    pub fn share(count: usize, n: usize) -> Self {
        let value = count as f64 / n as f64;
        Self {
            value,
            stderr: (value * (1.0 - value) / n as f64).sqrt(),
        }
    }
}
