//! What a reader should know of the data before a model learns them. None of it is a refusal.

use super::{
    measured::{Axis, Own, SCALES_APART, ratio},
    spread::JITTER,
};
use serde::Serialize;

/// Rows that repeat an earlier one are told from this share of all rows on.
const REPEATED: f64 = 0.05;

/// And only where equal pairs are so many times more than rounding brings.
const MORE_THAN_ROUNDING: f64 = 10.0;

/// ∫ p² of a Gaussian of standard deviation 1: how often two of its draws fall into one step, per step.
const MEETING: f64 = 0.282;

/// What is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum NoteCode {
    /// All values of the column `axis` are `value`: the other column is learned, on the line.
    ConstantColumn,
    /// The column `axis` has but `count` different values, steps of `value` apart. Unless the reader chose otherwise, each is spread evenly over one
    /// step, and a likelihood is then a bound on that of the steps.
    FewValues,
    /// `count` rows are the same as an earlier one, many more than rounding would bring; on the line `value` is the most frequent. A likelihood can
    /// rise on them as far as the noise allows.
    Duplicates,
    /// Of the column `axis`, `count` rows have the one value `value` and most others differ: a spike beside a continuous part. It has no density but
    /// what the noise gives it that it is learned with.
    Spike,
    /// The points lie on a straight line: they have no density on the plane, and a likelihood can rise without end.
    OnALine,
    /// The spreads of the two columns differ `value` times, so that each has a scale of its own, unless the reader chose one.
    ScalesApart,
    /// A few values rule the variance of the column `axis`: its middle and its scale are those of the middle 98 %, and `count` values lie outside
    /// the picture.
    HeavyTails,
    /// A model learns the points with noise of about `value` spreads, or without where the reader chose none.
    Smoothed,
    /// Of so few points, `count`, none is held out: scores are measured on those that are learned.
    NoneHeldOut,
}

/// One thing to know; which numbers it has is said at its code.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct DataNote {
    pub code: NoteCode,
    /// Which of the given columns.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub axis: Option<usize>,
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub count: Option<usize>,
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub value: Option<f64>,
}

impl DataNote {
    /// Without any number.
    pub const fn new(code: NoteCode) -> Self {
        Self {
            code,
            axis: None,
            count: None,
            value: None,
        }
    }

    /// About the column `axis`.
    pub const fn of_axis(self, axis: usize) -> Self {
        Self {
            axis: Some(axis),
            ..self
        }
    }

    pub const fn with_count(self, count: usize) -> Self {
        Self {
            count: Some(count),
            ..self
        }
    }

    pub const fn with_value(self, value: f64) -> Self {
        Self {
            value: Some(value),
            ..self
        }
    }
}

impl Own {
    /// What a reader should know.
    pub fn notes(&self) -> Vec<DataNote> {
        let constant = (0..self.data.columns.len())
            .filter(|column| self.axes.iter().all(|axis| axis.column != *column))
            .map(|column| {
                DataNote::new(NoteCode::ConstantColumn)
                    .of_axis(column)
                    .with_value(self.data.columns[column].values[0])
            });
        let few = self.axes.iter().filter(|axis| axis.steps.few).map(|axis| {
            DataNote::new(NoteCode::FewValues)
                .of_axis(axis.column)
                .with_count(axis.steps.distinct)
                .with_value(axis.steps.gap)
        });
        let spikes = self.axes.iter().filter_map(|axis| {
            let (value, count) = axis.steps.spike?;
            let note = DataNote::new(NoteCode::Spike).of_axis(axis.column);
            Some(note.with_count(count).with_value(value))
        });
        let heavy = self
            .axes
            .iter()
            .enumerate()
            .filter_map(|(i, axis)| self.heavy_tails(i, axis));
        let scales: Vec<f64> = self.axes.iter().map(|axis| axis.spread.scale).collect();
        let apart = Some(ratio(&scales)).filter(|ratio| *ratio > SCALES_APART);
        let can_be = self.axes.iter().any(|axis| !axis.is_spikes());
        let smoothed = can_be.then(|| DataNote {
            value: self.smoothing.as_ref().map(|smoothing| smoothing.width),
            ..DataNote::new(NoteCode::Smoothed)
        });
        constant
            .chain(few)
            .chain(spikes)
            .chain(self.duplicates())
            .chain(self.lies_on_a_line().then_some(DataNote::new(NoteCode::OnALine)))
            .chain(apart.map(|ratio| DataNote::new(NoteCode::ScalesApart).with_value(ratio)))
            .chain(heavy)
            .chain((self.held_out == 0).then(|| DataNote::new(NoteCode::NoneHeldOut).with_count(self.count())))
            .chain(smoothed)
            .collect()
    }

    /// How many values of a column with heavy tails lie outside the picture.
    fn heavy_tails(&self, i: usize, axis: &Axis) -> Option<DataNote> {
        let [low, high] = if i == 0 { self.bounds.x } else { self.bounds.y };
        let outside = |value: &&f64| !(low..=high).contains(&self.units.from_reader_along(i, **value));
        let count = axis.sorted.iter().filter(outside).count();
        (axis.heavy && count > 0).then(|| {
            DataNote::new(NoteCode::HeavyTails)
                .of_axis(axis.column)
                .with_count(count)
        })
    }

    /// Rows that come more than once, where this is not for the steps of the values.
    fn duplicates(&self) -> Option<DataNote> {
        if self.axes.iter().all(|axis| axis.steps.few) {
            return None;
        }
        let mut rows: Vec<&[f64]> = self.rows.chunks_exact(self.dim()).collect();
        rows.sort_unstable_by(|a, b| a[0].total_cmp(&b[0]).then(a[a.len() - 1].total_cmp(&b[b.len() - 1])));
        let n = rows.len() as f64;
        let (mut repeats, mut pairs, mut most, mut run) = (0, 0, (0, rows[0]), 0);
        for pair in rows.windows(2) {
            run = if pair[0] == pair[1] { run + 1 } else { 0 };
            repeats += usize::from(run > 0);
            pairs += run;
            if run > most.0 {
                most = (run, pair[1]);
            }
        }
        let meeting = |axis: &Axis| (MEETING * axis.steps.least / axis.spread.scale).min(1.0);
        let by_rounding = 0.5 * n * n * self.axes.iter().map(meeting).product::<f64>();
        // A spike is told by itself, and its rows are no others.
        let spike = self
            .axes
            .iter()
            .filter_map(|axis| axis.steps.spike)
            .map(|(_, times)| times)
            .max();
        let told = (repeats - spike.map_or(0, |times| repeats.min(times - 1))) as f64 >= REPEATED * n
            && pairs as f64 > MORE_THAN_ROUNDING * by_rounding;
        let note = DataNote::new(NoteCode::Duplicates).with_count(repeats);
        told.then(|| match self.dim() {
            1 => note.with_value(self.axes[0].as_given(self.units.to_reader_along(0, most.1[0]))),
            _ => note,
        })
    }

    /// Whether some straight line has all points within the noise that they are drawn with.
    fn lies_on_a_line(&self) -> bool {
        let [x, y] = self.axes.as_slice() else { return false };
        if x.step > 0.0 || y.step > 0.0 || self.count() < 3 {
            return false;
        }
        let scale = self.units.scale();
        let in_own_units = |row: &[f64]| [row[0] * scale[0] / x.spread.scale, row[1] * scale[1] / y.spread.scale];
        let rows = || self.rows.chunks_exact(2).map(in_own_units);
        let slope: f64 = rows().map(|[x, y]| x * y).sum::<f64>().signum();
        let across = rows().map(|[x, y]| (y - slope * x).powi(2) / 2.0).sum::<f64>() / self.count() as f64;
        across.sqrt() < JITTER
    }
}
