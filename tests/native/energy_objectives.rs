//! What the objectives of an energy start from: where chains stand, along which lines slopes are taken, over which space Z is summed.

use crate::common::{batch, device, tensor, values};
use dgm::{
    data::Space,
    models::{
        Density, Extent, Model,
        energy::{
            Objective,
            exact_score_matching::{ESM, ExactScoreMatching},
            maximum_likelihood::MaximumLikelihood,
            network::EnergyNet,
            sliced_score_matching::SlicedScoreMatching,
        },
        registry,
        spec::Settings,
    },
    rng::{Rng, Stream},
};

fn model(id: &str, dim: usize, changes: &[(&str, f64)]) -> Box<dyn Model> {
    let spec = registry::find(id).expect("a registered model");
    let mut settings = Settings::defaults(spec.params);
    for (setting, value) in changes {
        settings.set(spec.params, setting, *value).expect("within range");
    }
    (spec.build)(
        Space::continuous(dim),
        &settings,
        &mut Rng::new(11, Stream::Init),
        &device().autodiff(),
    )
}

/// One step that takes a walker some .01 far.
const SHORT: [(&str, f64); 3] = [("sampler", 0.0), ("k_steps", 1.0), ("step_size", 1e-4)];
const FAR: f32 = 0.1;

#[test]
fn persistent_chains_go_on_from_where_they_stood() {
    let mut model = model("pcd", 2, &[&SHORT[..], &[("rebirth", 0.0)]].concat());
    let chains = |model: &dyn Model| values(model.state().tensors.last().expect("the chains").clone());
    let before = chains(model.as_ref());
    let n = 32;
    model.train_step(batch(n, 2, 3), &mut Rng::new(5, Stream::Noise));
    let after = chains(model.as_ref());
    let (moved, waiting) = before.split_at(2 * n);
    assert_eq!(after.len(), before.len());
    assert_eq!(after[..waiting.len()], *waiting, "those behind move up");
    let last = &after[waiting.len()..];
    assert_ne!(last, moved, "the first ones have walked");
    for (now, then) in last.iter().zip(moved) {
        assert!((now - then).abs() < FAR, "a chain leapt from {then} to {now}");
    }
}

#[test]
fn a_reborn_chain_starts_anew() {
    let mut model = model("pcd", 2, &[&SHORT[..], &[("rebirth", 1.0)]].concat());
    let chains = |model: &dyn Model| values(model.state().tensors.last().expect("the chains").clone());
    let before = chains(model.as_ref());
    model.train_step(batch(32, 2, 3), &mut Rng::new(5, Stream::Noise));
    let after = chains(model.as_ref());
    let last = &after[after.len() - 64..];
    let stayed = last
        .iter()
        .zip(&before)
        .filter(|(now, then)| (*now - *then).abs() < FAR)
        .count();
    assert!(stayed < 16, "{stayed} of 64 numbers stayed");
}

#[test]
fn chains_of_contrastive_divergence_start_at_the_data() {
    let model = model("cd", 2, &SHORT);
    // Where the bowl is steep: whatever starts elsewhere has another energy.
    let x = tensor([2.5, 2.5].repeat(32), 2);
    let losses = values(model.loss(0, x, &mut Rng::new(5, Stream::Noise)).inner());
    let [_, at_data, at_chains] = losses[..] else {
        panic!("three losses")
    };
    assert!(at_data > 2.0, "the bowl rises: {at_data}");
    assert!(
        (at_data - at_chains).abs() < 0.1,
        "{at_data} at the data, {at_chains} one short step on"
    );
}

#[test]
fn on_the_line_sliced_score_matching_is_the_exact_one() {
    let rng = &mut Rng::new(11, Stream::Init);
    let energy = EnergyNet::new(1, &Settings::defaults(ESM.params), rng, &device().autodiff());
    let x = batch(64, 1, 3);
    let loss = |objective: &dyn Objective<EnergyNet>| {
        let drawn = objective.draw(&energy, &x, &mut Rng::new(5, Stream::Noise));
        values(objective.loss(&energy, x.clone().autodiff(), drawn.autodiff()).inner())
    };
    let (exact, sliced) = (loss(&ExactScoreMatching), loss(&SlicedScoreMatching { slices: 1 }));
    for (exact, sliced) in exact.iter().zip(&sliced) {
        assert!(
            (exact - sliced).abs() < 1e-4 * exact.abs().max(1.0),
            "{exact}, {sliced}"
        );
    }
}

#[test]
fn lines_are_chosen_by_fair_coins() {
    let rng = &mut Rng::new(11, Stream::Init);
    let energy = EnergyNet::new(2, &Settings::defaults(ESM.params), rng, &device());
    let drawn = SlicedScoreMatching { slices: 4 }.draw(&energy, &batch(500, 2, 3), &mut Rng::new(5, Stream::Noise));
    let heads = values(drawn.clone()).into_iter().filter(|&v| v == 1.0).count();
    assert!(values(drawn).iter().all(|v| v.abs() == 1.0));
    // 4000 coins: 4 standard deviations are 126.
    assert!((heads as f64 - 2000.0).abs() < 126.0, "{heads} heads of 4000");
}

/// log Z of a model on the line or plane by a fine sum over a box that holds all of it.
fn fine_log_z(model: &dyn Model, dim: usize, half: f64) -> f64 {
    let side: usize = if dim == 1 { 20_000 } else { 400 };
    let step = 2.0 * half / side as f64;
    let at = |i: usize| (-half + step * (i as f64 + 0.5)) as f32;
    let x = match dim {
        1 => (0..side).map(at).collect(),
        _ => (0..side * side).flat_map(|k| [at(k % side), at(k / side)]).collect(),
    };
    let Density::Unnormalized(log_prob) = model.density(tensor(x, dim), &mut Rng::new(1, Stream::Eval)) else {
        panic!("an energy")
    };
    let log_prob: Vec<f64> = values(log_prob).into_iter().map(f64::from).collect();
    let top = log_prob.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = log_prob.iter().map(|v| (v - top).exp()).sum();
    top + sum.ln() + dim as f64 * step.ln()
}

/// Beyond what Z is summed over, the energy of data could fall for nothing.
#[test]
fn maximum_likelihood_sums_z_beyond_the_farthest_data() {
    const ALL: f64 = 40.0;
    for dim in [1, 2] {
        let rng = &mut Rng::new(11, Stream::Init);
        let energy = EnergyNet::new(dim, &Settings::defaults(ESM.params), rng, &device().autodiff());
        let mut objective = MaximumLikelihood {
            side: 128,
            extent: Extent::DEFAULT,
        };
        let reach = |objective: &MaximumLikelihood| {
            let drawn = objective.draw(&energy, &batch(8, dim, 3), &mut Rng::new(5, Stream::Noise));
            let points = drawn.narrow(1, 0, dim);
            [points.clone().min(), points.max()].map(|end| f64::from(values(end)[0]))
        };
        assert!(reach(&objective)[1] < ALL);
        Objective::<EnergyNet>::set_extent(&mut objective, Extent { most: 2.0, all: ALL });
        let [low, high] = reach(&objective);
        assert!(low < -ALL && high > ALL, "{dim}-D: {low} to {high}");
    }
}

#[test]
fn maximum_likelihood_sums_z_over_all_of_the_space() {
    for dim in [1, 2] {
        for tail_scale in [1.5, 4.0] {
            let mut model = model("mle", dim, &[("tail_scale", tail_scale)]);
            // Wider data leave coarser cells, and as true a sum.
            for half_width in [2.0, 6.0] {
                model.set_extent(Extent {
                    most: half_width,
                    all: half_width,
                });
                let exact = fine_log_z(model.as_ref(), dim, 6.5 * tail_scale);
                let losses = (0..4).map(|seed| model.loss(0, batch(32, dim, 3), &mut Rng::new(seed, Stream::Noise)));
                let log_z = losses.map(|losses| f64::from(values(losses.inner())[1])).sum::<f64>() / 4.0;
                println!("{dim}-D, tails {tail_scale}, box {half_width}: {log_z}, {exact}");
                assert!(
                    (log_z - exact).abs() < 0.02,
                    "{dim}-D, tails {tail_scale}, box {half_width}: {log_z}, should be {exact}"
                );
            }
        }
    }
}
