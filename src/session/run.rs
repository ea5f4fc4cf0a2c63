//! A model in training: its data, its random streams, its past, and the way back from weights that ran away.

use super::{
    checkpoint::Checkpoint,
    config::Choice,
    floors,
    frame::{self, PackedRead},
    history::History,
    looks::Looks,
    report::{HistoryRow, StepReport},
    source::Source,
    standardize::Standardizer,
    timeline::Timeline,
};
use crate::{
    data::{Dataset, Points, Units},
    error::{Error, Result},
    models::Model,
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
    /// What was measured on the way. Whoever goes to another state leaves those that are under way behind.
    pub looks: Rc<RefCell<Looks>>,
    pub floors: Rc<floors::Shared>,
    /// Where training went back to when a loss was not finite, until it has done well since.
    pub ran_away_at: Option<u64>,
    /// Where it can go back to: states whose loss was seen to be finite, and the one that a reader left to look at another.
    pub timeline: Timeline<Checkpoint>,
    /// Where the step under way began, whose first half is taken.
    pub half: Option<Checkpoint>,
}

impl Run {
    /// Builds the chosen model on the autodiff `device`, at step 0.
    pub fn new(data: Rc<dyn Dataset>, choice: Choice, device: &Device) -> Self {
        let stream = |of| Rng::new(choice.seed.into(), of);
        let mut data_rng = stream(Stream::Data);
        let standardizer = Standardizer::of(data.as_ref());
        let mut model = choice
            .model
            .model(data.space(), &choice.settings, &mut stream(Stream::Init), device);
        if choice.settings.is_conditional() {
            model.set_class_shares(&data.class_shares());
        }
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
            timeline: Timeline::default(),
            half: None,
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
            timeline: Timeline::default(),
            half: None,
        }
    }

    /// Learns for `n` steps of data uploaded to the plain `device`.
    pub async fn step(&mut self, n: usize, device: &Device) -> Result<StepReport> {
        let start = Instant::now();
        let before = self.checkpoint();
        if n > 0 {
            self.forget_after(self.step);
        }
        let mut losses = PackedRead::default();
        for _ in 0..n {
            // a step whose first half is taken goes on
            let loss = match self.model.second_half(&mut self.noise_rng) {
                Some(loss) => loss,
                None => {
                    let x = self.fresh(device);
                    self.model.train_step(x, &mut self.noise_rng)
                }
            };
            losses.push(loss);
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
            self.half = None;
            self.keep(before);
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

    /// Data for a step.
    pub fn fresh(&mut self, device: &Device) -> Tensor<2> {
        let mut rng = self.data_rng.clone();
        let x = self.batch(&mut rng, device);
        self.data_rng = rng;
        x
    }

    /// Those that `rng` draws.
    pub fn batch(&self, rng: &mut Rng, device: &Device) -> Tensor<2> {
        let points = self.choice.settings.int("batch") * self.model.batches_per_step();
        let points = self.source.batch(self.data.as_ref(), points, rng);
        self.labelled(&points, device)
    }

    /// Goes on with other settings, none of which needs another model.
    pub fn choose(&mut self, choice: Choice) {
        if choice.settings != self.choice.settings {
            if let Some(begun) = self.half.take() {
                self.go_to(&begun);
            }
            self.apply(&choice);
            // what ran away did so under the old settings
            self.ran_away_at = None;
        }
        self.choice = choice;
    }

    fn apply(&mut self, choice: &Choice) {
        let moved = |&(id, value): &(&str, f64)| self.choice.settings.float(id) != value;
        let moved: Vec<_> = choice.settings.iter().filter(moved).collect();
        for (id, value) in moved {
            self.model.set(id, value);
        }
    }

    /// The learning curve until now.
    pub fn past(&self) -> &[HistoryRow] {
        self.history.until(self.step)
    }

    /// Where it stands; within a step where that began.
    pub fn checkpoint(&self) -> Checkpoint {
        self.half.clone().unwrap_or_else(|| Checkpoint {
            choice: self.choice.clone(),
            state: self.model.state(),
            step: self.step,
            seconds: self.seconds,
            data_rng: self.data_rng.clone(),
            noise_rng: self.noise_rng.clone(),
            walk_rng: self.walk_rng.clone(),
            walkers: self.walkers.clone(),
            looks: self.looks.borrow().clone(),
            ran_away_at: self.ran_away_at,
        })
    }

    /// Stands where it stood, its settings as they were. What came later is still known.
    pub fn go_to(&mut self, to: &Checkpoint) {
        self.apply(&to.choice);
        self.choice = to.choice.clone();
        self.model.load_state(&to.state);
        (self.step, self.seconds) = (to.step, to.seconds);
        (self.data_rng, self.noise_rng) = (to.data_rng.clone(), to.noise_rng.clone());
        (self.walk_rng, self.walkers) = (to.walk_rng.clone(), to.walkers.clone());
        self.looks = Rc::new(RefCell::new(to.looks.clone()));
        self.ran_away_at = to.ran_away_at;
        self.half = None;
    }

    /// Remembers a state to go back to.
    pub fn keep(&mut self, checkpoint: Checkpoint) {
        self.timeline.keep(checkpoint.step, checkpoint.bytes(), checkpoint);
    }

    /// What came after `step` did not happen.
    pub fn forget_after(&mut self, step: u64) {
        self.timeline.forget_after(step);
        self.history.forget_after(step);
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
        Ok(Points::new(self.standardizer.dim(), values))
    }

    /// At most `n` data points to look at, the same each time.
    pub fn shown(&self, n: usize) -> Points {
        self.source.shown(self.data.as_ref(), n, &mut self.eval_rng())
    }

    /// Draws `n` points of P_phi, in the data set's units.
    pub async fn sample(&self, n: usize) -> Result<Points> {
        self.read_points(self.model.sample(n, &mut self.look_rng())).await
    }

    /// Goes back to weights whose loss was finite, after the loss number `bad` of the steps since `before` was not.
    fn roll_back(&mut self, before: Checkpoint, bad: usize) -> Error {
        let step = before.step + bad as u64 + 1;
        // Where the very first loss is bad, it was the update before these steps that spoiled the weights.
        let proven = (bad == 0).then(|| self.timeline.at(before.step.saturating_sub(1)).cloned());
        let to = proven.flatten().unwrap_or(before);
        let choice = self.choice.clone();
        self.go_to(&to);
        self.forget_after(to.step);
        self.choose(choice);
        self.ran_away_at = Some(to.step);
        self.walkers = None;
        Error::LossNotFinite {
            model: self.choice.model.id.into(),
            step,
        }
    }
}
