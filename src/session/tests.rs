//! A session seen from inside, with a model that no registry holds: it spoils its weights on demand.

use super::*;
use crate::{
    models::{Density, Model, State, act::Act},
    rng::Rng,
};
use burn::tensor::Tensor;
use pollster::block_on;
use std::rc::Rc;

/// Batches that [`Fragile`] takes a step.
const BATCHES: usize = 2;

/// A model whose update spoils its weights after `spoils_at` updates: the loss of the step after is the first that shows it.
#[derive(Clone)]
struct Fragile {
    weight: f32,
    updates: u64,
    spoils_at: u64,
}

impl Model for Fragile {
    fn twin(&self) -> Box<dyn Model> {
        Box::new(self.clone())
    }
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
    fn acts(&self, _x: Tensor<2>, _rng: &mut Rng) -> Vec<Act> {
        Vec::new()
    }
    fn gradient(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        self.loss(player, x, rng)
    }
    fn batches_per_step(&self) -> usize {
        BATCHES
    }
    fn train_step(&mut self, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        assert_are_fresh(&x);
        rng.uniform();
        let loss = self.loss(0, x, rng);
        self.updates += 1;
        self.weight = if self.updates == self.spoils_at {
            f32::NAN
        } else {
            self.weight - 1.0
        };
        loss
    }
    /// Noise as it comes.
    fn sample(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        rng.uniform_tensor([n, 2], &Device::flex())
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

/// Holds a step's data to as many batches as were asked for, no point twice.
fn assert_are_fresh(x: &Tensor<2>) {
    let values: Vec<f32> = x.clone().into_data().try_to_vec().expect("points");
    let mut first: Vec<u32> = values.chunks(2).map(|point| point[0].to_bits()).collect();
    assert_eq!(first.len(), BATCHES * 256, "the default batch, {BATCHES} times");
    first.sort_unstable();
    let repeated = first.windows(2).filter(|pair| pair[0] == pair[1]).count();
    assert!(repeated < 3, "{repeated} points stand there twice");
}

#[test]
fn a_step_draws_the_batches_that_its_model_takes() {
    let mut session = session_that_spoils_at(100);
    block_on(session.step(3)).expect("fresh points at every step");
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
        let mut sound = session_that_spoils_at(u64::MAX);
        block_on(sound.step(4)).expect("finite");
        let streams = |run: &mut Run| [&mut run.data_rng, &mut run.noise_rng].map(Rng::uniform);
        assert_eq!(
            streams(session.run_mut().expect("still there")),
            streams(sound.run_mut().expect("configured")),
            "data and noise go on as in a run that was never spoiled"
        );
    }
}

#[test]
fn a_measurement_of_weights_that_ran_away_is_not_remembered() {
    let mut session = session_that_spoils_at(6);
    block_on(session.step(4)).expect("finite");
    let (early, late) = (session.evaluation(10), session.evaluation(10));
    block_on(early.expect("begins")).expect("measures");
    let seen = |session: &Session| session.run().expect("there").looks.borrow().last_two().is_some();
    block_on(session.step(4)).expect_err("not finite");
    block_on(late.expect("begins")).expect("measures");
    assert!(!seen(&session), "only what was known before");
    block_on(session.evaluate(10)).expect("measures");
    assert!(seen(&session));
}

#[test]
fn what_a_model_draws_shares_no_number_with_the_data_it_is_measured_on() {
    let session = session_that_spoils_at(u64::MAX);
    let run = session.run().expect("configured");
    let numbers = |mut rng: Rng| (0..4000).map(|_| rng.uniform() as f32).collect::<Vec<_>>();
    let drawn = block_on(crate::session::frame::read(run.model.sample(500, &mut run.look_rng()))).expect("reads");
    let seen = block_on(session.sample(500)).expect("draws").values;
    let mut in_data_units = drawn.clone();
    run.standardizer.to_data_units(&mut in_data_units);
    let in_data_units: Vec<f64> = in_data_units.into_iter().map(f64::from).collect();
    assert_eq!(in_data_units, seen, "samples are drawn from the stream of looks");
    let held_out = numbers(run.eval_rng());
    let shared = drawn.iter().filter(|x| held_out.contains(x)).count();
    // Two numbers of 24 bits agree by chance once in 17 million.
    assert!(shared <= 2, "{shared} numbers of samples are those of the data");
}

#[test]
fn a_run_that_ran_away_is_forgiven() {
    let mut session = session_that_spoils_at(6);
    block_on(session.step(4)).expect("finite");
    block_on(session.step(4)).expect_err("not finite");
    assert_eq!(session.run().expect("there").ran_away_at, Some(4));
    let rate = |rate: f64| Patch {
        params: [("learning_rate".into(), rate)].into(),
        ..Patch::default()
    };
    session.configure(&rate(5e-3)).expect("the default");
    assert_eq!(
        session.run().expect("there").ran_away_at,
        Some(4),
        "nothing has changed"
    );
    session.configure(&rate(1e-3)).expect("a live setting");
    assert_eq!(session.run().expect("there").ran_away_at, None, "other settings");
    let mut session = session_that_spoils_at(u64::MAX);
    session.run_mut().expect("there").ran_away_at = Some(0);
    for _ in 0..5 {
        assert_eq!(session.run().expect("there").ran_away_at, Some(0));
        block_on(session.step(60)).expect("finite");
    }
    assert_eq!(session.run().expect("there").ran_away_at, None, "300 sound steps");
}

#[test]
fn floors_are_worked_out_once_for_a_data_set_and_a_seed() {
    let mut session = session_that_spoils_at(u64::MAX);
    block_on(session.evaluate(10)).expect("measures");
    let mut known = |patch: Patch| {
        assert!(session.configure(&patch).expect("configures").restarted);
        session.run().expect("there").floors.get().is_some()
    };
    let setting = |id: &str, value: f64| Patch {
        params: [(id.into(), value)].into(),
        ..Patch::default()
    };
    assert!(known(setting("width", 16.0)), "the same data, another network");
    assert!(!known(setting("noise", 0.1)), "other data");
    let mut session = session_that_spoils_at(u64::MAX);
    block_on(session.evaluate(10)).expect("measures");
    session.reset().expect("resets");
    assert!(
        session.run().expect("there").floors.get().is_some(),
        "the same data again"
    );
    let other = Patch {
        seed: Some(99.0),
        ..Patch::default()
    };
    session.configure(&other).expect("configures");
    assert!(session.run().expect("there").floors.get().is_none(), "other points");
}

#[test]
fn floors_are_worked_out_once_for_all_sessions_on_the_same_data() {
    let first = session_that_spoils_at(u64::MAX);
    let second = session_that_spoils_at(u64::MAX);
    let floors = |session: &Session| session.run().expect("there").floors.clone();
    block_on(first.evaluate(10)).expect("measures");
    assert!(Rc::ptr_eq(&floors(&first), &floors(&second)));
    assert!(floors(&second).get().is_some());
    let mut third = session_that_spoils_at(u64::MAX);
    let noisy = Patch {
        params: [("noise".into(), 0.1)].into(),
        ..Patch::default()
    };
    third.configure(&noisy).expect("configures");
    assert!(floors(&third).get().is_none(), "other data");
}

#[test]
fn only_a_setting_that_moves_starts_the_schedule_anew() {
    let mut session = Session::new(Device::flex());
    let patch = |params: &[(&str, f64)]| Patch {
        model: Some("vae".into()),
        params: params.iter().map(|&(id, value)| (id.into(), value)).collect(),
        ..Patch::default()
    };
    session
        .configure(&patch(&[("width", 4.0), ("batch", 8.0), ("beta", 2.0)]))
        .expect("configures");
    let start = |session: &mut Session, params: &[(&str, f64)]| {
        block_on(session.step(3)).expect("finite");
        session.configure(&patch(params)).expect("configures");
        session.run().expect("configured").model.state().counts[1]
    };
    assert_eq!(start(&mut session, &[("beta", 2.0)]), 0, "as it was");
    assert_eq!(start(&mut session, &[("beta", 1.0)]), 6, "moved after 6 updates");
    assert_eq!(start(&mut session, &[("batch", 16.0)]), 6, "not of the model");
}
