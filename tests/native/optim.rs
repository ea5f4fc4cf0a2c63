//! The optimisers, schedules and averages against their formulas.

use crate::common::{device, values};
use burn::{
    module::{Module, Param},
    nn::Linear,
    tensor::Tensor,
};
use dgm::{
    nn::optim::{Learner, schedule::rate},
    spec::training::{Optimizer, Schedule, Training},
};

/// Nothing but the rule itself: no clipping, no averaging.
const PLAIN: Training = Training {
    learning_rate: 0.1,
    clip: 0.0,
    average: 0.0,
    ..Training::DEFAULT
};

/// Two weights, so that the optimiser can be followed by hand.
#[derive(Module, Debug)]
struct Weights {
    w: Param<Tensor<1>>,
}

fn learner(values: [f32; 2], training: Training) -> Learner<Weights> {
    let w = Param::from_tensor(Tensor::<1>::from_data(values, &device().autodiff()));
    Learner::new(Weights { w }, training)
}

/// A layer among other numbers, of which one is a matrix too.
#[derive(Module, Debug)]
struct Mixed {
    means: Param<Tensor<2>>,
    layers: Vec<Linear>,
}

/// ½ Σ aᵢ wᵢ²: its gradient is a · w.
fn bowl(learner: &Learner<Weights>, a: [f32; 2]) -> Tensor<1> {
    let w = learner.module().w.val();
    let a = Tensor::<1>::from_data(a, &w.device());
    (w.square() * a).sum() * 0.5
}

/// Ten updates down the bowl, beside the same rule in `f64` by hand: `rule(w, g, m, v, t)` returns the new weight.
fn follows(training: Training, rule: impl Fn(f64, f64, &mut f64, &mut f64, i32) -> f64) {
    const A: [f32; 2] = [1.0, 20.0];
    let mut learner = learner([3.0, -2.0], training);
    let mut expected = [3.0, -2.0];
    let mut moments = [[0.0; 2]; 2];
    for t in 1..=10 {
        let loss = bowl(&learner, A);
        learner.descend(loss);
        for i in 0..2 {
            let [m, v] = &mut moments[i];
            expected[i] = rule(expected[i], f64::from(A[i]) * expected[i], m, v, t);
        }
        for (found, expected) in values(learner.parameters()).into_iter().zip(expected) {
            let error = (f64::from(found) - expected).abs() / expected.abs().max(1e-2);
            assert!(
                error < 1e-4,
                "{:?}, update {t}: {found}, by hand {expected}",
                training.optimizer
            );
        }
    }
}

#[test]
fn adam_and_adamw_follow_their_formulas() {
    let adam = |w: f64, g: f64, m: &mut f64, v: &mut f64, t: i32| {
        (*m, *v) = (0.9 * *m + 0.1 * g, 0.999 * *v + 0.001 * g * g);
        let (m_hat, v_hat) = (*m / (1.0 - 0.9f64.powi(t)), *v / (1.0 - 0.999f64.powi(t)));
        w - 0.1 * m_hat / (v_hat.sqrt() + 1e-8)
    };
    follows(PLAIN, adam);
    // Two numbers of no layer: nothing decays.
    follows(DECAYING, adam);
}

const DECAYING: Training = Training {
    optimizer: Optimizer::AdamW,
    weight_decay: 0.5,
    ..PLAIN
};

#[test]
fn adamw_shrinks_the_matrices_of_layers_and_nothing_else() {
    let ones = |rows: usize| Tensor::<2>::ones([rows, 3], &device().autodiff());
    let layer = |rows: usize| Linear {
        weight: Param::from_tensor(ones(rows)),
        bias: Some(Param::from_tensor(ones(1).reshape([3]))),
    };
    let mixed = Mixed {
        means: Param::from_tensor(ones(2)),
        layers: vec![layer(2), layer(3)],
    };
    let mut learner = Learner::new(mixed, DECAYING);
    // No gradient anywhere, so that all that moves is what decays.
    for _ in 0..2 {
        let loss = learner.module().means.val().sum().reshape([1]) * 0.0;
        learner.descend(loss);
    }
    let (kept, shrunk) = (1.0, (1.0f32 - 0.1 * 0.5).powi(2));
    let expected = [(6, kept), (6, shrunk), (3, kept), (9, shrunk), (3, kept)];
    let expected = expected.iter().flat_map(|&(n, value)| vec![value; n]);
    let found = values(learner.parameters());
    assert!(
        found.iter().zip(expected.clone()).all(|(a, b)| (a - b).abs() < 1e-6) && found.len() == expected.count(),
        "{found:?}"
    );
}

#[test]
fn sgd_and_rmsprop_follow_their_formulas() {
    let sgd = Training {
        learning_rate: 0.01,
        optimizer: Optimizer::Sgd,
        ..PLAIN
    };
    follows(sgd, |w, g, m, _, _| {
        *m = 0.9 * *m + g;
        w - 0.01 * *m
    });
    follows(RMSPROP, |w, g, _, v, t| {
        *v = 0.99 * *v + 0.01 * g * g;
        w - 0.01 * g / ((*v / (1.0 - 0.99f64.powi(t))).sqrt() + 1e-8)
    });
}

const RMSPROP: Training = Training {
    learning_rate: 0.01,
    optimizer: Optimizer::RmsProp,
    beta_2: 0.99,
    ..PLAIN
};

#[test]
fn the_first_step_of_rmsprop_is_as_long_as_any_and_an_old_one_is_pytorchs() {
    let mut young = learner([3.0, -2.0], RMSPROP);
    let loss = bowl(&young, [1.0, 20.0]);
    young.descend(loss);
    for (found, expected) in values(young.parameters()).into_iter().zip([2.99, -1.99]) {
        assert!((found - expected).abs() < 1e-6, "{found}, expected {expected}");
    }
    // After a thousand updates with v = 4: torch.optim.RMSprop(lr=0.01, alpha=0.99) goes from w to w − 0.01 g / √(0.99 · 4 + 0.01 g²).
    let mut old = learner([3.0, -2.0], RMSPROP);
    let (mut tensors, _) = old.state();
    tensors[2] = tensors[2].ones_like() * 4.0;
    old.load_state(&tensors, &[1000, 0]);
    let loss = bowl(&old, [1.0, 20.0]);
    old.descend(loss);
    let by_hand = |w: f64, g: f64| w - 0.01 * g / (0.99 * 4.0 + 0.01 * g * g).sqrt();
    let expected = [by_hand(3.0, 3.0), by_hand(-2.0, -40.0)];
    for (found, expected) in values(old.parameters()).into_iter().zip(expected) {
        assert!(
            (f64::from(found) - expected).abs() < 1e-5,
            "{found}, expected {expected}"
        );
    }
}

#[test]
fn schedules_match_their_closed_forms() {
    let base = Training {
        learning_rate: 0.2,
        schedule_steps: 1000.0,
        ..PLAIN
    };
    let of = |schedule| Training { schedule, ..base };
    let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found}, expected {expected}");
    for t in [0, 1, 250, 500, 999, 1000, 5000] {
        let share = (t as f64 / 1000.0).min(1.0);
        close(rate(&of(Schedule::Constant), t), 0.2);
        let cosine = 0.01 + 0.99 * (0.5 + 0.5 * (std::f64::consts::PI * share).cos());
        close(rate(&of(Schedule::Cosine), t), 0.2 * cosine);
        close(
            rate(&of(Schedule::InverseSqrt), t),
            0.2 / (1.0 + t as f64 / 1000.0).sqrt(),
        );
    }
    let warm = Training { warmup: 4.0, ..base };
    for (t, share) in [(0, 0.25), (1, 0.5), (3, 1.0), (4, 1.0), (100, 1.0)] {
        close(rate(&warm, t), 0.2 * share);
    }
}

#[test]
fn a_schedule_sets_the_length_of_the_steps() {
    // Under a constant gradient every update of Adam has the length of the learning rate.
    let training = Training {
        schedule: Schedule::InverseSqrt,
        schedule_steps: 4.0,
        ..PLAIN
    };
    let mut learner = learner([0.0, 0.0], training);
    for update in 0..12u32 {
        let before = values(learner.parameters())[0];
        let loss = learner.module().w.val().sum();
        learner.descend(loss);
        let expected = 0.1 / (1.0 + update as f32 / 4.0).sqrt();
        let found = before - values(learner.parameters())[0];
        assert!(
            (found - expected).abs() < 1e-4,
            "update {update}: {found}, expected {expected}"
        );
    }
}

#[test]
fn a_schedule_begins_anew_when_it_is_asked_to_and_goes_on_from_a_state() {
    let training = Training {
        schedule: Schedule::Cosine,
        schedule_steps: 10.0,
        ..PLAIN
    };
    let mut learner = learner([0.0, 0.0], training);
    // Under a constant gradient every update of Adam has the length of the learning rate.
    let length = |learner: &mut Learner<Weights>| {
        let before = values(learner.parameters())[0];
        let loss = learner.module().w.val().sum();
        learner.descend(loss);
        before - values(learner.parameters())[0]
    };
    let follows = |learner: &mut Learner<Weights>, what: &str| {
        for t in 0..4 {
            let (found, expected) = (length(learner), rate(&training, t) as f32);
            assert!(
                (found - expected).abs() < 1e-4,
                "{what}, update {t}: {found}, expected {expected}"
            );
        }
    };
    for _ in 0..15 {
        length(&mut learner);
    }
    assert!(length(&mut learner) < 0.002, "the cosine has run down");
    learner.restart_schedule();
    follows(&mut learner, "asked to");
    for (id, value) in [("learning_rate", 0.1), ("schedule", 1.0), ("schedule_steps", 10.0)] {
        learner.set(id, value);
        follows(&mut learner, id);
    }
    let (tensors, counts) = learner.state();
    learner.restart_schedule();
    learner.load_state(&tensors, &counts);
    learner.set("clip", 0.0);
    let (found, expected) = (length(&mut learner), rate(&training, 4) as f32);
    assert!(
        (found - expected).abs() < 1e-4,
        "from a state: {found}, expected {expected}"
    );
}

#[test]
fn clipping_scales_the_whole_gradient_to_the_given_norm() {
    // m after one step is (1 − β₁) g: it shows the gradient that the optimiser saw. Before clipping it is (3, 4).
    for (clip, seen) in [(1.0, [0.06, 0.08]), (10.0, [0.3, 0.4]), (0.0, [0.3, 0.4])] {
        let mut learner = learner([3.0, 4.0], Training { clip, ..PLAIN });
        let loss = bowl(&learner, [1.0, 1.0]);
        learner.descend(loss);
        let m = values(learner.state().0[1].clone());
        assert!(
            (m[0] - seen[0]).abs() < 1e-6 && (m[1] - seen[1]).abs() < 1e-6,
            "clip {clip}: {m:?}"
        );
    }
}

#[test]
fn the_average_of_weights_follows_its_formula() {
    const DECAY: f64 = 0.9;
    for optimizer in [Optimizer::Sgd, Optimizer::RmsProp, Optimizer::Adam, Optimizer::AdamW] {
        let training = Training {
            optimizer,
            learning_rate: 0.05,
            average: DECAY,
            ..PLAIN
        };
        let mut learner = learner([3.0, -2.0], training);
        let mut expected = values(learner.parameters());
        for update in 1..=120u32 {
            let loss = bowl(&learner, [1.0, 1.0]);
            learner.descend(loss);
            let decay = DECAY.min(f64::from(1 + update) / f64::from(10 + update)) as f32;
            for (average, now) in expected.iter_mut().zip(values(learner.parameters())) {
                *average = *average * decay + now * (1.0 - decay);
            }
        }
        let found = values(learner.frozen().w.val());
        assert!(
            found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-4),
            "{optimizer:?}: {found:?}, by hand {expected:?}"
        );
        assert!(
            optimizer == Optimizer::Sgd || (found[0] - values(learner.parameters())[0]).abs() > 1e-3,
            "{optimizer:?}: the average lags behind the weights"
        );
        learner.set("average", 0.0);
        let loss = bowl(&learner, [1.0, 1.0]);
        learner.descend(loss);
        assert_eq!(
            values(learner.frozen().w.val()),
            values(learner.parameters()),
            "0 switches it off"
        );
    }
}

#[test]
fn a_learner_goes_on_exactly_from_its_state() {
    let training = Training { average: 0.9, ..PLAIN };
    let (mut one, mut other) = (learner([3.0, -2.0], training), learner([0.0, 0.0], training));
    let step = |learner: &mut Learner<Weights>| {
        let loss = bowl(learner, [1.0, 5.0]);
        learner.descend(loss);
    };
    (0..5).for_each(|_| step(&mut one));
    let (tensors, counts) = one.state();
    other.load_state(&tensors, &counts);
    for _ in 0..3 {
        step(&mut one);
        step(&mut other);
    }
    assert_eq!(values(one.parameters()), values(other.parameters()));
    assert_eq!(values(one.frozen().w.val()), values(other.frozen().w.val()));
}
