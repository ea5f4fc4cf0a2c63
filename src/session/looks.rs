//! What is remembered of measurements: the last two and the best, for the diagnosis.

use super::metric::Metric;
use crate::metrics::Estimate;

/// Held-out points whose log-densities are remembered, to be compared one by one.
pub const PAIRED: usize = 1000;

/// What a measurement found.
#[derive(Clone, Debug)]
pub struct Look {
    pub step: u64,
    pub metrics: Vec<Metric>,
    /// log P_phi in nats at the first held-out points, which are the same in every look; empty where there is no density.
    pub log_q: Vec<f32>,
}

impl Look {
    /// A measure by its id, where it was taken.
    pub fn get(&self, id: &str) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.id == id)
    }

    /// By how much less likely held-out points are than they were in `other`, in nats a point. Both are read at the same points, so what one
    /// point has more of than another is not in the error.
    pub fn rise_since(&self, other: &Self) -> Option<Estimate> {
        let rises = self.log_q.iter().zip(&other.log_q);
        (rises.len() > 0).then(|| Estimate::mean(rises.map(|(now, then)| f64::from(*then) - f64::from(*now))))
    }
}

/// The last two looks, and the one at which held-out points were likeliest.
#[derive(Clone, Debug, Default)]
pub struct Looks {
    best: Option<Look>,
    before: Option<Look>,
    now: Option<Look>,
}

impl Looks {
    /// Remembers a new look.
    pub fn push(&mut self, look: Look) {
        let better = |best: &Look| {
            look.rise_since(best)
                .is_none_or(|rise| rise.value < 0.0 || rise.value.is_nan())
        };
        if self.best.as_ref().is_none_or(better) {
            self.best = Some(look.clone());
        }
        self.before = self.now.replace(look);
    }

    /// What came after `step` did not happen.
    pub fn forget_after(&mut self, step: u64) {
        for look in [&mut self.best, &mut self.before, &mut self.now] {
            look.take_if(|look| look.step > step);
        }
    }

    /// The last one.
    pub fn now(&self) -> Option<&Look> {
        self.now.as_ref()
    }

    /// The last two, the older first.
    pub fn last_two(&self) -> Option<[&Look; 2]> {
        Some([self.before.as_ref()?, self.now.as_ref()?])
    }

    /// By how much less likely held-out points are than at best, in nats a point; of the last two looks, the one that says less.
    pub fn rise(&self) -> Option<Estimate> {
        let best = self.best.as_ref()?;
        let [before, now] = self.last_two()?.map(|look| look.rise_since(best));
        let (before, now) = (before?, now?);
        Some(if now.value < before.value { now } else { before })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(step: u64, log_q: [f32; 3]) -> Look {
        Look {
            step,
            metrics: Vec::new(),
            log_q: log_q.to_vec(),
        }
    }

    #[test]
    fn a_rise_is_taken_point_by_point_from_the_best_look() {
        let mut looks = Looks::default();
        assert!(looks.rise().is_none());
        looks.push(look(10, [-9.0, -5.0, -1.0]));
        looks.push(look(20, [-8.0, -4.0, 0.0]));
        looks.push(look(30, [-8.5, -4.5, -0.5]));
        assert_eq!(
            looks.rise(),
            Some(Estimate {
                value: 0.0,
                stderr: 0.0
            }),
            "the look before was the best"
        );
        looks.push(look(40, [-9.0, -5.5, -0.5]));
        let rise = looks.rise().expect("three looks");
        assert!(
            (rise.value - 0.5).abs() < 1e-6 && rise.stderr < 1e-6,
            "the lesser of two: {rise:?}"
        );
        // As many points as both have.
        let fewer = Look {
            log_q: vec![-8.0],
            ..look(50, [0.0; 3])
        };
        assert_eq!(
            fewer.rise_since(&look(10, [-9.0, -5.0, -1.0])).map(|rise| rise.value),
            Some(-1.0)
        );
    }

    #[test]
    fn what_came_after_a_step_is_forgotten() {
        let mut looks = Looks::default();
        looks.push(look(10, [-2.0; 3]));
        looks.push(look(20, [-1.0; 3]));
        looks.forget_after(10);
        assert!(looks.now().is_none() && looks.last_two().is_none());
        looks.push(look(20, [-3.0; 3]));
        looks.push(look(30, [-3.0; 3]));
        assert!(looks.rise().is_some(), "a new best is found");
    }
}
