//! Laws that hold for every registered model, one test a row: `cargo test --test native planar` runs those of a row `planar`.

mod averages;
mod classes;
mod composition;
pub mod densities;
pub mod derivatives;
mod inverses;
mod steps;
mod time;
pub mod trained;
mod ways;
mod weights;

use dgm::models::{
    registry::{self, MODELS},
    spec::ModelSpec,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use trained::Trained;

/// A test for each row, named after it, with `_` for `-`.
macro_rules! rows {
    ($($row:ident)*) => {
        const ROWS: &[&str] = &[$(stringify!($row)),*];
        $(#[test]
        fn $row() {
            every_law_holds(&id(stringify!($row)));
        })*
    };
}

rows! {
    nce cd pcd dsm ssm esm mle
    realnvp nice maf iaf nsf nsf_pixels
    vae vae_pixels vae_prior_pixels iwae vae_prior ae vq_vae
    gan gan_minimax lsgan gan_hinge wgan wgan_gp rgan
    made tokens made_pixels made_pixels_orders
    fm fm_pixels fm_ot ddpm ddpm_v
}

fn id(row: &str) -> String {
    row.replace('_', "-")
}

#[test]
fn every_registered_row_stands_above() {
    for spec in MODELS {
        let named = ROWS.iter().any(|row| id(row) == spec.id);
        assert!(
            named,
            "add {} to rows! in tests/native/laws/mod.rs: it is not tested",
            spec.id
        );
    }
}

type LawOfAStart = (&'static str, fn(&'static ModelSpec, usize));
type LawOfTheTrained = (&'static str, fn(&Trained));

/// Hold for a model near its first weights, in every dimension that it learns.
const OF_A_START: &[LawOfAStart] = &[
    (
        "its log-determinant is that of its Jacobian",
        inverses::log_det_is_that_of_the_jacobian,
    ),
    ("its inverse undoes it", inverses::undone_at_the_start),
    (
        "every parameter has a gradient",
        derivatives::every_parameter_has_a_finite_gradient,
    ),
    (
        "every parameter learns from the start",
        derivatives::every_parameter_learns_from_its_first_weights_on,
    ),
    (
        "its gradient is the slope of its loss",
        derivatives::gradient_is_the_slope_of_the_loss,
    ),
    (
        "its score is minus the slope of its energy",
        derivatives::score_is_minus_the_slope_of_the_energy,
    ),
    (
        "a step takes the loss that it tells",
        steps::a_step_takes_the_loss_that_it_tells,
    ),
    (
        "its solved density integrates to one",
        densities::a_solved_density_integrates_to_one,
    ),
    (
        "what is drawn depends on the noise alone",
        steps::samples_are_those_of_the_noise,
    ),
    (
        "it goes on from every state that it kept as it did",
        time::it_goes_on_from_every_state_as_it_did,
    ),
    ("two halves make a step", time::two_halves_make_a_step),
    (
        "what is shown is of the averaged weights",
        averages::what_is_shown_is_of_the_averaged_weights,
    ),
    ("one class is no class", classes::one_class_is_no_class),
    ("its classes mix to the whole", classes::classes_mix_to_the_whole),
    (
        "samples are of the classes told",
        classes::samples_are_of_the_classes_told,
    ),
    (
        "classes are learned along the slope",
        classes::classes_are_learned_along_the_slope,
    ),
    (
        "a picture of all classes is cheap where it can be",
        classes::a_picture_of_all_classes_is_cheap_where_it_can_be,
    ),
    (
        "guidance begins at the conditional model",
        classes::guidance_begins_at_the_conditional_model,
    ),
    (
        "a composed energy is the product",
        composition::a_composed_energy_is_the_product,
    ),
    (
        "any of some classes is their mixture",
        composition::any_of_some_classes_is_their_mixture,
    ),
    (
        "a composed class is that class",
        composition::a_composed_class_is_that_class,
    ),
    (
        "its weights are told by name, all of them",
        weights::named_weights_are_all_parameters_and_what_is_fixed,
    ),
    ("its way leads where its map does", ways::a_way_leads_where_the_map_does),
    (
        "its codes are drawn as wide as their posterior",
        ways::codes_are_drawn_as_wide_as_their_posterior,
    ),
];

/// Hold for a model that has learned for a while and is far from where it began.
const OF_THE_TRAINED: &[LawOfTheTrained] = &[
    ("its inverse undoes it once trained", inverses::undone_once_trained),
    (
        "its density integrates to one and its samples follow it",
        densities::samples_follow_the_density,
    ),
    (
        "a point's density does not depend on the other points",
        densities::points_are_measured_alone,
    ),
    (
        "its drawn bound is its bound on average",
        densities::a_drawn_bound_is_the_bound_on_average,
    ),
];

/// Holds the row to all of them and names those that it breaks; their own messages come first.
fn every_law_holds(id: &str) {
    let spec = registry::find(id).expect("a row of the registry");
    let mut broken = Vec::new();
    let mut hold = |law: &'static str, on: &str, check: &dyn Fn()| {
        if catch_unwind(AssertUnwindSafe(check)).is_err() {
            broken.push(format!("{law} ({on})"));
        }
    };
    for &dim in spec.dims {
        for (law, holds) in OF_A_START {
            hold(law, &format!("{dim}-D data"), &|| holds(spec, dim));
        }
    }
    for data in Trained::data(spec) {
        let trained = Trained::new(spec, data, &[]);
        for (law, holds) in OF_THE_TRAINED {
            hold(law, data, &|| holds(&trained));
        }
    }
    assert!(
        broken.is_empty(),
        "{id} breaks {} of its laws: {broken:#?}",
        broken.len()
    );
}
