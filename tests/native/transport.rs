//! The entropic plan between noise and data: its marginals, its cost, and the pairs drawn from it.

use crate::common::{batch, device, tensor, values};
use burn::tensor::Tensor;
use dgm::{
    models::diffusion::transport::{Coupling, log_plan},
    rng::{Rng, Stream},
};

fn largest<const D: usize>(x: Tensor<D>) -> f64 {
    values(x.abs().max())[0].into()
}

#[test]
fn the_plan_of_optimal_transport_keeps_both_marginals() {
    let rng = &mut Rng::new(6, Stream::Noise);
    for (n, blur, tolerance) in [(256, 0.05, 2e-3), (256, 0.1, 1e-3), (256, 1.0, 1e-4), (16, 0.05, 1e-2)] {
        let (x1, x0) = (batch(n, 2, 7), rng.normal_tensor([n, 2], &device()));
        let plan = log_plan(x0, x1.clone(), blur).exp() * n as f64;
        let rows = largest(plan.clone().sum_dim(1) - 1.0);
        assert!(rows < 1e-4, "blur {blur}: a noise point has a mass {rows} off");
        let columns = plan.sum_dim(0).transpose() - 1.0;
        let off = values(columns.clone().abs().mean())[0];
        assert!(
            off < tolerance,
            "{n} points, blur {blur}: data points have masses {off} off in the mean"
        );
        // What that does to the data's mean is little beside the error of the batch itself.
        let drift = largest((columns * x1).mean_dim(0));
        assert!(
            drift < 0.1 / (n as f64).sqrt(),
            "{n} points, blur {blur}: the mean moves {drift}"
        );
    }
}

#[test]
fn partners_are_drawn_so_that_every_data_point_has_one_on_average() {
    // The noise stays as it was drawn, so x0 is N(0, I); the data are counted over many draws of partners.
    let (n, draws, rng) = (64, 400, &mut Rng::new(6, Stream::Noise));
    let (x1, x0) = (batch(n, 2, 7), rng.normal_tensor([n, 2], &device()));
    let known = values(x1.clone());
    let mut counts = vec![0; n];
    for _ in 0..draws {
        let data = values(Coupling::Transport { blur: 0.1 }.data_for(&x0, x1.clone(), rng));
        for point in data.chunks(2) {
            let which = known.chunks(2).position(|known| known == point);
            counts[which.expect("a partner is one of the data")] += 1;
        }
    }
    // Each count is a sum of independent trials, so its standard deviation is at most √draws.
    let most = 5.0 * f64::from(draws).sqrt();
    for (point, &count) in counts.iter().enumerate() {
        let off = f64::from(count - draws).abs();
        assert!(off < most, "data point {point} had {count} partners in {draws} draws");
    }
}

#[test]
fn a_plan_with_little_blur_is_nearly_the_best_and_a_blurred_one_independent() {
    // On the line the best matching is that of the sorted points.
    let (n, rng) = (128, &mut Rng::new(8, Stream::Noise));
    let sorted = |mut x: Vec<f32>| {
        x.sort_by(f32::total_cmp);
        x
    };
    let x1 = sorted(values(rng.normal_tensor([n, 1], &device()) * 0.5 + 1.0));
    let x0 = sorted(values(rng.normal_tensor([n, 1], &device())));
    let square = |a: f32, b: f32| f64::from(a - b).powi(2);
    let best = x1.iter().zip(&x0).map(|(&a, &b)| square(a, b)).sum::<f64>() / n as f64;
    let independent = x1
        .iter()
        .flat_map(|&a| x0.iter().map(move |&b| square(a, b)))
        .sum::<f64>()
        / (n * n) as f64;
    let cost = |blur: f64| {
        let plan = values(log_plan(tensor(x0.clone(), 1), tensor(x1.clone(), 1), blur).exp());
        let of = |(k, p): (usize, &f32)| f64::from(*p) * square(x0[k / n], x1[k % n]);
        plan.iter().enumerate().map(of).sum::<f64>()
    };
    let (sharp, blurred) = (cost(0.05), cost(1000.0));
    // Entropy lets each pair stray by about √(blur / 2) on each side at most.
    assert!(
        (best - 1e-3..best + 0.05).contains(&sharp),
        "cost {sharp}, the best is {best}"
    );
    assert!(
        (blurred - independent).abs() < 0.01,
        "cost {blurred}, independent {independent}"
    );
}

#[test]
fn pairs_follow_the_plan() {
    // The same points on both sides in another order: with hardly any blur each finds itself.
    let x1 = batch(64, 2, 9) * 10.0;
    let x0 = x1.clone().flip([0]);
    let pairs = Coupling::Transport { blur: 0.05 }.data_for(&x0, x1, &mut Rng::new(1, Stream::Noise));
    let off = values((pairs - x0).square().sum_dim(1));
    let found = off.iter().filter(|&&off| off < 1e-6).count();
    assert!(found >= 60, "{found} of 64 points found themselves");
}

#[test]
fn a_lonely_far_point_leaves_a_finite_plan() {
    // It is nearest to half of the noise, which Sinkhorn must take from it: u and v drift apart without end.
    let far = |sign: f32| tensor(vec![100.0 * sign, 0.0], 2);
    let x1 = Tensor::cat(vec![far(-1.0), batch(63, 2, 10) + far(1.0)], 0);
    let plan = values(log_plan(batch(64, 2, 11), x1, 0.05));
    assert!(plan.iter().all(|p| p.is_finite()), "log P is finite everywhere");
}
