//! The lattice under an energy: its log Z is that of integrals known in closed form, and its draws have the law that they should.

use crate::common::{device, values};
use burn::tensor::Tensor;
use dgm::{
    models::{
        Extent,
        energy::lattice::{Domain, Lattice, SIDE},
    },
    rng::{Rng, Stream},
};
use std::f64::consts::TAU;

/// Equal Gaussians at `centres`, unnormalised by 7 nats.
fn mixture(centres: &[[f64; 2]], sigma: f64) -> impl Fn(Tensor<2>) -> Tensor<1> {
    let weight = (centres.len() as f64).ln() + 2.0 * sigma.ln() + TAU.ln() - 7.0;
    move |x: Tensor<2>| {
        let square = |[x1, x2]: &[f64; 2]| {
            let [a, b] = [(0, x1), (1, x2)].map(|(axis, c)| (x.clone().narrow(1, axis, 1) - *c).square());
            (a + b) * (-0.5 / (sigma * sigma))
        };
        let all = Tensor::cat(centres.iter().map(square).collect(), 1); // [n, centres]
        let top = all.clone().max_dim(1);
        ((all - top.clone()).exp().sum_dim(1).log() + top).squeeze_dim(1) - weight
    }
}

/// As they are standardised: 25gaussians, moved off the lattice's symmetry, ring and 8gaussians.
fn shipped() -> [(&'static str, Vec<[f64; 2]>, f64, f64); 3] {
    let axis = [-2.0, -1.0, 0.0, 1.0, 2.0].map(|x: f64| x / 2f64.sqrt());
    let grid = axis
        .iter()
        .flat_map(|&x| axis.map(|y| [x + 0.013, y - 0.017]))
        .collect();
    let circle = |radius: f64| {
        (0..8)
            .map(|k| TAU / 8.0 * f64::from(k))
            .map(move |t| [radius * t.cos(), radius * t.sin()])
    };
    [
        ("25gaussians", grid, 0.0177, 1.77),
        ("ring", circle(1.414).collect(), 0.0141, 2.12),
        ("8gaussians", circle(1.38).collect(), 0.175, 2.2),
    ]
}

fn domain(dim: usize, half_width: f64, tail_scale: f64) -> Domain {
    Domain {
        dim,
        extent: Extent {
            most: half_width,
            all: half_width,
        },
        tail_scale,
        side: SIDE,
    }
}

fn assert_log_z(what: &str, lattice: &Lattice, expected: f64) {
    let found = values(lattice.log_z()).into_iter().map(f64::from).collect::<Vec<_>>();
    let [value, stderr] = found[..] else {
        panic!("two numbers")
    };
    println!("{what}: {value} ± {stderr}, {expected}");
    assert!(
        (value - expected).abs() < 4.0 * stderr + 2e-5,
        "{what}: {value} ± {stderr}, should be {expected}"
    );
    assert!(stderr < 5e-3, "{what}: an error of {stderr}");
}

#[test]
fn log_z_of_narrow_modes_is_found_within_its_small_error() {
    for (what, centres, sigma, half_width) in shipped() {
        let f = mixture(&centres, sigma);
        let lattice = Lattice::new(&f, domain(2, half_width, 1.5), &[0.5; 2], &device());
        assert_log_z(what, &lattice, 7.0);
    }
}

#[test]
fn log_z_holds_the_tails_however_wide() {
    for dim in [1, 2] {
        // A bowl as wide as the settings allow, at temperature 4; the widest data.
        for (tail_scale, half_width) in [(0.36, 2.0), (1.5, 1.77), (8.0, 1.77), (1.5, 20.0)] {
            let bowl = |x: Tensor<2>| x.square().sum_dim(1).squeeze_dim(1) * (-0.5 / (tail_scale * tail_scale));
            let shift = vec![0.5; dim];
            let lattice = Lattice::new(&bowl, domain(dim, half_width, tail_scale), &shift, &device());
            let expected = dim as f64 * (0.5 * TAU.ln() + tail_scale.ln());
            assert_log_z(&format!("{dim}-D, {tail_scale} in {half_width}"), &lattice, expected);
        }
    }
}

#[test]
fn draws_of_narrow_modes_have_their_shares_and_their_width() {
    const N: usize = 20_000;
    for (what, centres, sigma, half_width) in shipped() {
        let f = mixture(&centres, sigma);
        let lattice = Lattice::new(&f, domain(2, half_width, 1.5), &[0.5; 2], &device());
        let drawn = values(lattice.sample(N, &mut Rng::new(5, Stream::Eval)));
        let mut counts = vec![0.0; centres.len()];
        let mut squares = 0.0;
        for x in drawn.chunks(2) {
            let square = |c: &[f64; 2]| (f64::from(x[0]) - c[0]).powi(2) + (f64::from(x[1]) - c[1]).powi(2);
            let nearest = (0..centres.len()).min_by(|&a, &b| square(&centres[a]).total_cmp(&square(&centres[b])));
            let nearest = nearest.expect("some centre");
            counts[nearest] += 1.0;
            squares += square(&centres[nearest]);
        }
        let expected = N as f64 / centres.len() as f64;
        let chi: f64 = counts.iter().map(|n| (n - expected).powi(2) / expected).sum();
        let free = centres.len() as f64 - 1.0;
        let variance = squares / (2.0 * N as f64) / (sigma * sigma);
        println!("{what}: chi-squared {chi} of {free}, variance {variance}");
        // Within 4 standard deviations of each.
        assert!(
            chi < free + 4.0 * (2.0 * free).sqrt(),
            "{what}: chi-squared {chi} of {free}"
        );
        let error = (1.0 / N as f64).sqrt();
        assert!(
            (variance - 1.0).abs() < 4.0 * error,
            "{what}: {variance} of the variance ± {error}"
        );
    }
}

#[test]
fn draws_part_where_the_lattice_has_points() {
    let f = |x: Tensor<2>| x.square().sum_dim(1).squeeze_dim(1) * -0.5;
    let lattice = Lattice::new(&f, domain(1, 2.0, 1.0), &[0.5], &device());
    let mut drawn = values(lattice.sample(4000, &mut Rng::new(5, Stream::Eval)));
    drawn.sort_by(f32::total_cmp);
    drawn.dedup();
    assert!(drawn.len() > 3990, "{} different draws of 4000", drawn.len());
}
