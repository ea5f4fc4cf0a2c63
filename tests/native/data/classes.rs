//! Laws of every data set whose points are of several kinds: the labels of its draws follow the shares and the exact posterior, and the classes
//! together are the whole.

use super::{NOISE, noisy};
use dgm::{
    data::{DATA, DataSpec, Dataset, Dequantized, Points},
    rng::{Rng, Stream},
    spec::Text,
};

/// Data sets as they are and with extra noise.
fn with_classes() -> impl Iterator<Item = (&'static DataSpec, Box<dyn Dataset>)> {
    crate::common::provide_digits();
    crate::common::provide_tables();
    let specs = DATA.iter().filter(|spec| spec.classes > 0);
    specs.flat_map(|spec| [0.0, NOISE].map(|share| (spec, noisy(spec, share))))
}

fn rng() -> Rng {
    Rng::new(5, Stream::Eval)
}

fn point(row: &[f32]) -> Vec<f64> {
    row.iter().map(|&x| f64::from(x)).collect()
}

fn labels(points: &Points) -> impl Iterator<Item = usize> {
    let labels = points.labels.as_ref().expect("these data have classes");
    assert_eq!(labels.len(), points.len());
    labels.iter().map(|&label| label.into())
}

/// A sum of terms of mean 0 against 4.5 of its standard deviations.
fn assert_no_bias(sum: f64, variance: f64, what: &str) {
    assert!(
        sum.abs() < 4.5 * variance.sqrt() + 1e-4,
        "{what}: {sum} ± {}",
        variance.sqrt()
    );
}

#[test]
fn what_has_classes_says_so_in_its_row_and_labels_every_draw() {
    crate::common::provide_digits();
    crate::common::provide_tables();
    for spec in DATA {
        let (data, n) = ((spec.build)(0.0), 40);
        assert_eq!(data.class_shares().len(), spec.classes, "{}", spec.id);
        assert!([0, spec.classes].contains(&spec.class_names.len()), "{}", spec.id);
        let said = |name: &Text| !name.en.is_empty() && !name.zh.is_empty();
        assert!(spec.class_names.iter().all(said), "{}", spec.id);
        let [one, other] = data.two_sets(n, &mut rng());
        let draws = [
            data.sample(n, &mut rng()),
            data.training(n, &mut rng()),
            data.held_out(n, &mut rng()),
            one,
            other,
        ];
        for points in draws {
            let expected = (spec.classes > 0).then_some(points.len());
            assert_eq!(points.labels.as_ref().map(Vec::len), expected, "{}", spec.id);
        }
    }
}

#[test]
fn labels_come_in_the_shares_that_are_told() {
    for (spec, data) in with_classes() {
        let shares = data.class_shares();
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{}", spec.id);
        let n = 20_000;
        let mut counts = vec![0.0; shares.len()];
        labels(&data.training(n, &mut rng())).for_each(|label| counts[label] += 1.0);
        for (class, (share, count)) in shares.into_iter().zip(counts).enumerate() {
            let n = n as f64;
            let what = format!("{}, class {class}", spec.id);
            assert_no_bias(count - n * share, n * share * (1.0 - share), &what);
        }
    }
}

#[test]
fn the_classes_together_are_the_whole() {
    for (spec, data) in with_classes() {
        // Where there is nothing, far away and on a line between cells, too.
        let mut points = data.sample(200, &mut rng());
        points.values.extend([0.1, -0.3, 30.0, -20.0]);
        for row in points.rows() {
            let x = point(row);
            let Some(log_p) = data.log_prob(&x) else { continue };
            let shares = data.class_shares();
            let joint = |(class, share): (usize, &f64)| {
                share * data.log_prob_of_class(&x, class).expect("the density is known").exp()
            };
            let sum: f64 = shares.iter().enumerate().map(joint).sum();
            let p = log_p.exp();
            assert!((sum - p).abs() <= 1e-9 * p, "{} at {x:?}: {sum} for {p}", spec.id);
            match data.class_probs(&x) {
                Some(probs) => assert!((probs.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{}", spec.id),
                None => assert!(p == 0.0, "{} at {x:?}", spec.id),
            }
        }
    }
}

/// 1[y = k] − p(k|x) has mean 0 whatever weight it is given at x: that of p(k|x) itself tells classes apart that have the same share.
#[test]
fn labels_follow_the_exact_posterior() {
    for (spec, data) in with_classes() {
        let points = data.sample(4000, &mut rng());
        let mut sums = vec![[0.0; 2]; spec.classes];
        let mut variances = sums.clone();
        for (row, label) in points.rows().zip(labels(&points)) {
            let Some(probs) = data.class_probs(&point(row)) else {
                continue;
            };
            for (class, p) in probs.into_iter().enumerate() {
                let off = f64::from(u8::from(class == label)) - p;
                for (i, weight) in [1.0, p].into_iter().enumerate() {
                    sums[class][i] += weight * off;
                    variances[class][i] += weight * weight * p * (1.0 - p);
                }
            }
        }
        for class in 0..spec.classes {
            for i in 0..2 {
                let what = format!("{}, class {class}", spec.id);
                assert_no_bias(sums[class][i], variances[class][i], &what);
            }
        }
    }
}

#[test]
fn classes_are_those_of_the_files() {
    crate::common::provide_digits();
    crate::common::provide_tables();
    for (id, [file_of, name_of]) in [("penguins", [0, 2]), ("iris", [2, 2])] {
        let spec = DataSpec::find(id).expect("registered");
        let (file, text) = crate::common::TABLES[file_of];
        assert_eq!(spec.file, Some(file));
        let data = (spec.build)(0.0);
        let units = data.units().expect("a table");
        let points = data.sample(400, &mut rng());
        for (row, label) in units.table(&points).rows().zip(labels(&points)) {
            // A draw is moved by less than half a step, and rows of one place may be of several species.
            let near = |line: &&str| {
                let mut cells = line
                    .split(',')
                    .take(2)
                    .map(|cell| cell.parse::<f64>().expect("a number"));
                let step = if id == "iris" { [0.06, 0.06] } else { [0.6, 26.0] };
                row.iter()
                    .zip(step)
                    .all(|(x, step)| (x - cells.next().expect("two")).abs() < step)
            };
            let name = spec.class_names[label].en;
            let mut lines = text.lines().skip(1).filter(near);
            assert!(
                lines.any(|line| line.split(',').nth(name_of) == Some(name)),
                "{id}: {row:?} is no {name}"
            );
        }
    }
    let digits = DataSpec::find("digits").expect("registered");
    let held_out = (digits.build)(0.0).held_out(250, &mut rng());
    for (row, label) in held_out.rows().zip(labels(&held_out)) {
        let pixels: Vec<String> = row.iter().map(|pixel| format!("{pixel},")).collect();
        let line = pixels.concat() + digits.class_names[label].en;
        assert!(crate::common::DIGITS.lines().any(|known| known == line), "{line}");
    }
}

#[test]
fn a_fixed_set_and_spread_steps_keep_their_classes() {
    crate::common::provide_digits();
    let digits = || (DataSpec::find("digits").expect("registered").build)(0.0);
    let (plain, spread) = (digits(), Dequantized(digits()));
    assert_eq!(spread.space().classes, 10);
    assert_eq!(spread.class_shares(), plain.class_shares());
    let points = spread.held_out(30, &mut rng());
    assert_eq!(points.labels, plain.held_out(30, &mut rng()).labels);
    let some = points.chosen(&[7, 0, 7]);
    assert_eq!(some.row(1), points.row(0));
    let told = points.labels.as_ref().expect("labelled");
    assert_eq!(some.labels, Some(vec![told[7], told[0], told[7]]));
    assert_eq!(points.first(2).labels, Some(told[..2].to_vec()));
}
