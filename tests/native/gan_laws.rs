//! Laws of every GAN of the registry: whom the players meet, on which data, what a turn reports and what the row's words say.

use crate::common::{batch, device, settings, values};
use burn::tensor::Tensor;
use dgm::{
    data::Space,
    models::{
        Model, State,
        gan::penalties,
        registry::MODELS,
        spec::{Family, ModelSpec},
    },
    rng::{Rng, Stream},
};

/// Tensors of each player in a state: θ, moments and average, the discriminator's first.
const LEARNER: usize = 4;

/// Counts of one learner.
const COUNTS: usize = 2;

fn gans() -> impl Iterator<Item = &'static ModelSpec> {
    MODELS.iter().filter(|spec| spec.family == Family::Gan)
}

/// A small game of that row, some of its settings changed.
fn game(spec: &'static ModelSpec, own: &[(&str, f64)]) -> Box<dyn Model> {
    let settings = settings(spec, &[&[("width", 16.0)], own].concat());
    let mut init = Rng::new(11, Stream::Init);
    (spec.build)(Space::continuous(2), &settings, &mut init, &device().autodiff())
}

/// The same noise each time.
fn noise() -> Rng {
    Rng::new(5, Stream::Noise)
}

fn state_of(model: &dyn Model) -> Vec<Vec<f32>> {
    model.state().tensors.into_iter().map(values).collect()
}

#[test]
fn every_step_of_a_discriminator_is_on_data_of_its_own() {
    const STEPS: usize = 3;
    const N: usize = 32;
    for spec in gans() {
        let mut model = game(spec, &[("d_steps", STEPS as f64)]);
        assert_eq!(model.batches_per_step(), STEPS, "{}", spec.id);
        // The same turn by turns of one step, in which the generator does not move before the last.
        let mut single = game(spec, &[("d_steps", 1.0)]);
        let (mut rng, mut single_rng) = (noise(), noise());
        for turn in 0..2 {
            let x = batch(STEPS * N, 2, 7 + turn);
            let part = |step: usize| x.clone().narrow(0, step * N, N);
            let told = values(model.train_step(x.clone(), &mut rng));
            for step in 0..STEPS - 1 {
                let before = single.state();
                single.train_step(part(step), &mut single_rng.clone());
                let after = single.state();
                single.load_state(&State {
                    tensors: [&after.tensors[..LEARNER], &before.tensors[LEARNER..]].concat(),
                    counts: [&after.counts[..COUNTS], &before.counts[COUNTS..]].concat(),
                });
                single.loss(0, part(step), &mut single_rng); // draws what that step has drawn
            }
            let last = values(single.train_step(part(STEPS - 1), &mut single_rng));
            assert_eq!(told, last, "{} reports its last step", spec.id);
            assert_eq!(state_of(model.as_ref()), state_of(single.as_ref()), "{}", spec.id);
        }
    }
}

#[test]
fn a_discriminator_meets_the_generator_as_it_plays_and_samples_are_those_of_its_average() {
    for spec in gans() {
        let mut model = game(spec, &[("average", 0.9)]);
        model.train_step(batch(64, 2, 3), &mut noise());
        let seen = |model: &dyn Model| {
            [
                values(model.sample(64, &mut noise())),
                values(model.data_from_latent(batch(64, 2, 4)).expect("a generator")),
                values(model.loss(0, batch(64, 2, 5), &mut noise()).inner()),
                values(model.loss(1, batch(64, 2, 5), &mut noise()).inner()),
            ]
        };
        let before = seen(model.as_ref());
        let mut spoiled = model.state();
        spoiled.tensors[LEARNER] = spoiled.tensors[LEARNER].clone() + 0.5;
        model.load_state(&spoiled);
        let after = seen(model.as_ref());
        let same: Vec<bool> = before
            .iter()
            .zip(&after)
            .map(|(before, after)| before == after)
            .collect();
        assert_eq!(
            same,
            [true, true, false, false],
            "{}: samples and the grid stay when the raw weights change, both losses do not",
            spec.id
        );
    }
}

/// Mean of f(|∇D|) over `x`, by central differences of the field that the page draws.
fn mean_over_slopes(model: &dyn Model, x: &Tensor<2>, f: impl Fn(f32) -> f32) -> f32 {
    const H: f32 = 3e-3; // f32: rounding ε/h ≈ 4e-5; truncation is of order h² ≈ 1e-5
    let [n, dim] = x.dims();
    let field = |x: Tensor<2>| model.discriminate(x).expect("a discriminator");
    let mut squares = vec![0.0; n];
    for axis in 0..dim {
        let mut step = vec![0.0; dim];
        step[axis] = H;
        let step = Tensor::<1>::from_data(step.as_slice(), &device()).reshape([1, dim]);
        let slope = (field(x.clone() + step.clone()) - field(x.clone() - step)) / (2.0 * H);
        for (square, slope) in squares.iter_mut().zip(values(slope)) {
            *square += slope * slope;
        }
    }
    squares.into_iter().map(|square| f(square.sqrt())).sum::<f32>() / n as f32
}

#[test]
fn every_penalty_is_its_weight_times_what_the_field_shows() {
    const WEIGHT: f64 = 3.0;
    const OFF: [(&str, f64); 3] = [("r1_gamma", 0.0), ("r2_gamma", 0.0), ("gradient_penalty", 0.0)];
    for spec in gans() {
        for (which, factor) in [("r1_gamma", 0.5), ("r2_gamma", 0.5), ("gradient_penalty", 1.0)] {
            // smooth units: differences across a crease of leaky ReLU are no slopes
            let model = game(spec, &[&OFF[..], &[("units", 1.0), (which, WEIGHT)]].concat());
            let x = batch(128, 2, 5);
            let mut rng = noise();
            let fakes = model.sample(128, &mut rng); // untrained, so its average is itself
            let expected = match which {
                "r1_gamma" => mean_over_slopes(model.as_ref(), &x, |slope| slope * slope),
                "r2_gamma" => mean_over_slopes(model.as_ref(), &fakes, |slope| slope * slope),
                _ => {
                    let between = penalties::between(x.clone(), fakes, 1, &mut rng);
                    mean_over_slopes(model.as_ref(), &between, |slope| (slope - 1.0).powi(2))
                }
            };
            let expected = (factor * WEIGHT) as f32 * expected;
            let losses = values(model.loss(0, x.clone(), &mut noise()).inner());
            assert!(
                (losses[1] / expected - 1.0).abs() < 0.02,
                "{}: {which} costs {}, the field says {expected}",
                spec.id,
                losses[1]
            );
            let free = game(spec, &[&OFF[..], &[("units", 1.0)]].concat());
            let bare = values(free.loss(0, x, &mut noise()).inner());
            assert_eq!(bare[1], 0.0, "{} without penalties", spec.id);
            assert!(
                (losses[0] - bare[0] - losses[1]).abs() < 1e-4,
                "{}: the loss holds the penalty once",
                spec.id
            );
        }
    }
}

#[test]
fn every_turn_reports_by_the_names_of_its_curves() {
    for spec in gans() {
        let mut model = game(spec, &[("d_steps", 1.0), ("average", 0.0)]);
        for _ in 0..20 {
            model.train_step(batch(256, 2, 3), &mut noise());
        }
        let x = batch(256, 2, 5);
        let of_data = values(model.discriminate(x.clone()).expect("a field"));
        let fakes = model.sample(256, &mut noise()); // the first that the noise makes, as in the turn
        let of_samples = values(model.discriminate(fakes).expect("a field"));
        let mean = |logits: &[f32]| logits.iter().sum::<f32>() / logits.len() as f32;
        let told_apart = of_data.iter().zip(&of_samples).filter(|(data, sample)| data > sample);
        let accuracy = told_apart.count() as f32 / 256.0;
        let [loss, penalty, ..] = values(model.loss(0, x.clone(), &mut noise()).inner())[..] else {
            panic!("{} has a loss and a penalty", spec.id)
        };
        let told = values(model.train_step(x, &mut noise()));
        assert_eq!(told.len(), spec.losses.len(), "{}", spec.id);
        for (curve, told) in spec.losses.iter().zip(told) {
            let expected = match curve.id {
                "d_loss" => loss,
                "wasserstein" => mean(&of_data) - mean(&of_samples),
                "penalty" => penalty,
                "accuracy" => accuracy,
                _ => continue,
            };
            assert!(
                (told - expected).abs() < 1e-4,
                "{}: {} is {told}, should be {expected}",
                spec.id,
                curve.id
            );
        }
        let is_critic = (loss - penalty - (mean(&of_samples) - mean(&of_data))).abs() < 1e-5;
        let first = if is_critic { "wasserstein" } else { "d_loss" };
        assert_eq!(spec.losses[0].id, first, "{}", spec.id);
    }
}

#[test]
fn every_formula_and_help_tell_what_the_defaults_add() {
    for spec in gans() {
        let default = |id: &str| {
            let param = spec.params.iter().find(|param| param.id == id);
            param.expect("a setting of every GAN").default
        };
        let is_on = |id: &str| default(id) > 0.0;
        for (sign, on) in [
            (r"\gamma", is_on("r1_gamma") || is_on("r2_gamma")),
            (r"\lambda", is_on("gradient_penalty")),
            (r"|\theta|\le c", is_on("weight_clip")),
        ] {
            assert_eq!(spec.formula.contains(sign), on, "{}: {sign} in its formula", spec.id);
        }
        for (en, zh, on) in [
            ("R1", "R1", is_on("r1_gamma")),
            ("R2", "R2", is_on("r2_gamma")),
            ("wave", "波", is_on("waves")),
            ("averag", "平均", is_on("average")),
        ] {
            let told = (spec.help.en.contains(en), spec.help.zh.contains(zh));
            assert_eq!(told, (on, on), "{}: {en} in its help", spec.id);
        }
    }
}

#[test]
fn a_hinge_feels_a_constant_once_a_point_lies_outside_its_margin() {
    let hinge = gans().find(|spec| spec.id == "gan-hinge").expect("a registered model");
    let mut model = game(hinge, &[]);
    let last = |model: &dyn Model| {
        let slope = model.gradient(0, batch(64, 2, 5), &mut noise());
        values(slope).last().copied().expect("parameters")
    };
    assert_eq!(last(model.as_ref()), 0.0, "all points lie inside");
    // Moved up by two, all data lie outside and all samples inside: each sample pulls the constant down.
    let theta = model.parameters(0);
    let p = theta.dims()[0];
    let up = Tensor::cat(
        vec![theta.clone().narrow(0, 0, p - 1), theta.narrow(0, p - 1, 1) + 2.0],
        0,
    );
    model.set_parameters(0, up);
    assert!((last(model.as_ref()) - 1.0).abs() < 1e-5);
}
