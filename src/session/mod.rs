//! One model learning one data set: what a page, a script or a benchmark drives.
//!
//! Pull, not push: the caller asks for steps and for frames; to pause is to stop asking. All reads are awaited, so the same code serves a
//! CPU that answers at once and a GPU that does not.

pub mod config;
mod draw;
pub mod evaluate;
pub mod frame;
pub mod snapshot;
pub mod standardize;

use crate::{
    data::{Custom, Dataset, Points},
    error::{Error, Result},
    models::{Model, State},
    rng::{Rng, Stream},
};
use burn::tensor::{Device, Tensor};
use config::{CUSTOM, Choice, Config, Patch};
use frame::PackedRead;
use serde::{Deserialize, Serialize};
use standardize::Standardizer;
use web_time::Instant;

/// The result of a change.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Applied {
    pub config: Config,
    /// Whether the model was built anew.
    pub restarted: bool,
    /// Steps since the start: 0 after a restart, more after a restored snapshot.
    pub step: u64,
}

/// The result of some steps.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct StepReport {
    /// Steps since the start.
    pub step: u64,
    /// Mean over these steps, in the order of the model's row.
    pub losses: Vec<f32>,
    /// Wall-clock time of these steps.
    pub seconds: f64,
}

/// A logged point of the learning curve.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct HistoryRow {
    pub step: u64,
    pub losses: Vec<f32>,
    /// Training time since the start.
    pub seconds: f64,
}

/// A configured model with its data, its random streams and its past.
struct Run {
    choice: Choice,
    data: Box<dyn Dataset>,
    standardizer: Standardizer,
    model: Box<dyn Model>,
    step: u64,
    seconds: f64,
    data_rng: Rng,
    noise_rng: Rng,
    /// Moves the walkers that are drawn: looking never changes what is learned.
    walk_rng: Rng,
    /// Langevin walkers in model units, `[n, d]`.
    walkers: Option<Tensor<2>>,
    history: Vec<HistoryRow>,
    /// The last weights whose loss was seen to be finite.
    proven: Option<Checkpoint>,
}

/// A session on one device. Call [`Session::configure`] first.
pub struct Session {
    /// With autodiff.
    device: Device,
    custom: Option<Points>,
    run: Option<Run>,
}

impl Session {
    /// A session that computes on `device`.
    pub fn new(device: Device) -> Self {
        Self {
            device: device.autodiff(),
            custom: None,
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

    /// Changes settings. A refused patch changes nothing.
    pub fn configure(&mut self, patch: &Patch) -> Result<Applied> {
        let current = self.run.as_ref().map(|run| &run.choice);
        let choice = Choice::patched(current, patch, |id| Ok(self.dataset(id)?.dim()))?;
        let restarted = current.is_none_or(|old| choice.restarts_from(old));
        if restarted {
            self.run = Some(self.start(choice)?);
        } else {
            let run = self.run_mut()?;
            for (id, value) in choice.settings.iter() {
                run.model.set(id, value);
            }
            run.choice = choice;
        }
        self.applied(restarted)
    }

    /// Learns the reader's own points instead. Refused points change nothing.
    pub fn set_data(&mut self, points: Points) -> Result<Applied> {
        Custom::new(points.clone())?;
        let before = self.custom.replace(points);
        let patch = Patch {
            data: Some(CUSTOM.into()),
            ..Patch::default()
        };
        let current = self.run.as_ref().map(|run| &run.choice);
        let started =
            Choice::patched(current, &patch, |id| Ok(self.dataset(id)?.dim())).and_then(|choice| self.start(choice));
        match started {
            Ok(run) => self.run = Some(run),
            Err(error) => {
                self.custom = before;
                return Err(error);
            }
        }
        self.applied(true)
    }

    /// The same choice with fresh weights, from step 0.
    pub fn reset(&mut self) -> Result<Applied> {
        let choice = self.run()?.choice.clone();
        self.run = Some(self.start(choice)?);
        self.applied(true)
    }

    fn dataset(&self, id: &str) -> Result<Box<dyn Dataset>> {
        match (&self.custom, id) {
            (Some(points), CUSTOM) => Ok(Box::new(Custom::new(points.clone())?)),
            (None, CUSTOM) => Err(Error::TooFewPoints { count: 0 }),
            _ => config::registered(id),
        }
    }

    fn start(&self, choice: Choice) -> Result<Run> {
        let data = self.dataset(&choice.data)?;
        let seed = choice.seed.into();
        let model = (choice.model.build)(
            data.dim(),
            &choice.settings,
            &mut Rng::new(seed, Stream::Init),
            &self.device,
        );
        Ok(Run {
            standardizer: Standardizer::of(data.as_ref()),
            data,
            model,
            choice,
            step: 0,
            seconds: 0.0,
            data_rng: Rng::new(seed, Stream::Data),
            noise_rng: Rng::new(seed, Stream::Noise),
            walk_rng: Rng::new(seed, Stream::Walk),
            walkers: None,
            history: Vec::new(),
            proven: None,
        })
    }

    /// What is chosen.
    pub fn config(&self) -> Result<Config> {
        Ok(self.run()?.choice.config())
    }

    /// Every logged step.
    pub fn history(&self) -> Result<&[HistoryRow]> {
        Ok(&self.run()?.history)
    }

    /// `n` points of the data to look at, and the box to draw them in. The same seed shows the same points.
    pub fn data(&self, n: usize) -> Result<(Points, crate::data::Bounds)> {
        let run = self.run()?;
        Ok((run.data.sample(n, &mut run.eval_rng()), run.data.bounds()))
    }

    /// Learns for `n` steps.
    ///
    /// # Errors
    /// [`Error::LossNotFinite`] where a loss ran away; the weights are then those before these steps.
    pub async fn step(&mut self, n: usize) -> Result<StepReport> {
        let device = self.device.clone().inner();
        let run = self.run_mut()?;
        let start = Instant::now();
        let before = run.checkpoint();
        let (batch, rate) = (
            run.choice.settings.int("batch"),
            run.choice.settings.float("learning_rate"),
        );
        let mut losses = PackedRead::default();
        for _ in 0..n {
            let x = run
                .standardizer
                .upload(&run.data.sample(batch, &mut run.data_rng), &device);
            losses.push(run.model.train_step(x, rate, &mut run.noise_rng));
            run.step += 1;
        }
        let losses = losses.read().await?;
        if let Some(bad) = losses.iter().position(|row| row.iter().any(|loss| !loss.is_finite())) {
            let step = before.step + bad as u64 + 1;
            // Where the very first loss is bad, it was the update before these steps that spoiled the weights.
            let good = if bad == 0 {
                run.proven.take().unwrap_or(before)
            } else {
                before
            };
            run.roll_back(good);
            return Err(Error::LossNotFinite {
                model: run.choice.model.id.into(),
                step,
            });
        }
        if n > 0 {
            run.proven = Some(before);
        }
        let seconds = start.elapsed().as_secs_f64();
        run.seconds += seconds;
        let names = run.choice.model.losses.len();
        let mean = |i: usize| losses.iter().map(|row| row[i]).sum::<f32>() / losses.len().max(1) as f32;
        let losses: Vec<f32> = if losses.is_empty() {
            Vec::new()
        } else {
            (0..names).map(mean).collect()
        };
        if n > 0 {
            run.history.push(HistoryRow {
                step: run.step,
                losses: losses.clone(),
                seconds: run.seconds,
            });
        }
        Ok(StepReport {
            step: run.step,
            losses,
            seconds,
        })
    }

    /// Draws `n` points of P_phi, in data units.
    pub async fn sample(&self, n: usize) -> Result<Points> {
        let run = self.run()?;
        let mut values = frame::read(run.model.sample(n, &mut run.eval_rng())).await?;
        run.standardizer.to_data_units(&mut values);
        Ok(Points {
            dim: run.standardizer.dim(),
            values,
        })
    }
}

/// Where a run stood before some steps.
struct Checkpoint {
    state: State,
    step: u64,
    data_rng: Rng,
    noise_rng: Rng,
}

impl Run {
    fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            state: self.model.state(),
            step: self.step,
            data_rng: self.data_rng.clone(),
            noise_rng: self.noise_rng.clone(),
        }
    }

    fn roll_back(&mut self, to: Checkpoint) {
        self.model.load_state(&to.state);
        (self.step, self.data_rng, self.noise_rng) = (to.step, to.data_rng, to.noise_rng);
        self.history.retain(|row| row.step <= self.step);
    }

    /// A fresh stream for looking and measuring: the same noise each time, so that pictures move only because the model does.
    fn eval_rng(&self) -> Rng {
        Rng::new(self.choice.seed.into(), Stream::Eval)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::Density;
    use pollster::block_on;

    /// A model whose update spoils its weights after `spoils_at` updates: the loss of the step after is the first that shows it.
    struct Fragile {
        weight: f32,
        updates: u64,
        spoils_at: u64,
    }

    impl Model for Fragile {
        fn parameters(&self, _player: usize) -> Tensor<1> {
            Tensor::from_data([self.weight], &Device::flex())
        }
        fn parameter_sizes(&self, _player: usize) -> Vec<usize> {
            vec![1]
        }
        fn set_parameters(&mut self, _player: usize, theta: Tensor<1>) {
            self.weight = theta.into_scalar();
        }
        fn loss(&self, player: usize, _x: Tensor<2>, _rng: &mut Rng) -> Tensor<1> {
            self.parameters(player)
        }
        fn gradient(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
            self.loss(player, x, rng)
        }
        fn train_step(&mut self, x: Tensor<2>, _learning_rate: f64, rng: &mut Rng) -> Tensor<1> {
            let loss = self.loss(0, x, rng);
            self.updates += 1;
            self.weight = if self.updates == self.spoils_at {
                f32::NAN
            } else {
                self.weight - 1.0
            };
            loss
        }
        fn sample(&self, n: usize, _rng: &mut Rng) -> Tensor<2> {
            Tensor::zeros([n, 2], &Device::flex())
        }
        fn density(&self, _x: Tensor<2>, _rng: &mut Rng) -> Density {
            Density::None
        }
        fn state(&self) -> State {
            State {
                tensors: vec![self.parameters(0)],
                counts: vec![self.updates],
            }
        }
        fn load_state(&mut self, state: &State) {
            self.set_parameters(0, state.tensors[0].clone());
            self.updates = state.counts[0];
        }
    }

    fn session_that_spoils_at(spoils_at: u64) -> Session {
        let mut session = Session::new(Device::flex());
        let patch = Patch {
            model: Some("realnvp".into()),
            ..Patch::default()
        };
        session.configure(&patch).expect("configures");
        session.run_mut().expect("configured").model = Box::new(Fragile {
            weight: 100.0,
            updates: 0,
            spoils_at,
        });
        session
    }

    #[test]
    fn a_loss_that_is_not_finite_goes_back_to_weights_whose_loss_was() {
        // Spoiled in the middle of a call, and by the last update of a call: then only the next call's first loss shows it.
        for (spoils_at, step) in [(6, 7), (8, 9)] {
            let mut session = session_that_spoils_at(spoils_at);
            block_on(session.step(4)).expect("finite");
            let second = block_on(session.step(4));
            let error = if spoils_at < 8 {
                second
            } else {
                second.and_then(|_| block_on(session.step(4)))
            }
            .expect_err("not finite");
            assert_eq!(
                error,
                Error::LossNotFinite {
                    model: "realnvp".into(),
                    step
                }
            );
            let run = session.run().expect("still there");
            assert_eq!(run.step, 4);
            let weight: f32 = run.model.parameters(0).into_scalar();
            assert_eq!(weight, 96.0, "weights of step 4, the last proven ones");
        }
    }
}
