//! A step told before it is taken: looking changes nothing, what is told is what comes, and arrows are slopes.

use crate::{
    common::{batch, device, known, provide_digits, small_model, values},
    session::{data_for, patch, small},
};
use burn::tensor::Tensor;
use dgm::{
    models::{
        Model,
        act::{Act, Deed, Sight},
        registry::{MODELS, find},
        spec::Family,
    },
    rng::{Rng, Stream},
    session::{Session, slow::Slow},
};
use pollster::block_on;

fn losses_of(slow: &Slow, deed: Deed) -> Option<&[f32]> {
    let told = slow.acts.iter().find(|told| told.deed == deed)?;
    told.losses.as_deref()
}

fn told(acts: &[Act], deed: Deed) -> Option<&Sight> {
    acts.iter().find(|act| act.deed == deed).map(|act| &act.sight)
}

/// Points and directions of a deed.
fn arrows(acts: &[Act], deed: Deed) -> Option<[Tensor<2>; 2]> {
    match told(acts, deed)? {
        Sight::Arrows { at, along } => Some([at.clone(), along.clone()]),
        other => panic!("{deed:?} has arrows, not {other:?}"),
    }
}

fn numbers(acts: &[Act], deed: Deed) -> Option<Vec<f32>> {
    match told(acts, deed)? {
        Sight::Losses(losses) => Some(values(losses.clone())),
        other => panic!("{deed:?} has losses, not {other:?}"),
    }
}

fn noise() -> Rng {
    Rng::new(5, Stream::Noise)
}

#[test]
fn looking_changes_no_loss_and_the_losses_told_are_those_of_the_step() {
    provide_digits();
    for spec in MODELS {
        for data in data_for(spec.dims) {
            let what = format!("{} on {data}", spec.id);
            let (mut alone, mut asked) = (small(spec.id, data), small(spec.id, data));
            let slow = block_on(asked.slow()).expect("a step told");
            assert_eq!(slow.step, 1, "{what}");
            assert_eq!(slow.acts[0].deed, Deed::Batch, "{what}: data come first");
            for step in 0..20 {
                if step == 7 {
                    block_on(asked.slow()).expect("a later step told");
                }
                let expected = block_on(alone.step(1)).expect("a step").losses;
                let found = block_on(asked.step(1)).expect("a step").losses;
                assert_eq!(found, expected, "{what}: step {step} after looking");
                if step == 0 {
                    assert_eq!(
                        losses_of(&slow, Deed::Loss),
                        Some(found.as_slice()),
                        "{what}: the losses told"
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_told_has_a_row_for_each_point() {
    for spec in MODELS {
        for data in data_for(spec.dims) {
            let what = format!("{} on {data}", spec.id);
            let slow = block_on(small(spec.id, data).slow()).expect("a step told");
            assert_eq!((slow.shift.len(), slow.scale.len()), (slow.dim, slow.dim), "{what}");
            for told in &slow.acts {
                let deed = told.deed;
                assert!(told.points.is_some() != told.losses.is_some(), "{what}: {deed:?}");
                let numbers = [&told.points, &told.from, &told.arrows, &told.losses];
                let all = numbers.into_iter().flatten().flatten();
                assert!(all.clone().all(|value| value.is_finite()), "{what}: {deed:?}");
                let Some(points) = &told.points else { continue };
                assert!(!points.is_empty() && points.len() % slow.dim == 0, "{what}: {deed:?}");
                for other in [&told.from, &told.arrows].into_iter().flatten() {
                    assert_eq!(other.len(), points.len(), "{what}: {deed:?}");
                }
            }
            let sees = |deed| slow.acts.iter().any(|told| told.deed == deed);
            assert!(sees(Deed::Update) && sees(Deed::Again), "{what}: the update is told");
            let slopes = [Deed::Pull, Deed::Push, Deed::Answer, Deed::Score];
            // of pixels, and where a density is made of steps, nothing has to have a slope
            assert!(
                slow.dim > 2 || spec.id == "tokens" || slopes.into_iter().any(sees),
                "{what}: something has arrows"
            );
        }
    }
}

#[test]
fn the_batch_told_is_the_one_that_is_learned() {
    let mut session = Session::new(device());
    let settings = [("batch", 32.0), ("width", 16.0), ("average", 0.0)];
    let spec = find("realnvp").expect("registered");
    session
        .configure(&patch("realnvp", "moons", &known(spec, &settings)))
        .expect("it starts");
    block_on(session.step(3)).expect("three steps");
    let slow = block_on(session.slow()).expect("a step told");
    let batch = slow.acts[0].points.as_deref().expect("points");
    let in_units = |(i, &u): (usize, &f32)| slow.shift[i % 2] + slow.scale[i % 2] * f64::from(u);
    let probe = block_on(session.probe(&batch.iter().enumerate().map(in_units).collect::<Vec<_>>()));
    let log_prob = probe.expect("densities").log_prob;
    let mean = log_prob.iter().map(|&value| f64::from(value)).sum::<f64>() / log_prob.len() as f64;
    // the model's own density is that of standardised points
    let own = mean + slow.scale.iter().map(|scale| scale.ln()).sum::<f64>();
    let loss = f64::from(block_on(session.step(1)).expect("a step").losses[0]);
    assert!((own + loss).abs() < 1e-3, "mean log-density {own}, loss {loss}");
}

#[test]
fn half_a_step_leaves_the_other_half_to_tell() {
    let mut session = small("gan", "8gaussians");
    let whole = block_on(session.slow()).expect("a step told");
    let deeds = |slow: &Slow| slow.acts.iter().map(|told| told.deed).collect::<Vec<_>>();
    let generator = [Deed::Attempts, Deed::Loss, Deed::Push, Deed::Update, Deed::Again];
    let discriminator = [Deed::Batch, Deed::Fakes, Deed::Judged, Deed::Sharpened];
    assert_eq!(deeds(&whole), [discriminator.as_slice(), &generator].concat());
    block_on(session.half_step()).expect("half a step");
    let half = block_on(session.slow()).expect("the other half told");
    assert_eq!(deeds(&half), generator);
    for (told, other) in half.acts.iter().zip(&whole.acts[4..]) {
        assert_eq!(told.points, other.points, "{:?}", told.deed);
    }
    let report = block_on(session.half_step())
        .expect("half a step")
        .expect("the end of it");
    assert_eq!(losses_of(&half, Deed::Loss), Some(report.losses.as_slice()));
    assert_eq!(losses_of(&whole, Deed::Judged), Some(&report.losses[..1]));
}

#[test]
fn the_loss_told_for_after_the_update_is_that_of_the_updated_model() {
    for spec in MODELS.iter().filter(|spec| spec.family != Family::Gan) {
        for &dim in spec.dims {
            let model = small_model(spec, dim);
            let x = batch(32, dim, 3);
            let acts = model.acts(x.clone(), &mut noise());
            let mut after = model.twin();
            after.train_step(x.clone(), &mut noise());
            let expected = values(after.loss(0, x, &mut noise()));
            let again = numbers(&acts, Deed::Again).expect("told");
            assert_eq!(again, expected[..1], "{} on {dim}-D data", spec.id);
            assert_ne!(
                again[0],
                numbers(&acts, Deed::Loss).expect("told")[0],
                "{}: it has changed",
                spec.id
            );
        }
    }
}

#[test]
fn arrows_at_data_are_differences_of_the_loss() {
    const H: f64 = 1e-2;
    for spec in MODELS {
        let model_of = |dim| small_model(spec, dim);
        for &dim in spec.dims.iter().filter(|&&dim| dim <= 2) {
            let model = model_of(dim);
            let (n, x) = (24, batch(24, dim, 4));
            let Some([at, along]) = arrows(&model.acts(x.clone(), &mut noise()), Deed::Pull) else {
                continue;
            };
            // with these the loss has something else that moves with the points
            if ["cd", "vq-vae"].contains(&spec.id) {
                continue;
            }
            assert_eq!(values(at), values(x.clone()), "{}: at the data", spec.id);
            let mut rng = Rng::new(9, Stream::Eval);
            for direction in 0..3 {
                let u = match direction {
                    0 => along.clone(),
                    _ => along.clone() * 0.5 + rng.normal_tensor([n, dim], &device()) * 0.5,
                };
                let u = u.clone() / u.square().sum().sqrt().unsqueeze();
                let loss = |h: f64| f64::from(values(model.loss(0, x.clone() + u.clone() * h, &mut noise()))[0]);
                let found = -(n as f64) * (loss(H) - loss(-H)) / (2.0 * H);
                let expected = f64::from(values((along.clone() * u.clone()).sum())[0]);
                assert!(
                    (found - expected).abs() < 0.03 * expected.abs().max(0.3),
                    "{} on {dim}-D data: a difference of {found}, arrows say {expected}",
                    spec.id
                );
            }
        }
    }
}

/// Slopes of `level` at each row of `x`, by differences.
fn slopes(level: impl Fn(Tensor<2>) -> Vec<f64>, x: &Tensor<2>) -> Vec<f64> {
    const H: f64 = 5e-3;
    let [n, d] = x.dims();
    let mut found = vec![0.0; n * d];
    for axis in 0..d {
        let step = crate::common::tensor((0..d).map(|k| if k == axis { H as f32 } else { 0.0 }).collect(), d);
        let [up, down] = [x.clone() + step.clone(), x.clone() - step].map(&level);
        (0..n).for_each(|i| found[i * d + axis] = (up[i] - down[i]) / (2.0 * H));
    }
    found
}

/// All together: a step of the difference may cross a kink of a leaky ReLU, where a single one of them means little.
fn assert_near(found: &[f64], arrows: Tensor<2>, what: &str) {
    let arrows = values(arrows);
    assert_eq!(found.len(), arrows.len(), "{what}");
    let length = |square: fn(f64, f64) -> f64| {
        let pairs = found.iter().zip(&arrows);
        pairs
            .map(|(&found, &arrow)| square(found, arrow.into()))
            .sum::<f64>()
            .sqrt()
    };
    let [apart, all] = [
        length(|found, arrow| (found - arrow).powi(2)),
        length(|_, arrow| arrow.powi(2)),
    ];
    assert!(all > 1e-3, "{what}: there is something to compare");
    assert!(apart < 0.05 * all, "{what}: {apart} apart, of {all}");
}

#[test]
fn data_are_pulled_down_the_energy_and_chains_pushed_up() {
    for id in ["cd", "pcd"] {
        let spec = find(id).expect("registered");
        let model = small_model(spec, 2);
        let alpha = spec
            .params
            .iter()
            .find(|param| param.id == "regularization")
            .expect("its own");
        let acts = model.acts(batch(12, 2, 4), &mut noise());
        // the second term told for a single point is its energy
        let energy =
            |x: &Tensor<2>, i: usize| f64::from(values(model.loss(0, x.clone().narrow(0, i, 1), &mut noise()))[1]);
        let cost = |sign: f64| {
            let model = &energy;
            move |x: Tensor<2>| -> Vec<f64> {
                let of = |i: usize| {
                    let e = model(&x, i);
                    -(sign * e + alpha.default * e * e)
                };
                (0..x.dims()[0]).map(of).collect()
            }
        };
        for (deed, sign) in [(Deed::Pull, 1.0), (Deed::Push, -1.0)] {
            let [at, along] = arrows(&acts, deed).expect("told");
            assert_near(&slopes(cost(sign), &at), along, &format!("{id}, {deed:?}"));
        }
    }
}

#[test]
fn samples_of_a_gan_are_pushed_up_the_discriminator_that_has_learned() {
    let spec = find("gan").expect("registered");
    let mut model = small_model(spec, 2);
    let x = batch(16, 2, 4);
    let acts = model.acts(x.clone(), &mut noise());
    let [at, along] = arrows(&acts, Deed::Push).expect("told");
    model.first_half(x, &mut noise());
    let gain = |x: Tensor<2>| -> Vec<f64> {
        let logits = values(model.discriminate(x).expect("a discriminator"));
        logits
            .into_iter()
            .map(|logit| -(-f64::from(logit)).exp().ln_1p())
            .collect()
    };
    assert_near(&slopes(gain, &at), along, "gan");
}

#[test]
fn answers_and_what_is_right_make_the_loss() {
    let of = |model: &dyn Model, right: Deed, scale: f64| {
        let acts = model.acts(batch(64, 2, 4), &mut noise());
        let [_, right] = arrows(&acts, right).expect("told");
        let [_, answer] = arrows(&acts, Deed::Answer).expect("told");
        let error = values((answer - right).square().sum_dim(1).mean())[0];
        let loss = numbers(&acts, Deed::Loss).expect("told")[0];
        (scale * f64::from(error), f64::from(loss))
    };
    let sigma = |id: &str| {
        let spec = find(id).expect("registered");
        spec.params
            .iter()
            .find(|param| param.id == "sigma")
            .map_or(0.0, |param| param.default)
    };
    for (id, right, scale) in [
        ("fm", Deed::TargetVelocity, 1.0),
        ("fm-ot", Deed::TargetVelocity, 1.0),
        ("ddpm", Deed::TargetNoise, 1.0),
        ("ddpm-v", Deed::TargetV, 1.0),
        ("dsm", Deed::WayBack, 0.5 * sigma("dsm").powi(2)),
    ] {
        let model = small_model(find(id).expect("registered"), 2);
        let (error, loss) = of(model.as_ref(), right, scale);
        assert!(
            (error - loss).abs() < 1e-3 * loss.abs(),
            "{id}: {error} of arrows, a loss of {loss}"
        );
    }
}

#[test]
fn what_is_foretold_of_pixels_in_black_and_white_makes_the_loss_and_its_slope() {
    provide_digits();
    let settings = known(
        find("made-pixels").expect("registered"),
        &[("batch", 16.0), ("width", 16.0)],
    );
    let mut session = Session::new(device());
    session
        .configure(&patch("made-pixels", "digits-binary", &settings))
        .expect("it starts");
    block_on(session.step(5)).expect("five steps");
    let slow = block_on(session.slow()).expect("a step told");
    let told = |deed: Deed| slow.acts.iter().find(|told| told.deed == deed).expect("told");
    let batch = slow.acts[0].points.as_deref().expect("points");
    let foretold = told(Deed::Foretold).points.as_deref().expect("means");
    let missed = told(Deed::Missed).arrows.as_deref().expect("what is missing");
    let pixels = batch.iter().zip(foretold);
    let nats: f64 = pixels
        .clone()
        .map(|(&x, &p)| -f64::from(if x == 1.0 { p } else { 1.0 - p }).ln())
        .sum();
    let loss = f64::from(losses_of(&slow, Deed::Loss).expect("told")[0]);
    let mean = nats / (batch.len() / slow.dim) as f64;
    assert!(
        (mean - loss).abs() < 1e-4 * loss,
        "{mean} nats by what is foretold, a loss of {loss}"
    );
    for ((&x, &p), &gap) in pixels.zip(missed) {
        assert!((gap - (x - p)).abs() < 1e-6, "of {x} foretold {p}, missing {gap}");
    }
    // nothing comes before the first pixel, so that it is foretold alike of all
    let first: Vec<f32> = foretold.iter().step_by(slow.dim).copied().collect();
    assert!(first.iter().all(|&p| p == first[0]), "{first:?}");
}
