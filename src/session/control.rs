//! What a session says of one class, and of which class a point is.

use super::{Run, Session, condition, evaluate::LogDensity};
use crate::{
    data::{Points, Table},
    error::{Error, Result},
    models::classes::one_hot,
    spec::classes::{ALL_CLASSES, CONDITION},
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
    /// The same, looked at through one class or through all of them, whatever the reader looks at.
    pub fn looked_at(&self, class: Option<usize>) -> Self {
        let mut twin = self.twin();
        twin.model
            .set(CONDITION.id, class.map_or(ALL_CLASSES, |class| class as f64));
        twin
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
    /// What is looked at where a class is asked for by a call.
    fn of_class(&self, class: Option<usize>) -> Result<Run> {
        let run = self.run()?;
        if let Some(class) = class {
            condition::checked(&run.choice.settings, class, run.data.space().classes)?;
        }
        Ok(run.looked_at(class))
    }

    /// Draws `n` points of P_phi(x | class), or of P_phi(x) for none, in the reader's units.
    ///
    /// # Errors
    /// [`Error::NotConditional`], [`Error::NoSuchClass`].
    pub async fn sample_of(&self, n: usize, class: Option<usize>) -> Result<Table> {
        let run = self.of_class(class)?;
        Ok(run.units.table(&run.sample(n).await?))
    }

    /// log P_phi(x | class), or log P_phi(x) for none, at `points`, normalised where that is possible, in the reader's units.
    ///
    /// # Errors
    /// As [`Session::sample_of`].
    pub async fn log_prob_of(&self, points: &Table, class: Option<usize>) -> Result<LogDensity> {
        self.of_class(class)?
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
