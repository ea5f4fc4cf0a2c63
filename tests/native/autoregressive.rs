//! What a chain promises: no factor sees what comes later, in either order, and its histograms are densities that it draws from.

use crate::{
    common::{batch, device, tensor, values},
    laws::{densities::samples_follow_the_density, trained::Trained},
};
use burn::tensor::Tensor;
use dgm::{
    models::{
        autoregressive::{
            Autoregressive,
            histogram::{Bins, Histogram},
            made::{MADE, Made},
            order::Order,
            tokens::{TOKENS, Tokens},
        },
        spec::{ModelSpec, Settings},
    },
    nn::distributions::Univariate,
    rng::{Rng, Stream},
};

fn settings(model: &'static ModelSpec, order: Order) -> Settings {
    let mut settings = Settings::defaults(model.params);
    settings
        .set(model.params, "order", order as usize as f64)
        .expect("an option");
    settings
}

fn made(dim: usize, order: Order) -> Made {
    Made::new(dim, &settings(&MADE, order), &mut Rng::new(7, Stream::Init), &device())
}

fn tokens(order: Order) -> Tokens {
    Tokens::new(2, &settings(&TOKENS, order), &mut Rng::new(7, Stream::Init), &device())
}

#[test]
fn no_conditional_of_made_sees_itself_or_a_later_coordinate_in_either_order() {
    const DIM: usize = 4;
    for order in Order::PLANE {
        let made = made(DIM, order);
        let at = batch(DIM / 2, 2, 1).reshape([1, DIM]);
        let given = Rng::new(8, Stream::Data).normal_tensor([1, DIM], &device());
        let given = given.autodiff().require_grad();
        let place = |axis: usize| if order == Order::Forward { axis } else { DIM - 1 - axis };
        for i in 0..DIM {
            let factor = made.log_factors(at.clone().autodiff(), given.clone()).narrow(1, i, 1);
            let slopes = values(given.grad(&factor.sum().backward()).expect("tracked"));
            for (j, &slope) in slopes.iter().enumerate() {
                assert_eq!(
                    slope != 0.0,
                    place(j) < place(i),
                    "{order:?}: d(conditional {i})/d(x{j}) = {slope}"
                );
            }
        }
    }
}

/// Moves one coordinate of what is given and says which of the two factors have changed anywhere.
fn changed(chain: &impl Autoregressive, moved: usize) -> [bool; 2] {
    let x = batch(64, 2, 1);
    let step = tensor((0..2).map(|axis| if axis == moved { 0.7 } else { 0.0 }).collect(), 2);
    let before = values(chain.log_factors(x.clone(), x.clone()));
    let after = values(chain.log_factors(x.clone(), x + step));
    [0, 1].map(|axis| (0..64).any(|n| before[2 * n + axis] != after[2 * n + axis]))
}

#[test]
fn the_later_coordinate_never_changes_a_factor_and_the_earlier_changes_only_the_other() {
    for order in Order::PLANE {
        let (first, second) = if order == Order::Forward { (0, 1) } else { (1, 0) };
        for (what, changed) in [
            ("made", [0, 1].map(|moved| changed(&made(2, order), moved))),
            ("tokens", [0, 1].map(|moved| changed(&tokens(order), moved))),
        ] {
            assert_eq!(
                changed[second],
                [false, false],
                "{what}, {order:?}: the later coordinate is seen"
            );
            assert!(
                !changed[first][first],
                "{what}, {order:?}: the first factor depends on something"
            );
            assert!(
                changed[first][second],
                "{what}, {order:?}: the second factor is not conditional"
            );
        }
    }
}

/// A histogram of eight uneven bins, the outermost heavy, for `n` points.
fn histogram(n: usize) -> (Histogram, Vec<f64>) {
    let shares = [0.2, 0.05, 0.1, 0.02, 0.25, 0.08, 0.15, 0.15];
    let row: Vec<f32> = shares.iter().map(|p: &f64| p.ln() as f32).collect();
    let log_probs: Tensor<2> = tensor(row, shares.len()).expand([n, shares.len()]);
    (
        Histogram::new(Bins { count: shares.len() }, vec![log_probs]),
        shares.to_vec(),
    )
}

/// The distribution function at the middles of narrow cells from −12 on, by summing the density.
fn distribution(cells: usize, width: f64) -> Vec<f64> {
    let x: Vec<f32> = (0..cells).map(|i| ((i as f64 + 0.5) * width - 12.0) as f32).collect();
    let mut sum = 0.0;
    values(histogram(cells).0.log_prob(tensor(x, 1)))
        .iter()
        .map(|&l| {
            sum += f64::from(l).exp() * width;
            sum
        })
        .collect()
}

#[test]
fn a_histogram_gives_each_bin_its_share_tails_included() {
    let (cells, width) = (24_000, 1e-3);
    let below = distribution(cells, width);
    let (_, shares) = histogram(1);
    let mut expected = 0.0;
    for (b, share) in shares.iter().enumerate() {
        expected += share;
        // bins end at −3 + 0.75 (b + 1), the last at infinity
        let end = if b == 7 { 12.0 } else { 0.75 * (b + 1) as f64 - 3.0 };
        let found = below[((end + 12.0) / width).round() as usize - 1];
        assert!(
            (found - expected).abs() < 1e-3,
            "below bin {b}'s end: {found}, shares say {expected}"
        );
    }
}

#[test]
fn draws_of_a_histogram_follow_its_density() {
    const N: usize = 20_000;
    let (cells, width) = (24_000, 1e-3);
    let below = distribution(cells, width);
    let mut draws = values(histogram(N).0.sample(&mut Rng::new(3, Stream::Eval)));
    draws.sort_by(f32::total_cmp);
    let distance = draws
        .iter()
        .enumerate()
        .map(|(i, &x)| {
            let cell = ((f64::from(x) + 12.0) / width).clamp(0.0, cells as f64 - 1.0) as usize;
            (below[cell] - (i as f64 + 0.5) / N as f64).abs()
        })
        .fold(0.0, f64::max);
    // Kolmogorov and Smirnov: 1.95 / √n is passed by chance once in a thousand.
    assert!(
        distance < 1.95 / (N as f64).sqrt(),
        "Kolmogorov-Smirnov distance {distance}"
    );
}

/// The registry's laws see the first order alone; on these data the axes are told apart.
#[test]
fn samples_follow_the_density_in_the_other_order_too() {
    for spec in [&MADE, &TOKENS] {
        samples_follow_the_density(&Trained::new(
            spec,
            "moons",
            &[("order", Order::Reverse as usize as f64)],
        ));
    }
}
