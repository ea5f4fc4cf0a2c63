//! The tables that ship: read whole, learned as a reader's own data, and refused where a file is broken.

use crate::{
    common::{TABLES, device, provide_tables},
    session::patch,
};
use dgm::{
    data::{DATA, registered},
    models::spec::DensityKind,
    rng::{Rng, Stream},
    session::Session,
};
use pollster::block_on;

/// The first two cells of a line.
fn cells(line: &str) -> [f64; 2] {
    let mut cells = line.split(',').map(|cell| cell.parse().expect("a number"));
    [cells.next().expect("two cells"), cells.next().expect("two cells")]
}

/// Mean and standard deviation.
fn moments(values: impl Iterator<Item = f64>) -> [f64; 2] {
    let values: Vec<f64> = values.collect();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    [
        mean,
        (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt(),
    ]
}

#[test]
fn the_tables_are_read_whole_and_steps_are_spread() {
    provide_tables();
    // The step that each column was measured in; eruptions came to the second and are fine enough.
    let expected = [
        ("penguins", 342, [1.0, 25.0]),
        ("faithful", 272, [0.0, 1.0]),
        ("iris", 150, [0.1, 0.1]),
    ];
    for ((id, rows, steps), (file, text)) in expected.into_iter().zip(TABLES) {
        let given: Vec<[f64; 2]> = text.lines().skip(1).map(cells).collect();
        assert_eq!(given.len(), rows, "{id}");
        let spec = DATA.iter().find(|spec| spec.id == id).expect("registered");
        assert_eq!((spec.file, spec.axes.len()), (Some(file), 2));
        let data = registered(id, 0.0).expect("provided");
        assert!(data.is_finite() && data.is_dequantized(), "{id}");
        let units = data.units().expect("learned as a reader's own");
        let points = units.table(&data.sample(20_000, &mut Rng::new(1, Stream::Data)));
        for (axis, step) in steps.into_iter().enumerate() {
            let [mean, spread] = moments(given.iter().map(|row| row[axis]));
            let found = moments(points.rows().map(|row| row[axis]));
            assert!(
                (found[0] - mean).abs() < 0.03 * spread,
                "{id}, axis {axis}: {} for {mean}",
                found[0]
            );
            assert!(
                (found[1] / spread - 1.0).abs() < 0.03,
                "{id}, axis {axis}: {} for {spread}",
                found[1]
            );
            if step > 0.0 {
                let rest = moments(points.rows().map(|row| row[axis] / step - (row[axis] / step).round()))[1];
                assert!(
                    (rest * 12.0_f64.sqrt() - 1.0).abs() < 0.03,
                    "{id}, axis {axis}: {rest} of a step"
                );
            }
        }
    }
}

#[test]
fn a_table_is_learned_at_its_own_scales_and_scored_by_a_bound() {
    provide_tables();
    let mut session = Session::new(device());
    session
        .configure(&patch("nsf", "penguins", &[("batch", 64.0), ("width", 16.0)]))
        .expect("starts");
    assert!(session.is_double().expect("configured"));
    block_on(session.step(100)).expect("steps");
    let metrics = block_on(session.evaluate(500)).expect("metrics");
    let score = metrics.iter().find(|metric| metric.id == "nll").expect("a score");
    assert_eq!(score.kind, DensityKind::Bound);
    // A Gaussian of these spreads has log(2 π e · 14 mm · 800 g) = 12.2 nats; that of their correlation .87 has 0.7 less.
    assert!((10.0..12.2).contains(&score.value), "{} nats", score.value);
    let samples = block_on(session.sample(500)).expect("samples");
    let plausible = samples
        .rows()
        .filter(|row| (150.0..250.0).contains(&row[0]) && (2000.0..7500.0).contains(&row[1]));
    assert!(plausible.count() > 450, "samples are penguins");
}
