//! What a conditional model says of classes: whether its samples are of the class asked for, how far each class's density is from the data's, and
//! whether Bayes' rule finds the class of a point.
//!
//! ```text
//! p(y | x) = p(y) p(x | y) / Σ p(y') p(x | y')      class KL = E_data[log p_data(x | y) − log p_φ(x | y)] = Σ_y p(y) KL_y
//! ```

use super::labels;
use crate::{
    breath::breathe,
    data::{Dataset, Points},
    error::Result,
    metrics::Estimate,
    session::{
        Run,
        control::Classified,
        frame,
        metric::{Metric, MetricGroup::Classes},
    },
};
use burn::tensor::Device;

/// Held-out points at which the density of every class is asked for.
const COUNT: usize = 500;

impl Run {
    /// log p(x | y) in the data set's units for every class, row by row, `[n, classes]`; none where there are none.
    async fn log_prob_by_class(&self, points: &Points, device: &Device) -> Result<Option<Vec<f32>>> {
        let (mut rng, mut values) = (self.look_rng(), Vec::new());
        for portion in self.portions(points, device) {
            let Some(log_prob) = self.model.log_prob_by_class(portion, &mut rng) else {
                return Ok(None);
            };
            values.extend(frame::read(log_prob).await?);
            breathe().await;
        }
        let shift = self.standardizer.log_det() as f32;
        values.iter_mut().for_each(|value| *value -= shift);
        Ok(Some(values))
    }

    /// log p(y | x) for every class.
    pub(in crate::session) async fn log_posterior(
        &self,
        points: &Points,
        device: &Device,
    ) -> Result<Option<Classified>> {
        let shares = self.data.class_shares();
        let found = self.log_prob_by_class(points, device).await?;
        Ok(found.map(|values| Classified {
            classes: shares.len(),
            values: values
                .chunks_exact(shares.len())
                .flat_map(|row| posterior(row, &shares))
                .collect(),
        }))
    }

    /// Scores of control, where classes are learned.
    pub(super) async fn class_metrics(
        &self,
        held_out: &Points,
        samples: &Points,
        device: &Device,
    ) -> Result<Vec<Metric>> {
        if !self.choice.settings.is_conditional() {
            return Ok(Vec::new());
        }
        let row = |id, label, estimate| Metric::new(id, label, Classes, estimate, f64::NAN);
        let mut metrics = Vec::new();
        let told = held_out.first(COUNT);
        let best = agreement(self.data.as_ref(), held_out);
        if let Some((asked, best)) = agreement(self.data.as_ref(), samples).zip(best) {
            metrics.push(row("class_accuracy", labels::CLASS_ACCURACY, asked).with_floor(best));
        }
        let shares = self.data.class_shares();
        let Some(log_q) = self.log_prob_by_class(&told, device).await? else {
            return Ok(metrics);
        };
        let of_points = told.labels.as_ref().expect("data with classes tell that of each point");
        let rows = || log_q.chunks_exact(shares.len()).zip(of_points);
        let truth = told.rows().zip(of_points).map(|(x, &label)| {
            let x: Vec<f64> = x.iter().map(|&v| v.into()).collect();
            self.data.log_prob_of_class(&x, label.into())
        });
        if let Some(log_p) = truth.collect::<Option<Vec<f64>>>() {
            let log_q = rows().map(|(row, &label)| f64::from(row[usize::from(label)]));
            let ratios: Vec<f64> = log_p.iter().zip(log_q).map(|(log_p, log_q)| log_p - log_q).collect();
            let kl = Estimate::mean(ratios.iter().copied());
            metrics.push(
                row("class_kl", labels::CLASS_KL, kl)
                    .with_floor(Estimate::exactly(0.0))
                    .in_units("nats"),
            );
        }
        let found = rows().filter(|(row, label)| largest(&posterior(row, &shares)) == usize::from(**label));
        let found = Estimate::share(found.count(), told.len());
        let bayes = row("bayes_accuracy", labels::BAYES_ACCURACY, found);
        metrics.push(match agreement(self.data.as_ref(), &told) {
            Some(best) => bayes.with_floor(best),
            None => bayes,
        });
        Ok(metrics)
    }
}

/// log p(y | x) from log p(x | y), by Bayes' rule.
fn posterior(log_prob: &[f32], shares: &[f64]) -> Vec<f32> {
    let joint: Vec<f64> = log_prob
        .iter()
        .zip(shares)
        .map(|(log_p, share)| f64::from(*log_p) + share.ln())
        .collect();
    let log_p = crate::data::log_sum_exp(joint.iter().copied());
    joint.into_iter().map(|joint| (joint - log_p) as f32).collect()
}

fn largest(values: &[f32]) -> usize {
    let ahead = values.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    ahead.expect("there is a class").0
}

/// The share of points whose own class is the likeliest by the data's exact densities, where these are known; a point where all are 0 is of none.
fn agreement(data: &dyn Dataset, points: &Points) -> Option<Estimate> {
    let labels = points.labels.as_ref()?;
    let mut right = 0;
    for (x, &label) in points.rows().zip(labels) {
        let x: Vec<f64> = x.iter().map(|&v| v.into()).collect();
        data.log_prob_of_class(&x, label.into())?;
        let probs = data.class_probs(&x);
        let found = probs.and_then(|probs| {
            probs
                .iter()
                .position(|&p| p > 0.0 && probs.iter().all(|&other| other <= p))
        });
        right += usize::from(found == Some(label.into()));
    }
    (!points.is_empty()).then(|| Estimate::share(right, points.len()))
}
