//! What a GAN's games are made of: penalties, clipping, packing, noise, unrolling.

use crate::{
    common::{batch, device, settings, tensor, values},
    laws::derivatives::assert_gradients_are_those_of_the_losses,
};
use burn::tensor::Tensor;
use dgm::{
    data::Space,
    models::{
        Model,
        gan::{
            Discriminator,
            game::GanModel,
            losses::Objective,
            penalties::{between, gradient_penalty, logits_and_squared_slopes},
            perceptron::{PerceptronDiscriminator, PerceptronGenerator, Shape},
            rules::Rules,
        },
        registry,
    },
    nn::activation::Activation,
    rng::{Rng, Stream},
    spec::{Group, training::Training},
};

/// A small discriminator of smooth units.
pub const SHAPE: Shape = Shape {
    dim: 2,
    pack: 1,
    waves: 16,
    width: 16,
    depth: 3,
    activation: Activation::Silu,
    spectral_norm: false,
};

/// The same from the same seed each time, without gradients.
pub fn discriminator(shape: Shape) -> PerceptronDiscriminator {
    PerceptronDiscriminator::new(
        shape,
        Objective::NonSaturating,
        &mut Rng::new(2, Stream::Init),
        &device(),
    )
}

/// A small game under other rules than its row's.
pub fn game(id: &str, rules: &[(&str, f64)]) -> Box<dyn Model> {
    let spec = registry::find(id).expect("a registered model");
    let settings = settings(spec, &[&[("width", 16.0)], rules].concat());
    (spec.build)(
        Space::continuous(2),
        &settings,
        &mut Rng::new(11, Stream::Init),
        &device().autodiff(),
    )
}

/// The same noise each time.
pub fn noise() -> Rng {
    Rng::new(5, Stream::Noise)
}

/// Σᵢ (∂D/∂xᵢ)² of every case by central differences in each of its coordinates.
fn squared_slopes_by_differences(net: &PerceptronDiscriminator, x: &Tensor<2>) -> Vec<f32> {
    const H: f32 = 3e-3; // f32: rounding ε/h ≈ 4e-5; a kink of leaky ReLU inside the step changes that point's slope
    let [n, dim] = x.dims();
    let cases = n / net.pack();
    let mut squares = vec![0.0; cases];
    for coordinate in 0..net.pack() * dim {
        let one = (0..net.pack() * dim).map(|i| if i == coordinate { H } else { 0.0 });
        let step = tensor(one.collect::<Vec<_>>().repeat(cases), dim);
        let rise = net.discriminate(x.clone() + step.clone()) - net.discriminate(x.clone() - step);
        for (square, slope) in squares.iter_mut().zip(values(rise / (2.0 * H))) {
            *square += slope * slope;
        }
    }
    squares
}

#[test]
fn penalties_are_those_of_the_slopes_by_differences() {
    for (dim, pack, waves) in [(1, 1, 16), (2, 1, 16), (2, 1, 0), (2, 3, 16)] {
        let net = discriminator(Shape {
            dim,
            pack,
            waves,
            ..SHAPE
        });
        let x = batch(240, dim, 7);
        let (logits, squares) = logits_and_squared_slopes(&net, x.clone());
        let off = values((logits - net.discriminate(x.clone())).abs().max())[0];
        assert!(off < 1e-5, "logits differ by {off}");
        let expected = squared_slopes_by_differences(&net, &x);
        let mean = |of: &dyn Fn(f32) -> f32| expected.iter().map(|&s| of(s)).sum::<f32>() / expected.len() as f32;
        for (name, found, expected) in [
            ("R1", squares.mean(), mean(&|s| s)),
            (
                "gradient penalty",
                gradient_penalty(&net, x),
                mean(&|s| (s.sqrt() - 1.0).powi(2)),
            ),
        ] {
            let found = values(found)[0];
            assert!(
                (found / expected - 1.0).abs() < 0.02,
                "{dim}-D, {pack} at once: {name} is {found}, differences give {expected}"
            );
        }
    }
}

#[test]
fn the_gradient_penalty_looks_at_points_between_data_and_samples() {
    let (x, fakes) = (tensor(vec![0.0; 400], 2), tensor([1.0, 3.0].repeat(200), 2));
    let points = values(between(x, fakes, 2, &mut noise()));
    let shares: Vec<f32> = points.chunks(2).map(|point| point[0]).collect();
    assert!(points.chunks(2).all(|point| (point[1] - 3.0 * point[0]).abs() < 1e-5));
    assert!(
        shares.chunks(2).all(|case| case[0] == case[1]),
        "one share for the points of a case"
    );
    assert!(shares.iter().all(|share| (0.0..1.0).contains(share)));
    let mean = shares.iter().sum::<f32>() / shares.len() as f32;
    assert!((mean - 0.5).abs() < 0.1, "shares are uniform: their mean is {mean}"); // 3.5 standard errors of 100 uniforms
}

#[test]
fn gradients_hold_under_every_rule() {
    let rules = |change: fn(&mut Rules)| {
        let mut rules = Rules {
            r1_gamma: 1.0,
            ..Rules::PLAIN
        };
        change(&mut rules);
        rules
    };
    for rules in [
        rules(|rules| (rules.r2_gamma, rules.gradient_penalty) = (1.0, 2.0)),
        rules(|rules| (rules.r2_gamma, rules.gradient_penalty, rules.pack) = (1.0, 2.0, 3.0)),
        rules(|rules| (rules.spectral_norm, rules.instance_noise) = (1.0, 0.5)),
        rules(|rules| rules.unroll = 3.0),
        rules(|rules| (rules.unroll, rules.pack, rules.spectral_norm) = (2.0, 2.0, 1.0)),
    ] {
        for objective in [
            Objective::NonSaturating,
            Objective::LeastSquares,
            Objective::Relativistic,
        ] {
            let mut rng = Rng::new(11, Stream::Init);
            let device = device().autodiff();
            // smooth units: the slope of a leaky ReLU jumps at its kinks, which a penalty on slopes feels and no derivative sees
            let shape = Shape {
                pack: rules.pack as usize,
                spectral_norm: rules.spectral_norm > 0.0,
                ..SHAPE
            };
            let generator = PerceptronGenerator::new(2, 2, 16, 3, &mut rng, &device);
            let discriminator = PerceptronDiscriminator::new(shape, objective, &mut rng, &device);
            let game = (objective, rules);
            let mut model = GanModel::new(discriminator, (generator, 2), game, Training::DEFAULT, &device);
            // 65 points: some are left over where two or three are judged at once
            assert_gradients_are_those_of_the_losses(&format!("{game:?}"), &mut model, &batch(65, 2, 8));
        }
    }
}

#[test]
fn clipped_weights_stay_within_their_bound() {
    let bound = 0.05;
    let mut model = game("wgan", &[("weight_clip", bound)]);
    for _ in 0..3 {
        model.train_step(batch(64, 2, 3), &mut noise());
        let largest = values(model.parameters(0).abs().max())[0];
        assert!(f64::from(largest) <= bound + 1e-7, "a weight of {largest}");
        assert!(
            values(model.parameters(1).abs().max())[0] > bound as f32,
            "the generator is not clipped"
        );
    }
}

#[test]
fn a_packed_discriminator_leaves_out_what_makes_no_whole_case() {
    let model = game("gan", &[("pack", 4.0)]);
    let x = batch(66, 2, 8);
    for player in [0, 1] {
        let all = values(model.loss(player, x.clone(), &mut noise()).inner());
        let whole = values(model.loss(player, x.clone().narrow(0, 0, 64), &mut noise()).inner());
        assert_eq!(all, whole, "player {player}");
    }
}

#[test]
fn the_field_of_a_packed_discriminator_shows_one_point_many_times() {
    let model = game("gan", &[("pack", 3.0), ("waves", 0.0)]);
    let found = values(model.discriminate(batch(10, 2, 8)).expect("a field"));
    assert_eq!(found.len(), 10);
    // equal neighbours whatever else is asked for at once
    for (i, &logit) in found.iter().enumerate() {
        let alone = model.discriminate(batch(10, 2, 8).narrow(0, i, 1)).expect("a field");
        assert!((values(alone)[0] - logit).abs() < 1e-6);
    }
}

#[test]
fn instance_noise_falls_in_a_straight_line_or_stays() {
    let rules = Rules {
        instance_noise: 0.4,
        noise_steps: 200.0,
        ..Rules::PLAIN
    };
    for (t, expected) in [(0, 0.4), (50, 0.3), (100, 0.2), (200, 0.0), (1000, 0.0)] {
        assert!((rules.noise_at(t) - expected).abs() < 1e-12, "at {t}");
    }
    let stays = Rules {
        noise_steps: 0.0,
        ..rules
    };
    assert_eq!(stays.noise_at(1000), 0.4);
}

#[test]
fn rules_that_need_no_restart_act_on_the_next_loss() {
    let spec = registry::find("gan").expect("a registered model");
    for (player, id, value) in [
        (0, "r1_gamma", 3.0),
        (0, "r2_gamma", 3.0),
        (0, "gradient_penalty", 3.0),
        (0, "instance_noise", 0.5),
        (1, "instance_noise", 0.5),
        (1, "unroll", 4.0),
    ] {
        assert!(spec.params.iter().any(|param| param.id == id && !param.restarts));
        let mut model = game("gan", &[]);
        let loss = |model: &dyn Model| values(model.loss(player, batch(64, 2, 8), &mut noise()).inner())[0];
        let before = loss(model.as_ref());
        assert!(model.set(id, value), "{id} is known");
        assert_ne!(loss(model.as_ref()), before, "{id} changes the loss of player {player}");
    }
}

#[test]
fn a_slower_generator_moves_by_its_pace() {
    let moved = |pace: f64| {
        let mut model = game("gan", &[]);
        assert!(model.set("pace", pace));
        let before = model.parameters(1);
        model.train_step(batch(64, 2, 8), &mut noise());
        values((model.parameters(1) - before).abs().mean())[0]
    };
    let ratio = moved(0.5) / moved(0.25);
    assert!((ratio - 2.0).abs() < 0.05, "twice the pace moves {ratio} times as far");
}

#[test]
fn every_setting_of_a_game_is_a_rule() {
    let spec = registry::find("gan").expect("a registered model");
    for param in spec.params.iter().filter(|param| param.group == Group::Model) {
        let mut rules = Rules::PLAIN;
        let known = rules.set(param.id, param.max);
        let of_the_nets = ["width", "depth", "conditional", "condition"].contains(&param.id);
        assert_eq!(
            (known, rules != Rules::PLAIN),
            (!of_the_nets, !of_the_nets),
            "{}",
            param.id
        );
    }
}
