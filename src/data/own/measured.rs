//! A reader's columns measured: units, split, box and the points themselves, before anything is f32.

use super::{
    columns::{OwnData, ScaleChoice, SmoothChoice, SpreadChoice},
    kernels::SmoothedAxis,
    outlier::outlier,
    smoothing::Smoothing,
    split::split,
    spread::{Spread, Steps, middle},
};
use crate::{
    data::{Bounds, Units},
    error::{Error, Result},
    rng::{Rng, Stream},
};

/// Room around the points when drawn, as a share of their extent.
const MARGIN: f64 = 0.15;

/// Room around the middle of points whose tails are heavy, in scales: what lies as near is no tail yet.
const TAIL_ROOM: f64 = 2.0;

/// Seed of the smoothing, which belongs to the data and not to a run.
const SMOOTHING: u64 = 3;

/// Spreads farther apart than this want a scale for each axis.
pub(super) const SCALES_APART: f64 = 3.0;

/// The reader's data, measured and ready to be drawn from.
#[derive(Debug)]
pub struct Own {
    pub(super) data: OwnData,
    pub(super) axes: Vec<Axis>,
    pub(super) units: Units,
    /// `[n, dim]` in these units, those that are held out first.
    pub(super) rows: Vec<f64>,
    /// The class of each of them; empty where there are none.
    pub(super) labels: Vec<u8>,
    pub(super) held_out: usize,
    /// The noise that a model learns those with that are not held out.
    pub(super) smoothing: Option<Smoothing>,
    /// In these units.
    pub(super) bounds: Bounds,
}

/// A column that is learned.
#[derive(Debug)]
pub(super) struct Axis {
    /// Which of the given columns.
    pub column: usize,
    /// All of its values.
    pub sorted: Vec<f64>,
    pub steps: Steps,
    /// Width of the interval that a value is spread over; 0 for none.
    pub step: f64,
    /// Of the training points.
    pub spread: Spread,
    /// What the picture shows.
    shown: [f64; 2],
    /// Whether the picture leaves the tails out.
    pub heavy: bool,
}

impl Own {
    /// Measures columns of the line or the plane.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for another number of columns, [`Error::RaggedData`], [`Error::TooFewPoints`], [`Error::TooManyPoints`],
    /// [`Error::DataNotFinite`], [`Error::DataConstant`], [`Error::DataSpread`], [`Error::DataOutlier`], [`Error::ClassCount`],
    /// [`Error::ClassLabels`], [`Error::ClassTooSmall`].
    pub fn new(data: OwnData) -> Result<Self> {
        data.check()?;
        let (order, held_out) = split(&data);
        let learned = (0..data.columns.len()).filter(|&column| data.columns[column].width().is_some());
        let axes: Vec<Axis> = learned
            .map(|column| Axis::new(&data, column, &order[held_out..]))
            .collect::<Result<_>>()?;
        let scales: Vec<f64> = axes.iter().map(|axis| axis.spread.scale).collect();
        let units = Units::new(
            axes.iter().map(|axis| axis.spread.centre).collect(),
            chosen_scales(&scales, data.scale),
        );
        let place = |&row: &usize| {
            let cell = |(i, axis): (usize, &Axis)| units.from_reader_along(i, data.columns[axis.column].values[row]);
            axes.iter().enumerate().map(cell).collect::<Vec<f64>>()
        };
        let rows: Vec<f64> = order.iter().flat_map(place).collect();
        let mut labels = Vec::new();
        if let Some(classes) = &data.classes {
            labels.extend(order.iter().map(|&row| classes.labels[row]));
            classes.each_has(1, &labels[held_out..])?;
        }
        let smoothing = match data.smooth {
            SmoothChoice::Auto => smoothing(&rows[held_out * axes.len()..], &axes, &units),
            SmoothChoice::None => None,
        };
        Ok(Self {
            rows,
            labels,
            smoothing,
            bounds: bounds(&axes, &units),
            data,
            axes,
            units,
            held_out,
        })
    }

    /// Numbers per point: 1 where there is one column, or only one that is not constant.
    pub fn dim(&self) -> usize {
        self.axes.len()
    }

    /// As it was given.
    pub fn data(&self) -> &OwnData {
        &self.data
    }

    /// How many points.
    pub(super) fn count(&self) -> usize {
        self.rows.len() / self.dim()
    }
}

impl Axis {
    fn new(data: &OwnData, column: usize, training: &[usize]) -> Result<Self> {
        let values = &data.columns[column].values;
        let sorted = in_order(values.iter().copied());
        if let Some(value) = outlier(&sorted) {
            return Err(Error::DataOutlier { value });
        }
        let steps = Steps::of(&sorted, Spread::of(&sorted, 0.0).scale);
        let step = match data.spread {
            SpreadChoice::Auto if steps.few => steps.gap,
            _ => 0.0,
        };
        let all = Spread::of(&sorted, step);
        let trained = Spread::of(&in_order(training.iter().map(|&row| values[row])), step);
        let ([low, high], room) = if all.heavy {
            (middle(&sorted), TAIL_ROOM * all.scale)
        } else {
            let [low, high] = [sorted[0], sorted[sorted.len() - 1]];
            ([low, high], MARGIN * (high - low + step) + step / 2.0)
        };
        Ok(Self {
            column,
            steps,
            step,
            // Training points may all be equal where the others are not.
            spread: if trained.scale > 0.0 { trained } else { all },
            shown: [low - room, high + room],
            heavy: all.heavy,
            sorted,
        })
    }

    /// Whether its values are few and were not spread: no density that could be smoothed.
    pub fn is_spikes(&self) -> bool {
        self.steps.few && self.step == 0.0
    }

    /// The value that this one was before it went through units and back.
    pub fn as_given(&self, value: f64) -> f64 {
        let from = |given: &f64| (given - value).abs();
        let nearest = self.sorted.iter().copied().min_by(|a, b| from(a).total_cmp(&from(b)));
        nearest.expect("a column has values")
    }
}

/// How far training points may be moved, once those of few values are spread over their steps.
fn smoothing(rows: &[f64], axes: &[Axis], units: &Units) -> Option<Smoothing> {
    let axis = |(axis, scale): (&Axis, &f64)| SmoothedAxis {
        spread: axis.spread.scale / scale,
        gap: if axis.step > 0.0 { 0.0 } else { axis.steps.least / scale },
        few: axis.is_spikes(),
    };
    let smoothed: Vec<SmoothedAxis> = axes.iter().zip(units.scale()).map(axis).collect();
    let mut rng = Rng::new(SMOOTHING, Stream::Eval);
    let steps = axes
        .iter()
        .zip(units.scale())
        .map(|(axis, scale)| axis.step / scale)
        .cycle();
    let spread = |(value, step): (&f64, f64)| value + step * (rng.uniform() - 0.5);
    Smoothing::of(&rows.iter().zip(steps).map(spread).collect::<Vec<f64>>(), &smoothed)
}

/// The scale of each axis: its own, or for all of them the root of the mean square.
fn chosen_scales(own: &[f64], choice: ScaleChoice) -> Vec<f64> {
    let apart = match choice {
        ScaleChoice::Auto => ratio(own) > SCALES_APART,
        ScaleChoice::One => false,
        ScaleChoice::Each => true,
    };
    if apart {
        return own.to_vec();
    }
    let square = own.iter().map(|scale| scale * scale).sum::<f64>() / own.len() as f64;
    vec![square.sqrt(); own.len()]
}

/// How many times the greatest is the least.
pub(super) fn ratio(scales: &[f64]) -> f64 {
    let of = |pick: fn(f64, f64) -> f64| scales.iter().copied().reduce(pick).expect("an axis is learned");
    of(f64::max) / of(f64::min)
}

/// What is shown, in `units`; with one scale for both axes a square.
fn bounds(axes: &[Axis], units: &Units) -> Bounds {
    let shown = |i: usize| axes[i].shown.map(|end| units.from_reader_along(i, end));
    let extent = |i: usize| shown(i)[1] - shown(i)[0];
    let one_scale = units.scale().windows(2).all(|pair| pair[0] == pair[1]);
    let widest = (0..axes.len()).map(extent).fold(0.0, f64::max);
    let around = |i: usize| {
        let [low, high] = shown(i);
        let half = 0.5 * if one_scale { widest } else { extent(i) };
        [0.5 * (low + high) - half, 0.5 * (low + high) + half]
    };
    Bounds {
        x: around(0),
        y: if axes.len() == 2 { around(1) } else { [0.0, 1.0] },
    }
}

fn in_order(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}
