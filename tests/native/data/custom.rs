//! The reader's own points: which are refused, and how the others are drawn from.

use dgm::{
    data::{Custom, Dataset, Points},
    rng::{Rng, Stream},
};

fn custom(values: &[f32], dim: usize) -> Result<Custom, &'static str> {
    let points = Points {
        dim,
        values: values.to_vec(),
    };
    Custom::new(points, 0.0).map_err(|error| error.code())
}

#[test]
fn unusable_points_are_refused_by_code() {
    let cases: &[(&[f32], usize, &str)] = &[
        (&[], 2, "too_few_points"),
        (&[1.0, 2.0], 2, "too_few_points"),
        (&[1.0], 1, "too_few_points"),
        (&[1.0, 2.0, 3.0], 2, "ragged_data"),
        (&[1.0, f32::NAN], 1, "data_not_finite"),
        (&[1.0, 2.0, f32::INFINITY, 0.0], 2, "data_not_finite"),
        (&[4.0, 4.0, 4.0], 1, "data_constant"),
        (&[1.0, 2.0, 1.0, 2.0], 2, "data_constant"),
        (&[1.0, 2.0], 0, "out_of_range"),
        (&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3, "out_of_range"),
    ];
    for (values, dim, code) in cases {
        assert_eq!(custom(values, *dim).err(), Some(*code), "{values:?}");
    }
}

#[test]
fn the_readers_points_are_resampled_in_place() {
    let given = [[1.0, 10.0], [3.0, 10.0], [2.0, 14.0]];
    let data = custom(given.as_flattened(), 2).expect("usable points");
    assert_eq!((data.dim(), data.log_prob(&[1.0, 10.0])), (2, None));
    let bounds = data.bounds();
    let mut counts = [0; 3];
    for row in data.sample(3000, &mut Rng::new(1, Stream::Data)).rows() {
        let close = |[x, y]: [f32; 2]| (row[0] - x).hypot(row[1] - y) < 0.05;
        counts[given
            .iter()
            .position(|&point| close(point))
            .expect("a draw is one of the points")] += 1;
        assert!(
            (bounds.x[0]..bounds.x[1]).contains(&row[0].into()) && (bounds.y[0]..bounds.y[1]).contains(&row[1].into())
        );
    }
    // Each expects 1000 with a standard deviation of 26.
    assert!(counts.iter().all(|count| (900..1100).contains(count)), "{counts:?}");
    assert!(((bounds.x[1] - bounds.x[0]) - (bounds.y[1] - bounds.y[0])).abs() < 1e-12);
}

/// A duplicated axis has no spread of its own, yet the points do.
#[test]
fn points_on_a_straight_line_are_usable() {
    let data = custom(&[1.0, 5.0, 2.0, 5.0], 2).expect("usable points");
    assert!(data.bounds().y[0] < data.bounds().y[1]);
    let data = custom(&[70.0, 40.0], 1).expect("usable points");
    assert!(
        data.sample(100, &mut Rng::new(1, Stream::Data))
            .values
            .iter()
            .all(|&x| (39.0..71.0).contains(&x))
    );
}
