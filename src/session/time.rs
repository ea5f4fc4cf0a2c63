//! Back and forth in time: to states that a run has kept, and by halves of a step.

use super::{Applied, Session, StepReport, checkpoint::Checkpoint, config::Config, history::History, snapshot::read};
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// All that a run can go to, as plain bytes.
#[derive(Serialize, Deserialize)]
struct Past {
    /// What was logged, what came after the present too.
    history: History,
    states: Vec<Vec<u8>>,
}

fn bad(error: impl ToString) -> Error {
    Error::BadSnapshot {
        reason: error.to_string(),
    }
}

impl Session {
    /// Steps that [`Session::go`] can go to, rising; the present is one of them.
    pub fn timeline(&self) -> Result<Vec<u64>> {
        let run = self.run()?;
        let mut steps: Vec<u64> = run.timeline.steps().collect();
        if let Err(at) = steps.binary_search(&run.step) {
            steps.insert(at, run.step);
        }
        Ok(steps)
    }

    /// Stands where the run stood at `step`, or at the last step before it that is kept, with the settings of then. What came later is kept until a
    /// step is taken.
    pub fn go(&mut self, step: u64) -> Result<Applied> {
        let run = self.run_mut()?;
        // what is left to look at another state is not lost
        if run.timeline.steps().all(|kept| kept <= run.step) {
            run.keep(run.checkpoint());
        }
        let to = self.state_at(step)?;
        self.run_mut()?.go_to(&to);
        self.applied(false)
    }

    /// The settings of the state that [`Session::go`] would go to.
    pub fn config_at(&self, step: u64) -> Result<Config> {
        Ok(self.state_at(step)?.choice.config())
    }

    /// A snapshot of the state that [`Session::go`] would go to, without going there.
    pub async fn snapshot_at(&self, step: u64) -> Result<Vec<u8>> {
        self.written(self.state_at(step)?).await
    }

    fn state_at(&self, step: u64) -> Result<Checkpoint> {
        let run = self.run()?;
        let kept = run.timeline.at(step).or(run.timeline.first());
        // the present may be kept nowhere yet
        let kept = kept.filter(|kept| step < run.step || kept.step > run.step);
        Ok(kept.cloned().unwrap_or_else(|| run.checkpoint()))
    }

    /// All states that are kept and what was logged, for [`Session::recall`].
    pub async fn past(&self) -> Result<Vec<u8>> {
        let run = self.run()?;
        let mut states = Vec::new();
        for state in run.timeline.states() {
            states.push(state.clone().write(None, History::default()).await?);
        }
        let past = Past {
            history: run.history.clone(),
            states,
        };
        // as a snapshot is written, so that a page loads the code for it once
        postcard::to_extend(&past, Vec::new()).map_err(bad)
    }

    /// Knows the past of the run that this one goes on from, whatever carried it before. Bytes that are refused change nothing.
    pub fn recall(&mut self, bytes: &[u8]) -> Result<()> {
        let past: Past = postcard::from_bytes(bytes).map_err(bad)?;
        let mut states = Vec::new();
        for state in past.states {
            let (snapshot, tail) = read(&state)?;
            states.push(self.checkpoint(snapshot, tail)?);
        }
        let run = self.run_mut()?;
        run.history = past.history;
        states.into_iter().for_each(|state| run.keep(state));
        Ok(())
    }

    /// The half of a step that is next, a discriminator's or a generator's; a step of a model that learns alone. Says nothing of a step that is not
    /// over.
    pub async fn half_step(&mut self) -> Result<Option<StepReport>> {
        let device = self.device.clone().inner();
        let run = self.run_mut()?;
        if run.half.is_some() || !run.model.has_halves() {
            return run.step(1, &device).await.map(Some);
        }
        let before = run.checkpoint();
        run.forget_after(run.step);
        let x = run.fresh(&device);
        run.model.first_half(x, &mut run.noise_rng);
        run.half = Some(before);
        Ok(None)
    }
}
