//! What the model says of single points: of each all that its family has, in the reader's units.

use super::{
    Run, Session,
    frame::{PackedRead, centres},
    path::{Path, rows},
};
use crate::{
    data::{Points, Table},
    error::Result,
    models::{Density, spec::DensityKind, way::Toward},
    tensors::identity,
};
use burn::tensor::{Device, Tensor};

/// Places along the line of a conditional.
const PLACES: usize = 120;

/// Half of what a slope is taken over, in model units: of f32, rounding and curvature balance here.
const REACH: f64 = 1e-2;

/// Training points that are told as the nearest, where only finitely many are known.
const NEAREST: usize = 5;

/// What is known of `n` points; what the model or the data do not have is absent.
#[derive(Clone, Debug)]
pub struct Probe {
    pub step: u64,
    pub dim: usize,
    pub kind: DensityKind,
    /// log P_phi of the classes looked at in nats, as [`Session::log_prob_of`] has it, `[n]`; empty where the family has no density.
    pub log_prob: Vec<f32>,
    /// log P_data of these classes in nats, `[n]`.
    pub truth: Option<Vec<f32>>,
    /// E in nats, up to a constant, `[n]`.
    pub energy: Option<Vec<f32>>,
    /// Logit of "this is data", `[n]`.
    pub logit: Option<Vec<f32>>,
    /// Slope of the log-density, of a bound on it, or of the logit, in nats for one of the reader's units, `[n, dim]`.
    pub score: Option<Vec<f32>>,
    pub conditional: Option<Conditional>,
    pub nearest: Option<Nearest>,
    pub path: Path,
}

/// log-density of the coordinate that a chain draws last, given the others of each point, along its line.
#[derive(Clone, Debug)]
pub struct Conditional {
    /// The one that is drawn last.
    pub axis: usize,
    /// The ends of the line.
    pub range: [f64; 2],
    /// At the middles of equal parts of it, in nats, `[n, PLACES]`.
    pub log_prob: Vec<f32>,
}

/// The training points that are nearest to each of the points.
#[derive(Clone, Debug)]
pub struct Nearest {
    /// `[n · k, dim]`, the nearest first.
    pub points: Table,
    /// Euclidean, `[n · k]`.
    pub distances: Vec<f32>,
}

impl Session {
    /// All that is known of `points`, given row by row in the reader's units. Looking changes nothing.
    pub async fn probe(&self, points: &[f64]) -> Result<Probe> {
        let run = self.run()?;
        let device = self.device.clone().inner();
        let dim = run.standardizer.dim();
        let n = rows(points, dim)?;
        let path = self.path(points, Toward::Latent).await?;
        let table = Table {
            dim,
            values: points.to_vec(),
            labels: None,
        };
        let mut probe = Probe {
            step: run.step,
            dim,
            kind: run.choice.model.density,
            log_prob: Vec::new(),
            truth: None,
            energy: None,
            logit: None,
            score: None,
            conditional: None,
            nearest: None,
            path,
        };
        if n == 0 {
            return Ok(probe);
        }
        let density = self.log_prob_of(&table, run.asked()).await?;
        (probe.kind, probe.log_prob) = (density.kind, density.values);
        let own = run.units.points(&table);
        probe.truth = run.truth_of(&own);
        probe.nearest = run.nearest(&own);
        if run.data.space().can_be_drawn() {
            run.look_around(&own, &device, &mut probe).await?;
        }
        Ok(probe)
    }
}

impl Run {
    fn truth_of(&self, points: &Points) -> Option<Vec<f32>> {
        let at = |row: &[f32]| {
            let x: Vec<f64> = row.iter().map(|&value| value.into()).collect();
            self.log_p_data(&x).map(|log_p| (log_p - self.units.log_det()) as f32)
        };
        points.rows().map(at).collect()
    }

    /// Energy, logit, slope and conditional.
    async fn look_around(&self, points: &Points, device: &Device, probe: &mut Probe) -> Result<()> {
        let x = self.standardizer.upload(points, device);
        let mut packed = PackedRead::default();
        let energy = match self.model.density(x.clone(), &mut self.look_rng()) {
            Density::Unnormalized(log_prob) => Some(packed.push(log_prob.neg())),
            _ => None,
        };
        let logit = self.model.discriminate(x.clone()).map(|logit| packed.push(logit));
        let exact = self.model.score(x.clone()).map(|score| packed.push(score));
        let around = match exact {
            None => self.levels(surroundings(&x)).map(|levels| packed.push(levels)),
            Some(_) => None,
        };
        let conditional = self.conditional(points, device);
        let conditional = conditional.map(|(axis, range, log_prob)| (axis, range, packed.push(log_prob)));
        let mut parts = packed.read().await?;
        let mut take = |index: usize| std::mem::take(&mut parts[index]);
        probe.energy = energy.map(&mut take);
        probe.logit = logit.map(&mut take);
        let (_, scale) = self.readers_units();
        let score = exact
            .map(&mut take)
            .or_else(|| around.map(|index| slopes(&take(index), probe.dim)));
        probe.score = score.map(|mut score| {
            let along = score.iter_mut().enumerate();
            along.for_each(|(i, slope)| *slope = (f64::from(*slope) / scale[i % probe.dim]) as f32);
            score
        });
        probe.conditional = conditional.map(|(axis, range, index)| {
            let shift = scale[axis].ln() as f32;
            Conditional {
                axis,
                range,
                log_prob: take(index).into_iter().map(|value| value - shift).collect(),
            }
        });
        Ok(())
    }

    /// What a slope is taken of.
    fn levels(&self, x: Tensor<2>) -> Option<Tensor<1>> {
        match self.model.drawn_density(x.clone(), &mut self.look_rng()) {
            Density::Exact(log_prob)
            | Density::Estimate(log_prob)
            | Density::LowerBound(log_prob)
            | Density::Unnormalized(log_prob) => Some(log_prob),
            Density::None => self.model.discriminate(x),
        }
    }

    /// Which coordinate is drawn last, the ends of its line in the reader's units, and its log-density along it in model units, `[n · PLACES]`.
    fn conditional(&self, points: &Points, device: &Device) -> Option<(usize, [f64; 2], Tensor<1>)> {
        if points.dim != 2 {
            return None;
        }
        let axis = self.model.last_axis()?;
        let bounds = self.data.bounds();
        let ends = if axis == 0 { bounds.x } else { bounds.y };
        let line = |row: &[f32]| {
            let other = row[1 - axis];
            centres(ends, PLACES).flat_map(move |at| match axis {
                0 => [at as f32, other],
                _ => [other, at as f32],
            })
        };
        let values = points.rows().flat_map(line).collect();
        let along = self.standardizer.upload(&Points::new(2, values), device);
        let range = ends.map(|end| self.units.to_reader_along(axis, end));
        Some((axis, range, self.model.last_factor(along)?))
    }

    /// The nearest of all training points.
    fn nearest(&self, points: &Points) -> Option<Nearest> {
        let known = self.data.known()?;
        let mut values = Vec::new();
        let mut distances = Vec::new();
        for row in points.rows() {
            let square = |other: &[f32]| row.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f32>();
            let mut found: Vec<(f32, &[f32])> = known.rows().map(|other| (square(other), other)).collect();
            found.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (square, other) in found.into_iter().take(NEAREST) {
                values.extend_from_slice(other);
                distances.push(square.sqrt());
            }
        }
        let points = Points::new(points.dim, values);
        Some(Nearest {
            points: self.units.table(&points),
            distances,
        })
    }
}

/// Each point, and a step to either side of it along each axis, in blocks: `[(1 + 2 d) n, d]`.
fn surroundings(x: &Tensor<2>) -> Tensor<2> {
    let [_, d] = x.dims();
    let axes = identity(d, &x.device());
    let mut blocks = vec![x.clone()];
    for axis in 0..d {
        let step = axes.clone().narrow(0, axis, 1) * REACH; // [1, d]
        blocks.push(x.clone() + step.clone());
        blocks.push(x.clone() - step);
    }
    Tensor::cat(blocks, 0)
}

/// Slopes `[n, d]` of levels at [`surroundings`].
fn slopes(levels: &[f32], dim: usize) -> Vec<f32> {
    let n = levels.len() / (1 + 2 * dim);
    let block = |k: usize, i: usize| f64::from(levels[k * n + i]);
    let slope = |i: usize, axis: usize| {
        let ahead = (block(1 + 2 * axis, i) - block(0, i)) / REACH;
        let behind = (block(0, i) - block(2 + 2 * axis, i)) / REACH;
        // A histogram jumps where one of its bins ends: there the other side tells the slope.
        let jumps = (ahead - behind).abs() > 10.0 + (ahead.abs() + behind.abs()) / 2.0;
        match jumps {
            true if ahead.abs() < behind.abs() => ahead,
            true => behind,
            false => (ahead + behind) / 2.0,
        }
    };
    (0..n)
        .flat_map(|i| (0..dim).map(move |axis| slope(i, axis) as f32))
        .collect()
}
