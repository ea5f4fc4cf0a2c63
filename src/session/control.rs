//! What a session says of some classes, and of which class a point is.

use super::{Run, Session, condition, evaluate::LogDensity};
use crate::{
    data::{Points, Table, log_sum_exp},
    error::{Error, Result},
    models::{classes::one_hot, composition::Asked},
};
use burn::tensor::{Device, Tensor};

/// log p(y | x) at points.
#[derive(Clone, Debug)]
pub struct Classified {
    pub classes: usize,
    /// Nats, `[n, classes]`, row by row.
    pub values: Vec<f32>,
}

impl Run {
    /// The same, looked at through these classes, whatever the reader looks at.
    pub fn looked_at(&self, asked: Asked) -> Self {
        let mut twin = self.twin();
        twin.model.ask(asked);
        twin
    }

    /// The classes that the reader looks at.
    pub fn asked(&self) -> Asked {
        condition::looked_at(&self.choice.settings, self.data.space().classes)
    }

    /// log P_data at `x` of the classes that the reader looks at, in nats in the data set's units: none where it is not known, and none of what
    /// several classes agree on, of which there are no data.
    pub fn log_p_data(&self, x: &[f64]) -> Option<f64> {
        match self.asked() {
            Asked::All => self.data.log_prob(x),
            Asked::Class(class) => self.data.log_prob_of_class(x, class),
            Asked::Any(classes) => {
                let shares = self.data.class_shares();
                let all: f64 = classes.iter().map(|&class| shares[class]).sum();
                let of = |&class: &usize| Some((shares[class] / all).ln() + self.data.log_prob_of_class(x, class)?);
                let parts: Vec<f64> = classes.iter().map(of).collect::<Option<_>>()?;
                Some(log_sum_exp(parts.iter().copied()))
            }
            Asked::Product(_) => None,
        }
    }

    /// The classes of points, one-hot, where the model learns classes.
    ///
    /// # Shapes
    /// - returns `[n, classes]`
    pub fn one_hot(&self, points: &Points, device: &Device) -> Option<Tensor<2>> {
        if !self.choice.settings.is_conditional() {
            return None;
        }
        let labels = points
            .labels
            .as_ref()
            .expect("data with classes tell that of each point");
        Some(one_hot(labels, self.data.space().classes, device))
    }

    /// Points as the model learns them: with their classes, where it learns those.
    ///
    /// # Shapes
    /// - returns `[n, d]` or `[n, d + classes]`
    pub fn labelled(&self, points: &Points, device: &Device) -> Tensor<2> {
        let x = self.standardizer.upload(points, device);
        match self.one_hot(points, device) {
            Some(y) => Tensor::cat(vec![x, y], 1),
            None => x,
        }
    }
}

impl Session {
    /// Draws `n` points of P_phi of the classes asked for, in the reader's units. [`Session::asked`] tells whether they can be.
    pub async fn sample_of(&self, n: usize, asked: Asked) -> Result<Table> {
        let run = self.run()?.looked_at(asked);
        Ok(run.units.table(&run.sample(n).await?))
    }

    /// log P_phi at `points`, of the classes asked for, normalised where that is possible, in the reader's units.
    pub async fn log_prob_of(&self, points: &Table, asked: Asked) -> Result<LogDensity> {
        self.run()?
            .looked_at(asked)
            .log_prob(points, &self.device.clone().inner())
            .await
    }

    /// log P_phi(y | x) for every class, by Bayes' rule from P_phi(x | y) and the classes' shares in the data.
    ///
    /// # Errors
    /// [`Error::NotConditional`] where no classes are learned or the model has no density.
    pub async fn classify(&self, points: &Table) -> Result<Classified> {
        let run = self.run()?;
        let device = self.device.clone().inner();
        let found = run.log_posterior(&run.units.points(points), &device).await?;
        found.ok_or(Error::NotConditional)
    }
}
