//! Gradient descent over one flat vector, and the learner that joins it to a module.
//!
//! All parameters of a module live in one 1-D tensor θ; the module holds views of it. The gradient's global norm is then one reduction, and
//! a snapshot is four tensors. Samples and measures are taken with a running average of θ, which the last batches' noise does not move:
//!
//! ```text
//! θ̄ ← d θ̄ + (1 − d) θ        d = min(average, (1 + t) / (10 + t))
//! ```
//!
//! Reference: B. Polyak and A. Juditsky, *Acceleration of Stochastic Approximation by Averaging*, 1992.

mod flat;
pub mod pieces;
pub mod schedule;
pub mod update;

use crate::spec::training::Training;
use burn::{module::Module, tensor::Tensor};
pub use flat::{Weight, flatten};
use flat::{decaying, unflatten};
use update::{Moving, rule};

/// A module that learns by gradient descent on a loss.
#[derive(Clone, Debug)]
pub struct Learner<M: Module> {
    /// Tracked by autodiff: what a loss is computed with.
    module: M,
    /// θ, its moments and θ̄, which is θ itself where there is no averaging.
    moving: Moving,
    /// 1 where weight decay acts, 0 elsewhere.
    decays: Tensor<1>,
    /// Updates so far.
    updates: u64,
    /// The update at which the schedule of the learning rate began.
    schedule_start: u64,
    training: Training,
    /// Factor on the learning rate, for the slower of two players.
    pace: f64,
}

impl<M: Module> Learner<M> {
    /// Learns `module`, which must have been built on an autodiff device.
    pub fn new(module: M, training: Training) -> Self {
        let theta = flatten(&module, None);
        Self {
            decays: decaying(&module, &theta.device()),
            module,
            moving: Moving::from(theta),
            updates: 0,
            schedule_start: 0,
            training,
            pace: 1.0,
        }
    }

    /// Learns what `change` makes of the module instead, from its first update on.
    pub fn rebuild(&mut self, change: impl FnOnce(M) -> M) {
        let Self { training, pace, .. } = *self;
        *self = Self::new(change(self.module.clone()), training).with_pace(pace);
    }

    /// Learns at `pace` times the learning rate.
    pub fn with_pace(self, pace: f64) -> Self {
        Self { pace, ..self }
    }

    /// Changes the pace from the next update on.
    pub fn set_pace(&mut self, pace: f64) {
        self.pace = pace;
    }

    /// Updates so far.
    pub fn updates(&self) -> u64 {
        self.updates
    }

    /// Changes a training setting from the next update on; `false` where `id` is none. What the schedule is made of starts it anew.
    pub fn set(&mut self, id: &str, value: f64) -> bool {
        if ["learning_rate", "schedule", "schedule_steps"].contains(&id) {
            self.restart_schedule();
        }
        self.training.set(id, value)
    }

    /// Starts the schedule of the learning rate anew with the next update: a task that has changed is not learned at the end of a cosine.
    pub fn restart_schedule(&mut self) {
        self.schedule_start = self.updates;
    }

    /// The module to compute losses with.
    pub fn module(&self) -> &M {
        &self.module
    }

    /// Changes what the module keeps beside its parameters.
    pub fn adjust(&mut self, change: impl FnOnce(&mut M)) {
        change(&mut self.module);
    }

    /// The module at other parameters, tracked.
    ///
    /// # Shapes
    /// - `theta`: `[p]`
    pub fn module_at(&self, theta: Tensor<1>) -> M {
        unflatten(self.module.clone(), theta)
    }

    /// The averaged module without gradient tracking, on the plain device: to sample and to measure.
    pub fn frozen(&self) -> M {
        unflatten(self.module.clone(), self.moving.average.clone()).valid()
    }

    /// What [`Learner::frozen`] is made of.
    pub fn weights(&self) -> Vec<Weight> {
        flat::weights(&self.frozen())
    }

    /// All parameters in the module's own order.
    ///
    /// # Shapes
    /// - returns `[p]`, on the plain device
    pub fn parameters(&self) -> Tensor<1> {
        self.moving.theta.clone()
    }

    /// How many numbers each parameter tensor holds, in the order of [`Learner::parameters`].
    pub fn parameter_sizes(&self) -> Vec<usize> {
        flat::sizes(&self.module)
    }

    /// Puts other parameters in place, keeping the optimiser's moments. The average starts anew from them.
    pub fn set_parameters(&mut self, theta: Tensor<1>) {
        self.moving.average = theta.clone();
        self.move_to(theta);
    }

    /// Cuts every parameter off at ±`bound`.
    pub fn clamp(&mut self, bound: f64) {
        // an average of what lies within the bounds lies there too
        self.moving.average = self.moving.average.clone().clamp(-bound, bound);
        self.move_to(self.moving.theta.clone().clamp(-bound, bound));
    }

    fn move_to(&mut self, theta: Tensor<1>) {
        assert_eq!(
            theta.dims(),
            self.moving.theta.dims(),
            "a learner's parameters keep their number"
        );
        self.module = unflatten(self.module.clone(), theta.clone());
        self.moving.theta = theta;
    }

    /// Gradient of `loss` (`[1]`) in all parameters, zero where it does not depend on one.
    ///
    /// # Shapes
    /// - returns `[p]`, on the plain device
    pub fn gradient(&self, loss: Tensor<1>) -> Tensor<1> {
        flatten(&self.module, Some(&loss.backward()))
    }

    /// One update down `loss` (`[1]`).
    pub fn descend(&mut self, loss: Tensor<1>) {
        let g = self.gradient(loss);
        let training = &self.training;
        let rate = schedule::rate(training, self.updates.saturating_sub(self.schedule_start)) * self.pace;
        self.updates += 1;
        // a young average must not be an old one: at first it spans a tenth of the past
        let keep = training
            .average
            .min((1 + self.updates) as f64 / (10 + self.updates) as f64);
        let step = rule(training, rate, self.updates, keep);
        self.moving.step(step, g, self.decays.clone());
        self.move_to(self.moving.theta.clone());
    }

    /// θ, m, v and θ̄, each `[p]`, the number of updates and that of those before the schedule's start: all that resuming needs.
    pub fn state(&self) -> (Vec<Tensor<1>>, [u64; 2]) {
        let Moving { theta, m, v, average } = self.moving.clone();
        (vec![theta, m, v, average], [self.updates, self.schedule_start])
    }

    /// How many tensors [`Learner::state`] gives.
    pub const STATE_TENSORS: usize = 4;

    /// How many counts beside them.
    pub const STATE_COUNTS: usize = 2;

    /// Undoes [`Learner::state`].
    pub fn load_state(&mut self, tensors: &[Tensor<1>], counts: &[u64]) {
        let ([theta, m, v, average], &[updates, schedule_start]) = (tensors, counts) else {
            panic!(
                "a learner's state is 4 tensors and 2 counts, got {} and {}",
                tensors.len(),
                counts.len()
            )
        };
        self.move_to(theta.clone());
        self.moving = Moving {
            theta: theta.clone(),
            m: m.clone(),
            v: v.clone(),
            average: average.clone(),
        };
        (self.updates, self.schedule_start) = (updates, schedule_start);
    }
}
