//! What is remembered of measurements: the last two and the best, for the diagnosis.

use super::metric::Metric;
use crate::metrics::Estimate;
use std::rc::Rc;

/// Held-out points whose log-densities are remembered, to be compared one by one.
pub const PAIRED: usize = 1000;

/// What a measurement found.
#[derive(Clone, Debug)]
pub struct Look {
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
    best: Option<Rc<Look>>,
    before: Option<Rc<Look>>,
    now: Option<Rc<Look>>,
}

impl Looks {
    /// Remembers a new look.
    pub fn push(&mut self, look: Look) {
        let look = Rc::new(look);
        let better = |best: &Rc<Look>| {
            look.rise_since(best)
                .is_none_or(|rise| rise.value < 0.0 || rise.value.is_nan())
        };
        if self.best.as_ref().is_none_or(better) {
            self.best = Some(look.clone());
        }
        self.before = self.now.replace(look);
    }

    /// What all of them take.
    pub fn bytes(&self) -> usize {
        let looks = [&self.best, &self.before, &self.now].into_iter().flatten();
        looks
            .map(|look| size_of_val(&*look.log_q) + size_of_val(&*look.metrics))
            .sum()
    }

    /// The last one.
    pub fn now(&self) -> Option<&Look> {
        self.now.as_deref()
    }

    /// The last two, the older first.
    pub fn last_two(&self) -> Option<[&Look; 2]> {
        Some([self.before.as_deref()?, self.now.as_deref()?])
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

    fn look(log_q: [f32; 3]) -> Look {
        Look {
            metrics: Vec::new(),
            log_q: log_q.to_vec(),
        }
    }

    #[test]
    fn a_rise_is_taken_point_by_point_from_the_best_look() {
        let mut looks = Looks::default();
        assert!(looks.rise().is_none());
        looks.push(look([-9.0, -5.0, -1.0]));
        looks.push(look([-8.0, -4.0, 0.0]));
        looks.push(look([-8.5, -4.5, -0.5]));
        assert_eq!(
            looks.rise(),
            Some(Estimate {
                value: 0.0,
                stderr: 0.0
            }),
            "the look before was the best"
        );
        looks.push(look([-9.0, -5.5, -0.5]));
        let rise = looks.rise().expect("three looks");
        assert!(
            (rise.value - 0.5).abs() < 1e-6 && rise.stderr < 1e-6,
            "the lesser of two: {rise:?}"
        );
        // As many points as both have.
        let fewer = Look {
            log_q: vec![-8.0],
            ..look([0.0; 3])
        };
        assert_eq!(
            fewer.rise_since(&look([-9.0, -5.0, -1.0])).map(|rise| rise.value),
            Some(-1.0)
        );
    }
}
