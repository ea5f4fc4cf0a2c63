//! A slice of the plane: what the model says of one coordinate given the other, beside what the data say.
//!
//! ```text
//! p(x₂ | x₁) = p(x₁, x₂) / ∫ p(x₁, x₂) dx₂        KL(x₁) = ∫ p_data(x₂|x₁) log( p_data(x₂|x₁) / p_φ(x₂|x₁) ) dx₂
//! E_data[KL(x₁)] = KL(P_data ‖ P_φ) − KL of the two marginals of x₁
//! ```
//!
//! A chain that draws the coordinate last has the conditional itself. Of any other density the integral over the line is added up, so that no Z is
//! needed; of a bound on the density what comes of it is no bound, and is called after what it was made of.

use super::{
    Run, Session,
    frame::{PackedRead, centres},
};
use crate::{
    breath::breathe,
    data::{Points, log_sum_exp},
    error::{Error, Result, within},
    metrics::Estimate,
    models::Density,
};
use burn::tensor::{Device, Tensor};
use serde::Serialize;

/// Places along the line.
pub const PLACES: usize = 240;

/// How far the line goes beyond the box that is drawn, at either end, in widths of the box: a model has mass out there too.
const BEYOND: f64 = 0.5;

/// Places beside each other that stand for one where the data's integral is added up: their densities may have edges.
const FINER: usize = 4;

/// What a conditional is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum SliceKind {
    /// A factor of the chain.
    Exact,
    /// The joint density over its sum along the line.
    Quadrature,
    /// The same of a lower bound on the joint density.
    Bound,
    /// The family has no density.
    None,
}

/// The density of one coordinate given the other, along a line in the reader's units.
#[derive(Clone, Debug)]
pub struct Slice {
    pub step: u64,
    /// The coordinate that is given: 0 or 1.
    pub given: usize,
    /// What it is.
    pub at: f64,
    /// The ends of the line of the other.
    pub range: [f64; 2],
    pub kind: SliceKind,
    /// log p_φ in nats at the middles of equal parts of the line, `[PLACES]`; empty where the family has no density.
    pub log_prob: Vec<f32>,
    /// log P_data of the classes looked at there, where it is known and the line has any of it.
    pub truth: Option<Vec<f32>>,
    /// KL from the truth to the model along this line, in nats.
    pub kl: Option<f64>,
}

impl Session {
    /// The slice where coordinate `given`, 0 or 1, is `at`, in the reader's units. Looking changes nothing.
    ///
    /// # Errors
    /// [`Error::NotAPlane`] for other data, [`Error::OutOfRange`] for another coordinate or a number that is none.
    pub async fn slice(&self, at: f64, given: usize) -> Result<Slice> {
        let run = self.sliced(given)?;
        within("at", at, [f64::MIN, f64::MAX])?;
        let device = self.device.clone().inner();
        let ends = run.line(given);
        let own = run.units.from_reader_along(given, at);
        let (kind, values) = run.log_conditionals(given, &[own], &device).await?;
        let truth = run.log_truth(given, own);
        let kl = truth
            .as_ref()
            .filter(|_| kind != SliceKind::None)
            .map(|truth| run.kl_along(given, truth, &values));
        let axis = 1 - given;
        let shift = run.units.scale()[axis].ln();
        let told = |values: Vec<f64>| values.into_iter().map(|value| (value - shift) as f32).collect();
        Ok(Slice {
            step: run.step,
            given,
            at,
            range: ends.map(|end| run.units.to_reader_along(axis, end)),
            kind,
            log_prob: told(values),
            truth: truth.map(told),
            kl,
        })
    }

    /// E_data[KL(p_data(· | x) ‖ p_φ(· | x))] in nats over `n` held-out values x of coordinate `given`, with its standard error; none where data or
    /// model have no density.
    ///
    /// # Errors
    /// As [`Session::slice`].
    pub async fn conditional_kl(&self, given: usize, n: usize) -> Result<Option<Estimate>> {
        let run = self.sliced(given)?;
        let device = self.device.clone().inner();
        let held_out = run.data.held_out(n, &mut run.eval_rng());
        let mut each = Vec::new();
        for row in held_out.rows() {
            let at = f64::from(row[given]);
            let (kind, values) = run.log_conditionals(given, &[at], &device).await?;
            let Some(truth) = run.log_truth(given, at).filter(|_| kind != SliceKind::None) else {
                return Ok(None);
            };
            each.push(run.kl_along(given, &truth, &values));
            breathe().await;
        }
        Ok(Some(Estimate::mean(each.iter().copied())))
    }

    fn sliced(&self, given: usize) -> Result<&Run> {
        let run = self.run()?;
        let dim = run.standardizer.dim();
        if dim != 2 {
            return Err(Error::NotAPlane { dim });
        }
        within("given", given as f64, [0.0, 1.0])?;
        Ok(run)
    }
}

impl Run {
    /// The ends of the line of the coordinate that is not given, in the data set's units.
    fn line(&self, given: usize) -> [f64; 2] {
        let bounds = self.data.bounds();
        let [low, high] = if given == 1 { bounds.x } else { bounds.y };
        let beyond = BEYOND * (high - low);
        [low - beyond, high + beyond]
    }

    fn cell(&self, given: usize) -> f64 {
        let [low, high] = self.line(given);
        (high - low) / PLACES as f64
    }

    /// log p_φ of the other coordinate along the line of each of `ats`, in nats, in the data set's units, `[n, PLACES]`.
    async fn log_conditionals(&self, given: usize, ats: &[f64], device: &Device) -> Result<(SliceKind, Vec<f64>)> {
        let line = |at: f64| {
            centres(self.line(given), PLACES).flat_map(move |other| match given {
                0 => [at as f32, other as f32],
                _ => [other as f32, at as f32],
            })
        };
        let points = Points::new(2, ats.iter().flat_map(|&at| line(at)).collect());
        let (mut kind, mut packed) = (SliceKind::None, PackedRead::default());
        for portion in self.portions(&points, device) {
            let (of, log_prob) = self.along(given, portion);
            let Some(log_prob) = log_prob else {
                return Ok((SliceKind::None, Vec::new()));
            };
            kind = of;
            packed.push(log_prob);
            breathe().await;
        }
        let read = packed.read().await?;
        let values: Vec<f64> = read.into_iter().flatten().map(f64::from).collect();
        let scale = self.standardizer.scale().ln();
        let of_line = |line: &[f64]| {
            let total = match kind {
                SliceKind::Exact => scale,
                _ => log_sum_exp(line.iter().copied()) + self.cell(given).ln(),
            };
            line.iter().map(|value| value - total).collect::<Vec<_>>()
        };
        Ok((kind, values.chunks_exact(PLACES).flat_map(of_line).collect()))
    }

    /// The factor of a chain in a model's units, or the joint log-density up to a constant.
    fn along(&self, given: usize, x: Tensor<2>) -> (SliceKind, Option<Tensor<1>>) {
        if self.model.last_axis() == Some(1 - given)
            && let Some(factor) = self.model.last_factor(x.clone())
        {
            return (SliceKind::Exact, Some(factor));
        }
        match self.model.drawn_density(x, &mut self.look_rng()) {
            Density::Exact(log_prob) | Density::Estimate(log_prob) | Density::Unnormalized(log_prob) => {
                (SliceKind::Quadrature, Some(log_prob))
            }
            Density::LowerBound(log_prob) => (SliceKind::Bound, Some(log_prob)),
            Density::None => (SliceKind::None, None),
        }
    }

    /// log P_data of the other coordinate along the line in nats, in the data set's units.
    fn log_truth(&self, given: usize, at: f64) -> Option<Vec<f64>> {
        let ends = self.line(given);
        let joint = |other: f64| match given {
            0 => self.log_p_data(&[at, other]),
            _ => self.log_p_data(&[other, at]),
        };
        let log_p: Vec<f64> = centres(ends, PLACES).map(joint).collect::<Option<_>>()?;
        let finer: Vec<f64> = centres(ends, PLACES * FINER).map(joint).collect::<Option<_>>()?;
        let marginal = log_sum_exp(finer.into_iter()) + (self.cell(given) / FINER as f64).ln();
        (marginal > f64::NEG_INFINITY).then(|| log_p.into_iter().map(|value| value - marginal).collect())
    }

    /// KL from `truth` to `log_q` along the line, in nats: both log-densities in the data set's units.
    fn kl_along(&self, given: usize, truth: &[f64], log_q: &[f64]) -> f64 {
        let cell = self.cell(given);
        let here = truth.iter().zip(log_q).filter(|(log_p, _)| **log_p > f64::NEG_INFINITY);
        here.map(|(log_p, log_q)| log_p.exp() * cell * (log_p - log_q)).sum()
    }
}
