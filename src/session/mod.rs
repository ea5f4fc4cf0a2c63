//! One model learning one data set: what a page, a script or a benchmark drives.
//!
//! Pull, not push: the caller asks for steps and for frames; to pause is to stop asking. All reads are awaited, so the same code serves a
//! CPU that answers at once and a GPU that does not.

mod checkpoint;
mod condition;
pub mod config;
pub mod control;
pub mod diagnosis;
mod draw;
pub mod evaluate;
mod expression;
pub mod fill;
mod floors;
pub mod frame;
mod history;
mod looks;
mod metric;
pub mod path;
pub mod preset;
pub mod probe;
mod report;
mod run;
pub mod slice;
pub mod slow;
pub mod snapshot;
mod source;
pub mod standardize;
mod time;
pub mod timeline;
pub mod weights;
pub mod words;

pub use metric::{Metric, MetricGroup};
pub use report::{Applied, HistoryRow, OwnApplied, StepReport};

use crate::{
    data::{Bounds, DataNote, Dataset, Dequantized, Ellipse, Ellipses, Own, OwnData, OwnDraws, Table, registered},
    error::{Error, Result},
    models::composition::Asked,
    spec::data::NOISE,
};
use burn::tensor::Device;
use config::{CUSTOM, Choice, Config, MIXTURE, Patch};
use diagnosis::Diagnosis;
use run::Run;
use standardize::Standardizer;
use std::{rc::Rc, sync::Arc};

/// A session on one device. Call [`Session::configure`] first.
pub struct Session {
    /// With autodiff.
    device: Device,
    own: Option<Arc<Own>>,
    run: Option<Run>,
}

impl Session {
    /// A session that computes on `device`.
    pub fn new(device: Device) -> Self {
        Self {
            device: device.autodiff(),
            own: None,
            run: None,
        }
    }

    fn applied(&self, restarted: bool) -> Result<Applied> {
        Ok(Applied {
            config: self.config()?,
            restarted,
            step: self.run()?.step,
        })
    }

    fn run(&self) -> Result<&Run> {
        self.run.as_ref().ok_or(Error::NotConfigured)
    }

    fn run_mut(&mut self) -> Result<&mut Run> {
        self.run.as_mut().ok_or(Error::NotConfigured)
    }

    /// What would be chosen with `patch`.
    fn choice_with(&self, patch: &Patch) -> Result<Choice> {
        let current = self.run.as_ref().map(|run| &run.choice);
        Choice::patched(current, patch, |id| Ok(self.dataset(id, 0.0)?.space()))
    }

    /// Changes settings. A refused patch changes nothing.
    pub fn configure(&mut self, patch: &Patch) -> Result<Applied> {
        let current = self.run.as_ref().map(|run| &run.choice);
        let choice = self.choice_with(patch)?;
        let restarted = current.is_none_or(|old| choice.restarts_from(old));
        if restarted {
            self.restart(choice)?;
        } else {
            self.run_mut()?.choose(choice);
        }
        self.applied(restarted)
    }

    /// Learns the reader's own data instead. Refused data change nothing.
    pub fn set_own(&mut self, data: OwnData) -> Result<OwnApplied> {
        let own = Arc::new(Own::new(data)?);
        let (notes, dim) = (own.notes(), own.dim());
        let before = self.own.replace(own);
        let patch = Patch {
            data: Some(CUSTOM.into()),
            ..Patch::default()
        };
        let started = self.choice_with(&patch).and_then(|choice| self.start(choice));
        match started {
            Ok(run) => self.run = Some(run),
            Err(error) => {
                self.own = before;
                return Err(error);
            }
        }
        let applied = self.applied(true)?;
        Ok(OwnApplied { applied, notes, dim })
    }

    /// Learns a mixture of Gaussians that the reader edits: 1 to 12 of them, whose weights need not sum to 1. Refused components change nothing.
    pub fn set_mixture(&mut self, components: Vec<Ellipse>) -> Result<Applied> {
        self.configure(&Patch {
            data: Some(MIXTURE.into()),
            mixture: Some(components),
            ..Patch::default()
        })
    }

    /// The reader's own data as they were given, where there are any.
    pub fn own(&self) -> Option<&OwnData> {
        self.own.as_deref().map(Own::data)
    }

    /// What the reader should know of them.
    pub fn own_notes(&self) -> Vec<DataNote> {
        self.own.as_deref().map(Own::notes).unwrap_or_default()
    }

    /// The same choice with fresh weights, from step 0.
    pub fn reset(&mut self) -> Result<Applied> {
        self.restart(self.run()?.choice.clone())?;
        self.applied(true)
    }

    /// The data set of that id with extra noise of standard deviation `noise`, in its units.
    fn dataset(&self, id: &str, noise: f64) -> Result<Box<dyn Dataset>> {
        match (&self.own, id) {
            (Some(own), CUSTOM) => Ok(Box::new(OwnDraws::new(own.clone(), noise))),
            (None, CUSTOM) => Err(Error::TooFewPoints { count: 0 }),
            _ => registered(id, noise),
        }
    }

    /// Starts anew. Floors that are those of the same data stay.
    fn restart(&mut self, choice: Choice) -> Result<()> {
        let mut run = self.start(choice)?;
        if let Some(old) = self.run.take()
            && old.choice.measures_the_same_as(&run.choice)
        {
            run.floors = old.floors;
        }
        self.run = Some(run);
        Ok(())
    }

    /// The chosen data with extra noise of standard deviation `noise`, in units of the data set.
    fn chosen_data(&self, choice: &Choice, noise: f64) -> Result<Box<dyn Dataset>> {
        match choice.data.as_str() {
            MIXTURE => Ok(Box::new(Ellipses::new(choice.mixture.clone(), noise))),
            id => self.dataset(id, noise),
        }
    }

    /// Standard deviation of the noise that the reader has chosen, in units of the data set.
    fn chosen_noise(&self, choice: &Choice) -> Result<f64> {
        let share = choice.settings.float(NOISE.id);
        if share == 0.0 {
            return Ok(0.0);
        }
        let data = self.chosen_data(choice, 0.0)?;
        Ok(match data.units() {
            Some(_) => share,
            None => share * Standardizer::measured(data.as_ref()).scale(),
        })
    }

    /// The data with the noise that the model learns them with, where it does.
    fn blurred(&self) -> Result<Option<Box<dyn Dataset>>> {
        let Run {
            model,
            choice,
            standardizer,
            ..
        } = self.run()?;
        let Some(blur) = model.blur() else { return Ok(None) };
        let noise = self.chosen_noise(choice)?.hypot(blur * standardizer.scale());
        self.chosen_data(choice, noise).map(Some)
    }

    fn start(&self, choice: Choice) -> Result<Run> {
        let data = self.chosen_data(&choice, self.chosen_noise(&choice)?)?;
        let data: Rc<dyn Dataset> = match data.levels() {
            Some(_) if !choice.model.discrete => Rc::new(Dequantized(data)),
            _ => data.into(),
        };
        Ok(Run::new(data, choice, &self.device))
    }

    /// What is chosen.
    pub fn config(&self) -> Result<Config> {
        Ok(self.run()?.choice.config())
    }

    /// The learning curve: every logged turn, and of long runs the older ones together.
    pub fn history(&self) -> Result<&[HistoryRow]> {
        Ok(self.run()?.past())
    }

    /// At most `n` points of the data to look at, and the box to draw them in. The same seed shows the same points: of a fixed training set
    /// those that are trained on.
    pub fn data(&self, n: usize) -> Result<(Table, Bounds)> {
        let run = self.run()?;
        Ok((run.units.table(&run.shown(n)), run.units.bounds(&run.data.bounds())))
    }

    /// Learns for `n` steps.
    ///
    /// # Errors
    /// [`Error::LossNotFinite`] where a loss ran away; the weights are then the last whose loss was finite.
    pub async fn step(&mut self, n: usize) -> Result<StepReport> {
        let device = self.device.clone().inner();
        self.run_mut()?.step(n, &device).await
    }

    /// What the losses and the measurements so far say is wrong; nothing before something was measured.
    pub fn diagnose(&self) -> Result<Vec<Diagnosis>> {
        Ok(self.run()?.diagnose())
    }

    /// Draws `n` points of P_phi, in the reader's units.
    pub async fn sample(&self, n: usize) -> Result<Table> {
        self.sample_of(n, Asked::All).await
    }

    /// Whether numbers of the data need 64 bits, as those that readers bring may.
    pub fn is_double(&self) -> Result<bool> {
        Ok(self.run()?.data.units().is_some())
    }
}

#[cfg(test)]
mod tests;
