//! What putting classes together promises, of every row that can: an energy's product is the product, and a diffusion's sum of scores begins at one class.

use super::classes::{SHARES, log_prob, nudge, of_class, rng, small};
use crate::common::{SMALL, batch, device, known, settings_where_known, space, tensor, values};
use dgm::{
    models::{
        Model,
        classes::one_hot,
        composition::{Asked, Known, Product},
        spec::{Family, ModelSpec},
    },
    rng::{Rng, Stream},
};

const CLASSES: usize = 3;

/// Cells along an axis of the box over which brute force adds up, and its half-width.
const SIDE: usize = 160;
const HALF_WIDTH: f64 = 9.0;

fn composes(spec: &ModelSpec) -> bool {
    !known(spec, &[("compose", 1.0)]).is_empty()
}

fn asked(model: &dyn Model, asked: Asked, w: f64) -> Box<dyn Model> {
    let mut model = model.twin();
    model.set("guidance", w);
    model.ask(asked);
    model
}

fn product(of: &[usize], without: &[usize]) -> Asked {
    Asked::product(of.to_vec(), without.to_vec(), CLASSES)
}

/// Centres of even cells over a box that holds all mass, and log of a cell's volume.
fn cells(dim: usize) -> (Vec<f32>, f64) {
    let length = 2.0 * HALF_WIDTH / SIDE as f64;
    let at = |i: usize| ((i as f64 + 0.5) * length - HALF_WIDTH) as f32;
    let points = match dim {
        1 => (0..SIDE).map(at).collect(),
        _ => (0..SIDE * SIDE).flat_map(|k| [at(k % SIDE), at(k / SIDE)]).collect(),
    };
    (points, dim as f64 * length.ln())
}

fn log_sum(values: &[f64]) -> f64 {
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    most + values.iter().map(|value| (value - most).exp()).sum::<f64>().ln()
}

/// What an energy model says of classes put together is the product of p(x) and the judgements, divided by its sum over the space.
pub fn a_composed_energy_is_the_product(spec: &'static ModelSpec, dim: usize) {
    if !composes(spec) || spec.family != Family::Energy {
        return;
    }
    let model = small(spec, dim, &[]);
    let (grid, log_volume) = cells(dim);
    let few = values(batch(24, dim, 9));
    let points = tensor([&few[..], &grid].concat(), dim);
    let told = |model: &dyn Model| -> Vec<f64> {
        let log_p = log_prob(model, points.clone(), &mut rng(8)).expect("a density");
        log_p.into_iter().map(f64::from).collect()
    };
    let each: Vec<Vec<f64>> = (0..CLASSES)
        .map(|class| told(of_class(model.as_ref(), class).as_ref()))
        .collect();
    let posterior = |i: usize, class: usize| {
        let joint: Vec<f64> = (0..CLASSES).map(|class| SHARES[class].ln() + each[class][i]).collect();
        (joint[class] - log_sum(&joint)).exp()
    };
    let whole = |i: usize| {
        log_sum(
            &(0..CLASSES)
                .map(|class| SHARES[class].ln() + each[class][i])
                .collect::<Vec<_>>(),
        )
    };
    for (of, without, w) in [
        (vec![0, 1], vec![], 0.0),
        (vec![0], vec![2], 0.0),
        (vec![0, 1], vec![2], 1.5),
        (vec![1], vec![], 2.0),
        (vec![1, 1], vec![], 0.0),
    ] {
        let log_product: Vec<f64> = (0..each[0].len())
            .map(|i| {
                let of = of.iter().map(|&class| posterior(i, class).ln());
                let without = without.iter().map(|&class| (1.0 - posterior(i, class)).ln());
                whole(i) + (1.0 + w) * of.chain(without).sum::<f64>()
            })
            .collect();
        let log_z = log_sum(&log_product[few.len() / dim..]) + log_volume;
        let found = told(asked(model.as_ref(), product(&of, &without), w).as_ref());
        for (i, log_p) in found.iter().take(few.len() / dim).enumerate() {
            let expected = log_product[i] - log_z;
            assert!(
                (log_p - expected).abs() < 0.01,
                "{} on {dim}-D data, {of:?} without {without:?} at w = {w}: log p is {log_p}, the product {expected}",
                spec.id
            );
        }
    }
}

/// Any of some classes is their mixture by their shares among themselves, and so is all but one.
pub fn any_of_some_classes_is_their_mixture(spec: &'static ModelSpec, dim: usize) {
    if known(spec, &[("condition", 1.0)]).is_empty() {
        return;
    }
    let model = small(spec, dim, &[("bound_samples", 8.0)]);
    let x = batch(24, dim, 9);
    let mixture = asked(model.as_ref(), product(&[], &[1]), 0.0);
    let classes = mixture.classes_of_samples(400, &mut rng(7)).expect("told");
    let firsts = classes.iter().filter(|&&class| class == 0).count();
    assert!(
        !classes.contains(&1) && (200..300).contains(&firsts),
        "{}: {firsts} of 400 are of the first class, which is to be 5 of 7",
        spec.id
    );
    let Some(whole) = log_prob(mixture.as_ref(), x.clone(), &mut rng(8)) else {
        return;
    };
    let mut noise = rng(8);
    let parts =
        [0, 2].map(|class| log_prob(of_class(model.as_ref(), class).as_ref(), x.clone(), &mut noise).expect("told"));
    for (i, &log_p) in whole.iter().enumerate() {
        let sum = (5.0 * f64::from(parts[0][i]).exp() + 2.0 * f64::from(parts[1][i]).exp()) / 7.0;
        assert!(
            (sum.ln() - f64::from(log_p)).abs() < 1e-4 * f64::from(log_p).abs().max(1.0),
            "{} on {dim}-D data: any of two classes has log p {log_p}, their mixture {}",
            spec.id,
            sum.ln()
        );
    }
}

/// One class put together with nothing is that class, to the bit, and two are neither of them.
pub fn a_composed_class_is_that_class(spec: &'static ModelSpec, dim: usize) {
    if !composes(spec) || spec.family != Family::Diffusion {
        return;
    }
    // as the family has it: what is asked of a model as a whole never comes to a product of one
    let settings = settings_where_known(spec, &[SMALL, &[("conditional", 1.0)]].concat());
    let mut model = (spec.build)(
        space(dim),
        &settings,
        &mut Rng::new(11, Stream::Init),
        &device().autodiff(),
    );
    model.learn_classes(CLASSES);
    nudge(model.as_mut());
    let classes: Vec<_> = (0..CLASSES)
        .map(|class| one_hot(&[class as u8], CLASSES, &device()))
        .collect();
    let x = batch(24, dim, 9);
    let seen = |model: &dyn Model| {
        let mut noise: Rng = rng(7);
        let drawn = values(model.sample(16, &mut noise));
        (drawn, log_prob(model, x.clone(), &mut noise).expect("a density"))
    };
    let given = |class: usize| seen(model.given(Some(classes[class].clone())).as_ref());
    let composed = |of: &[usize], without: &[usize]| {
        let (of, without) = (of.to_vec(), without.to_vec());
        let known = Known {
            classes: classes.clone(),
            offsets: None,
            guidance: 0.0,
        };
        seen(
            model
                .composed(&Product { of, without }, &known)
                .expect("composes")
                .as_ref(),
        )
    };
    assert_eq!(composed(&[1], &[]), given(1), "{}: one class alone", spec.id);
    let both = composed(&[0, 1], &[]);
    assert!(both != given(0) && both != given(1), "{}: two classes are one", spec.id);
    assert!(composed(&[0], &[1]) != both, "{}: not is and", spec.id);
}
