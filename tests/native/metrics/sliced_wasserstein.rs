//! Sliced Wasserstein distance, and what it scores between two sets of the same data.

use super::{assert_states_its_spread, gaussian, rng};
use dgm::{
    data::Points,
    metrics::{floor::floor, sliced_wasserstein::sliced_wasserstein},
};

#[test]
fn sliced_wasserstein_of_a_shift_and_a_scale() {
    let a = gaussian(500, &[1.0, -2.0], 1.0, &mut rng(6));
    let with = |f: fn(f32, usize) -> f32| {
        let moved = a.values.iter().enumerate().map(|(k, &x)| f(x, k % 2));
        Points::new(2, moved.collect())
    };
    let shifted = sliced_wasserstein(&a, &with(|x, axis| x + [3.0, 4.0][axis])).value;
    assert!((shifted - 5.0 / 2.0_f64.sqrt()).abs() < 1e-4, "{shifted}");
    // Doubling moves every point by itself: the average of ⟨θ, x⟩² over directions is |x|²/2.
    let mean_square = a.values.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>() / 500.0;
    let doubled = sliced_wasserstein(&a, &with(|x, _| 2.0 * x)).value;
    assert!((doubled - (mean_square / 2.0).sqrt()).abs() < 1e-4, "{doubled}");
    assert_eq!(sliced_wasserstein(&a, &a).value, 0.0);
}

#[test]
fn sliced_wasserstein_on_the_line_and_between_sizes() {
    let line = |values: &[f32]| Points::new(1, values.to_vec());
    // Thirds against halves: masses 1/3, 1/6, 1/6, 1/3 move by 0, 1, 2, 0.
    let squared = sliced_wasserstein(&line(&[0.0, 1.0, 3.0]), &line(&[3.0, 0.0]))
        .value
        .powi(2);
    assert!((squared - (1.0 / 6.0 + 4.0 / 6.0)).abs() < 1e-12, "{squared}");
    // Repeating every point changes no distribution.
    let (a, b) = (
        gaussian(60, &[0.0, 0.0], 1.0, &mut rng(7)),
        gaussian(40, &[1.0, 0.0], 2.0, &mut rng(8)),
    );
    let twice = Points::new(2, [&b.values[..], &b.values[..]].concat());
    let once = sliced_wasserstein(&a, &b).value;
    assert!((once - sliced_wasserstein(&a, &twice).value).abs() < 1e-9);
    assert!((once - sliced_wasserstein(&b, &a).value).abs() < 1e-12);
}

#[test]
fn the_floor_of_sliced_wasserstein_falls_with_more_points() {
    for row in crate::common::with_density() {
        let data = (row.build)(0.0);
        let mut rng = rng(13);
        let mut of = |n: usize| {
            let mut draw = || data.sample(n, &mut rng);
            let repeats: Vec<_> = (0..20).map(|_| [sliced_wasserstein(&draw(), &draw()).value]).collect();
            let [floor] = floor(&repeats);
            floor
        };
        let (few, many) = (of(200), of(1800));
        // Nine times the points: a third of the distance, where it falls as 1/√n.
        let ratio = few.value / many.value;
        assert!((1.5..6.0).contains(&ratio), "{}: {few:?}, {many:?}", row.id);
    }
}

#[test]
fn the_stated_error_of_sliced_wasserstein_is_its_spread() {
    let mut rng = rng(15);
    // A shift, another width, and sets of unequal size: on the line and on the plane.
    for (dim, [n, m]) in [(1, [300, 300]), (2, [300, 300]), (2, [200, 350])] {
        let runs: Vec<_> = (0..200)
            .map(|_| {
                let a = gaussian(n, &vec![0.0; dim], 1.0, &mut rng);
                sliced_wasserstein(&a, &gaussian(m, &vec![0.8; dim], 1.5, &mut rng))
            })
            .collect();
        assert_states_its_spread(&runs, &format!("dimension {dim}, {n} and {m} points"));
    }
}
