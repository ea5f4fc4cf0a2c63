//! What learning classes promises, of every row that can.

use super::derivatives::assert_gradients_are_those_of_the_losses;
use crate::common::{SMALL, batch, device, known, settings_where_known, space, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    data::Space,
    models::{Density, Model, spec::ModelSpec},
    rng::{Rng, Stream},
    spec::classes::CONDITIONAL,
};

/// Unequal, so that no law holds by their being equal.
pub(super) const SHARES: [f64; 3] = [0.5, 0.3, 0.2];

pub(super) fn rng(seed: u64) -> Rng {
    Rng::new(seed, Stream::Look)
}

fn can_be_conditional(spec: &ModelSpec) -> bool {
    !known(spec, &[(CONDITIONAL.id, 1.0)]).is_empty()
}

/// A small model of `classes` as it starts; of none where that is 0.
fn fresh(spec: &'static ModelSpec, dim: usize, classes: usize, own: &[(&str, f64)]) -> Box<dyn Model> {
    let told = [(CONDITIONAL.id, f64::from(u8::from(classes > 0)))];
    let settings = settings_where_known(spec, &[SMALL, &told, own].concat());
    let space = Space { classes, ..space(dim) };
    spec.model(space, &settings, &mut Rng::new(11, Stream::Init), &device().autodiff())
}

/// The same with three classes and its weights pushed away from where they start, which is where all classes are one.
pub(super) fn small(spec: &'static ModelSpec, dim: usize, own: &[(&str, f64)]) -> Box<dyn Model> {
    let mut model = fresh(spec, dim, SHARES.len(), own);
    model.set_class_shares(&SHARES);
    nudge(model.as_mut());
    model
}

/// Pushes weights away from where they start.
pub(super) fn nudge(model: &mut dyn Model) {
    let mut init = Rng::new(12, Stream::Init);
    for player in 0..model.players() {
        let theta = model.parameters(player);
        let n = theta.dims()[0];
        let nudge = init.normal_tensor([1, n], &device()).reshape([n]) * 0.1;
        model.set_parameters(player, theta + nudge);
    }
}

/// `n` points with classes in turn.
fn labelled(n: usize, dim: usize, classes: usize, seed: u64) -> Tensor<2> {
    let y: Vec<f32> = (0..n * classes)
        .map(|i| f32::from(u8::from(i / classes % classes == i % classes)))
        .collect();
    Tensor::cat(vec![batch(n, dim, seed), tensor(y, classes)], 1)
}

pub(super) fn of_class(model: &dyn Model, class: usize) -> Box<dyn Model> {
    let mut one = model.twin();
    assert!(
        one.set("condition", class as f64),
        "a conditional model can be looked at class by class"
    );
    one
}

/// log p(x), divided by Z where that is known.
pub(super) fn log_prob(model: &dyn Model, x: Tensor<2>, rng: &mut Rng) -> Option<Vec<f32>> {
    match model.density(x, rng) {
        Density::Exact(log_p) | Density::Estimate(log_p) | Density::LowerBound(log_p) => Some(values(log_p)),
        Density::Unnormalized(log_p) => {
            let log_z = model.normalizer().expect("an energy has one").log_z;
            Some(values(log_p - log_z.narrow(0, 0, 1)))
        }
        Density::None => None,
    }
}

/// With one class and no label left out it is the model without classes: its losses, its samples, its density, to the bit.
pub fn one_class_is_no_class(spec: &'static ModelSpec, dim: usize) {
    if !can_be_conditional(spec) {
        return;
    }
    let none = fresh(spec, dim, 0, &[]);
    let one = of_class(fresh(spec, dim, 1, &[("label_dropout", 0.0)]).as_ref(), 0);
    let x = batch(64, dim, 6);
    let with_class = Tensor::cat(vec![x.clone(), Tensor::ones([64, 1], &device())], 1);
    for player in 0..none.players() {
        let loss = |model: &dyn Model, x: &Tensor<2>| values(model.loss(player, x.clone(), &mut rng(5)).inner());
        assert_eq!(
            loss(none.as_ref(), &x),
            loss(one.as_ref(), &with_class),
            "{} on {dim}-D data, player {player}: the loss of one class",
            spec.id
        );
    }
    let drawn = |model: &dyn Model| values(model.sample(16, &mut rng(7)));
    assert_eq!(
        drawn(none.as_ref()),
        drawn(one.as_ref()),
        "{}: samples of one class",
        spec.id
    );
    let told = |model: &dyn Model| log_prob(model, x.clone(), &mut rng(8));
    assert_eq!(
        told(none.as_ref()),
        told(one.as_ref()),
        "{}: the density of one class",
        spec.id
    );
}

/// Σ_y p(y) p(x | y) = p(x), and another class is another density.
pub fn classes_mix_to_the_whole(spec: &'static ModelSpec, dim: usize) {
    if !can_be_conditional(spec) {
        return;
    }
    let model = small(spec, dim, &[("bound_samples", 8.0)]);
    let x = batch(24, dim, 9);
    let Some(whole) = log_prob(model.as_ref(), x.clone(), &mut rng(8)) else {
        return;
    };
    // noise of bounds is drawn class after class
    let mut noise = rng(8);
    let parts: Vec<Vec<f32>> = (0..SHARES.len())
        .map(|class| log_prob(of_class(model.as_ref(), class).as_ref(), x.clone(), &mut noise).expect("of each class"))
        .collect();
    let told = values(model.log_prob_by_class(x, &mut rng(8)).expect("of each class"));
    for (i, &whole) in whole.iter().enumerate() {
        let sum: f64 = SHARES
            .iter()
            .zip(&parts)
            .map(|(share, part)| share * f64::from(part[i]).exp())
            .sum();
        assert!(
            (sum.ln() - f64::from(whole)).abs() < 1e-4 * f64::from(whole).abs().max(1.0),
            "{} on {dim}-D data: classes add up to {}, the whole is {whole}",
            spec.id,
            sum.ln()
        );
        for (class, part) in parts.iter().enumerate() {
            let told = told[i * SHARES.len() + class];
            assert!(
                (told - part[i]).abs() < 1e-4 * told.abs().max(1.0),
                "{}: class {class} is told {told}",
                spec.id
            );
        }
    }
    assert!(
        parts[0] != parts[1],
        "{} on {dim}-D data does not hear of classes",
        spec.id
    );
}

/// Samples of all classes are those of each, in the order of the classes that are told beside them.
pub fn samples_are_of_the_classes_told(spec: &'static ModelSpec, dim: usize) {
    const N: usize = 40;
    if !can_be_conditional(spec) {
        return;
    }
    let model = small(spec, dim, &[]);
    let all = values(model.sample(N, &mut rng(7)));
    let mut noise = rng(7);
    let classes = model
        .classes_of_samples(N, &mut noise)
        .expect("a conditional model tells them");
    for class in 0..SHARES.len() {
        let places: Vec<usize> = (0..N).filter(|&i| usize::from(classes[i]) == class).collect();
        assert!(!places.is_empty(), "{} draws none of class {class}", spec.id);
        let own = values(of_class(model.as_ref(), class).sample(places.len(), &mut noise));
        for (row, place) in places.into_iter().enumerate() {
            assert_eq!(
                own[row * dim..(row + 1) * dim],
                all[place * dim..(place + 1) * dim],
                "{} on {dim}-D data: sample {place} is not of class {class}",
                spec.id
            );
        }
    }
}

/// Gradients with classes are the slopes of losses with classes, and every parameter has one: those that tell classes too.
pub fn classes_are_learned_along_the_slope(spec: &'static ModelSpec, dim: usize) {
    if !can_be_conditional(spec) {
        return;
    }
    // units of a discriminator that are smooth, as without classes
    let mut model = small(spec, dim, &[]);
    let x = labelled(240, dim, SHARES.len(), 8);
    for player in 0..model.players() {
        let gradient = values(model.gradient(player, x.clone(), &mut Rng::new(5, Stream::Noise)));
        let mut start = 0;
        for (index, size) in model.parameter_sizes(player).into_iter().enumerate() {
            let tensor = &gradient[start..start + size];
            assert!(
                tensor.iter().all(|g| g.is_finite()) && (tensor.iter().any(|&g| g != 0.0) || spec.id == "gan-hinge"),
                "{} on {dim}-D data, player {player}: tensor {index} does not learn classes",
                spec.id
            );
            start += size;
        }
    }
    if !model.surrogate_gradient() {
        assert_gradients_are_those_of_the_losses(&format!("{} of classes", spec.id), model.as_mut(), &x);
    }
}

/// No guidance is the conditional model, to the bit; a little changes little, much changes much, and what is drawn follows.
pub fn guidance_begins_at_the_conditional_model(spec: &'static ModelSpec, dim: usize) {
    if known(spec, &[("guidance", 1.0)]).is_empty() {
        return;
    }
    let model = of_class(small(spec, dim, &[]).as_ref(), 1);
    let x = batch(24, dim, 9);
    let seen = |w: Option<f64>| {
        let mut model = model.twin();
        if let Some(w) = w {
            model.set("guidance", 3.0);
            model.set("guidance", w);
        }
        let drawn = values(model.sample(400, &mut rng(7)));
        // where no density is worked out, what is drawn moves alike
        let told = log_prob(model.as_ref(), x.clone(), &mut rng(8)).unwrap_or_else(|| drawn.clone());
        (told, drawn)
    };
    let (none, zero, little, much) = (seen(None), seen(Some(0.0)), seen(Some(1e-4)), seen(Some(8.0)));
    assert_eq!(none, zero, "{}: no guidance", spec.id);
    let off = |other: &[f32]| none.0.iter().zip(other).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(
        off(&little.0) < 0.01,
        "{}: a little guidance moves log p by {}",
        spec.id,
        off(&little.0)
    );
    assert!(
        off(&much.0) > 0.02,
        "{}: much guidance moves log p by {}",
        spec.id,
        off(&much.0)
    );
    assert!(none.1 != much.1, "{}: samples are not guided", spec.id);
}

/// A picture of all classes is of what was learned without them, where that was, and else of their mixture.
pub fn a_picture_of_all_classes_is_cheap_where_it_can_be(spec: &'static ModelSpec, dim: usize) {
    if !can_be_conditional(spec) {
        return;
    }
    let mut model = small(spec, dim, &[]);
    let x = batch(24, dim, 9);
    let told = |density: Density| match density {
        Density::Exact(log_p) | Density::Estimate(log_p) | Density::Unnormalized(log_p) => Some(values(log_p)),
        // a bound is drawn with noise of its own
        Density::LowerBound(_) | Density::None => None,
    };
    let drawn = |model: &dyn Model| told(model.drawn_density(x.clone(), &mut rng(8)));
    let whole = |model: &dyn Model| told(model.density(x.clone(), &mut rng(8)));
    if model.knows_no_class() {
        assert_eq!(
            drawn(model.as_ref()),
            whole(model.given(None).as_ref()),
            "{}: no class",
            spec.id
        );
        model.set("guidance", 0.5);
    }
    assert!(
        !model.knows_no_class(),
        "{}: what is guided was not learned so",
        spec.id
    );
    assert_eq!(drawn(model.as_ref()), whole(model.as_ref()), "{}: the mixture", spec.id);
}
