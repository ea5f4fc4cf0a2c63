//! A model in training: its data, its random streams, its past, and the way back from weights that ran away.

use super::{
    config::Choice,
    floors,
    frame::{self, PackedRead},
    history::History,
    looks::Looks,
    report::{HistoryRow, StepReport},
    source::Source,
    standardize::Standardizer,
};
use crate::{
    data::{Dataset, Points, Units},
    error::{Error, Result},
    models::{Model, State},
    rng::{Rng, Stream},
};
use burn::tensor::{Device, Tensor};
use std::{cell::RefCell, rc::Rc};
use web_time::Instant;

/// Steps with finite losses after which it no longer counts that training once ran away.
const FORGIVEN: u64 = 300;

/// A configured model with all that belongs to it.
pub(super) struct Run {
    pub choice: Choice,
    pub data: Rc<dyn Dataset>,
    pub source: Source,
    pub standardizer: Standardizer,
    /// From the data set's units to the reader's.
    pub units: Units,
    pub model: Box<dyn Model>,
    pub step: u64,
    /// Training time so far.
    pub seconds: f64,
    pub data_rng: Rng,
    pub noise_rng: Rng,
    /// Moves the walkers that are drawn: looking never changes what is learned.
    pub walk_rng: Rng,
    /// Langevin walkers in model units, `[n, d]`.
    pub walkers: Option<Tensor<2>>,
    pub history: History,
    /// What was measured on the way.
    pub looks: Rc<RefCell<Looks>>,
    pub floors: Rc<floors::Shared>,
    /// Where training went back to when a loss was not finite, until it has done well since.
    pub ran_away_at: Option<u64>,
    /// The last weights whose loss was seen to be finite.
    proven: Option<Checkpoint>,
}

/// Where a run stood before some steps. Tensors share their storage, so keeping one costs little.
struct Checkpoint {
    state: State,
    step: u64,
    data_rng: Rng,
    noise_rng: Rng,
}

impl Run {
    /// Builds the chosen model on the autodiff `device`, at step 0.
    pub fn new(data: Rc<dyn Dataset>, choice: Choice, device: &Device) -> Self {
        let stream = |of| Rng::new(choice.seed.into(), of);
        let mut data_rng = stream(Stream::Data);
        let standardizer = Standardizer::of(data.as_ref());
        let mut model = (choice.model.build)(data.space(), &choice.settings, &mut stream(Stream::Init), device);
        if data.space().can_be_drawn() {
            model.set_extent(standardizer.extent(data.as_ref()));
        }
        Self {
            source: Source::new(data.as_ref(), &choice.settings, &mut data_rng),
            standardizer,
            units: data
                .units()
                .cloned()
                .unwrap_or_else(|| Units::of_the_reader(data.dim())),
            model,
            data,
            step: 0,
            seconds: 0.0,
            data_rng,
            noise_rng: stream(Stream::Noise),
            walk_rng: stream(Stream::Walk),
            walkers: None,
            history: History::default(),
            looks: Rc::default(),
            floors: floors::Shared::of(&choice),
            ran_away_at: None,
            proven: None,
            choice,
        }
    }

    /// The same as it is now, to be looked at while this one learns on: what is found is remembered here too.
    pub fn twin(&self) -> Self {
        Self {
            choice: self.choice.clone(),
            data: self.data.clone(),
            source: Source::Fresh,
            standardizer: self.standardizer.clone(),
            units: self.units.clone(),
            model: self.model.twin(),
            step: self.step,
            seconds: self.seconds,
            data_rng: self.data_rng.clone(),
            noise_rng: self.noise_rng.clone(),
            walk_rng: self.walk_rng.clone(),
            walkers: None,
            history: History::default(),
            looks: self.looks.clone(),
            floors: self.floors.clone(),
            ran_away_at: None,
            proven: None,
        }
    }

    /// Learns for `n` steps of data uploaded to the plain `device`.
    pub async fn step(&mut self, n: usize, device: &Device) -> Result<StepReport> {
        let start = Instant::now();
        let before = self.checkpoint();
        let batch = self.choice.settings.int("batch");
        let mut losses = PackedRead::default();
        for _ in 0..n {
            let points = batch * self.model.batches_per_step();
            let points = self.source.batch(self.data.as_ref(), points, &mut self.data_rng);
            let x = self.standardizer.upload(&points, device);
            losses.push(self.model.train_step(x, &mut self.noise_rng));
        }
        let losses = losses.read().await?;
        if let Some(bad) = losses.iter().position(|row| row.iter().any(|loss| !loss.is_finite())) {
            return Err(self.roll_back(before, bad));
        }
        let seconds = start.elapsed().as_secs_f64();
        self.step += n as u64;
        if self.ran_away_at.is_some_and(|at| self.step >= at + FORGIVEN) {
            self.ran_away_at = None;
        }
        self.seconds += seconds;
        let mean = |i: usize| losses.iter().map(|row| row[i]).sum::<f32>() / n as f32;
        let losses: Vec<f32> = if n == 0 {
            Vec::new()
        } else {
            (0..losses[0].len()).map(mean).collect()
        };
        if n > 0 {
            self.proven = Some(before);
            self.history.push(HistoryRow {
                step: self.step,
                losses: losses.clone(),
                seconds: self.seconds,
            });
        }
        Ok(StepReport {
            step: self.step,
            losses,
            seconds,
        })
    }

    /// A fresh stream of data to look at and to measure on.
    pub fn eval_rng(&self) -> Rng {
        Rng::new(self.choice.seed.into(), Stream::Eval)
    }

    /// A fresh stream for what the model draws: the same noise each time, so that pictures move only because the model does.
    pub fn look_rng(&self) -> Rng {
        Rng::new(self.choice.seed.into(), Stream::Look)
    }

    /// Points that the model has made, `[n, d]`, in the data set's units.
    pub async fn read_points(&self, x: Tensor<2>) -> Result<Points> {
        let mut values = frame::read(x).await?;
        self.standardizer.to_data_units(&mut values);
        Ok(Points {
            dim: self.standardizer.dim(),
            values,
        })
    }

    /// At most `n` data points to look at, the same each time.
    pub fn shown(&self, n: usize) -> Points {
        self.source.shown(self.data.as_ref(), n, &mut self.eval_rng())
    }

    /// Draws `n` points of P_phi, in the data set's units.
    pub async fn sample(&self, n: usize) -> Result<Points> {
        self.read_points(self.model.sample(n, &mut self.look_rng())).await
    }

    fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            state: self.model.state(),
            step: self.step,
            data_rng: self.data_rng.clone(),
            noise_rng: self.noise_rng.clone(),
        }
    }

    /// Goes back to weights whose loss was finite, after the loss number `bad` of the steps since `before` was not.
    fn roll_back(&mut self, before: Checkpoint, bad: usize) -> Error {
        let step = before.step + bad as u64 + 1;
        // Where the very first loss is bad, it was the update before these steps that spoiled the weights.
        let to = if bad == 0 {
            self.proven.take().unwrap_or(before)
        } else {
            before
        };
        self.model.load_state(&to.state);
        (self.step, self.data_rng, self.noise_rng) = (to.step, to.data_rng, to.noise_rng);
        self.history.forget_after(to.step);
        // A measurement that is under way is of weights that did not happen: it tells the old ones.
        let mut looks = self.looks.borrow().clone();
        looks.forget_after(to.step);
        self.looks = Rc::new(RefCell::new(looks));
        self.ran_away_at = Some(to.step);
        self.walkers = None;
        Error::LossNotFinite {
            model: self.choice.model.id.into(),
            step,
        }
    }
}
