//! The missing part of a point, filled in by the model: of a digit its lower half, of a place on the plane its other coordinate.

mod gibbs;

use super::{Run, Session, frame, path::rows};
use crate::{
    data::{Points, Table},
    error::{Error, Result, within},
    models::{
        Density,
        fill::{FillWay, Filled, Part},
        spec::DensityKind,
    },
    rng::{Rng, Stream},
};
use burn::tensor::{Device, Tensor};

/// Most draws at once.
pub const MOST: usize = 64;

/// Draws of what is unknown of a point, given what is known.
#[derive(Clone, Debug)]
pub struct Fill {
    pub step: u64,
    pub way: FillWay,
    /// As how many equally weighted proposals the weighted ones count, where some were weighted.
    pub effective: Option<f64>,
    /// The point `n` times over, its known coordinates as they were given.
    pub points: Table,
    pub kind: DensityKind,
    /// log P_φ of the filled points in nats, known coordinates included, as [`Session::log_prob_of`] the classes looked at has it in the middle of their steps, `[n]`; empty where
    /// the family has no density.
    pub log_prob: Vec<f32>,
    /// The same of the point as it was given: by how much a draw's is above this, its unknown part is likelier than the given one.
    pub given: Option<f32>,
    /// log P_φ of the unknown coordinates as they were given, given the known ones, in nats, where it is exact: of a chain that begins with these.
    pub log_conditional: Option<f64>,
}

impl Session {
    /// At most `n` points that were kept back from learning, with their classes, in the reader's units; whole numbers are whole, however they are learned.
    pub fn held_out(&self, n: usize) -> Result<Table> {
        let run = self.run()?;
        let mut points = run.data.held_out(n, &mut run.eval_rng());
        if run.greys().is_some() {
            points.values.iter_mut().for_each(|value| *value = value.floor());
        }
        Ok(run.units.table(&points))
    }

    /// `n` draws of the coordinates of `point` that are not `known`, given those that are, all in the reader's units. The same seed draws the same.
    /// Unknown coordinates of `point` are used for nothing but [`Fill::given`].
    ///
    /// # Errors
    /// [`Error::BadRequest`] where `point` and `known` do not have a number for every coordinate, or a picture's is no level of grey;
    /// [`Error::CannotFill`] where the family has neither a way nor a density; [`Error::OutOfRange`] for `n` beyond 1 to [`MOST`].
    pub async fn fill(&self, point: &[f64], known: &[bool], n: usize, seed: u32) -> Result<Fill> {
        let run = self.run()?;
        let device = self.device.clone().inner();
        within("n", n as f64, [1.0, MOST as f64])?;
        run.check(point, known)?;
        let mut rng = Rng::new(seed.into(), Stream::Look);
        let part = run.part(point, known, &mut rng, &device);
        let filled = match run.model.fill(&part, n, &mut rng) {
            Some(filled) => filled,
            None if run.has_density(&part) => gibbs::filled(run.model.as_ref(), &part, &run.lines(), n, &mut rng).await,
            None => {
                return Err(Error::CannotFill {
                    model: run.choice.model.id.into(),
                });
            }
        };
        let points = run.put_back(&filled, point, known).await?;
        let mut values = [points.values.as_slice(), point].concat();
        if run.are_steps_spread() {
            values.iter_mut().for_each(|value| *value += 0.5);
        }
        let all = Table {
            values,
            ..points.clone()
        };
        let density = self.log_prob_of(&all, run.asked()).await?;
        let (log_prob, given) = match density.values.split_last() {
            Some((&given, filled)) => (filled.to_vec(), Some(given)),
            None => (Vec::new(), None),
        };
        Ok(Fill {
            step: run.step,
            way: filled.way,
            effective: number(filled.effective).await?,
            log_conditional: number(filled.log_conditional)
                .await?
                .map(|log_p| log_p - run.scale_of(known)),
            points,
            kind: density.kind,
            log_prob,
            given,
        })
    }
}

/// A single number, where there is one.
async fn number(of: Option<Tensor<1>>) -> Result<Option<f64>> {
    match of {
        Some(tensor) => Ok(Some(frame::read(tensor).await?[0].into())),
        None => Ok(None),
    }
}

impl Run {
    /// log|∂x/∂u| over the unknown coordinates, from a model's units to the reader's.
    fn scale_of(&self, known: &[bool]) -> f64 {
        let (_, scale) = self.readers_units();
        let unknown = scale.iter().zip(known).filter(|(_, known)| !**known);
        unknown.map(|(scale, _)| scale.ln()).sum()
    }

    fn check(&self, point: &[f64], known: &[bool]) -> Result<()> {
        let dim = self.standardizer.dim();
        let bad = |reason: String| Err(Error::BadRequest { reason });
        if rows(point, dim)? != 1 {
            return bad(format!("one point of {dim} numbers was expected"));
        }
        if known.len() != dim {
            return bad(format!(
                "the mask has {} values where the point has {dim} numbers",
                known.len()
            ));
        }
        let Some(levels) = self.greys() else { return Ok(()) };
        let is_level = |value: &f64| value.fract() == 0.0 && (0.0..levels as f64).contains(value);
        match point.iter().find(|value| !is_level(value)) {
            Some(value) => bad(format!("{value} is no level of grey; they go from 0 to {}", levels - 1)),
            None => Ok(()),
        }
    }

    /// How many whole numbers a coordinate can be, dequantised or not.
    fn greys(&self) -> Option<usize> {
        let [low, high] = self.data.bounds().x;
        match self.data.levels() {
            None if self.data.is_dequantized() && self.data.units().is_none() => Some((high - low) as usize),
            levels => levels,
        }
    }

    /// Whether these are whole numbers that the model learns as intervals.
    fn are_steps_spread(&self) -> bool {
        self.data.levels().is_none() && self.greys().is_some()
    }

    /// What is known as the model sees it: whole numbers that it learns as intervals stand somewhere in theirs.
    fn part(&self, point: &[f64], known: &[bool], rng: &mut Rng, device: &Device) -> Part {
        let spread = self.are_steps_spread();
        let within = |value: &f64| value + if spread { rng.uniform() } else { 0.0 };
        let point: Vec<f64> = point.iter().map(within).collect();
        Part::new(self.uploaded(&point, device), known.to_vec())
    }

    fn has_density(&self, part: &Part) -> bool {
        !matches!(self.model.density(part.repeat(1), &mut self.look_rng()), Density::None)
    }

    /// Places that an unknown coordinate can take in a search: each somewhere in one of equal parts of an interval, in a model's units.
    fn lines(&self) -> Vec<gibbs::Line> {
        let bounds = self.data.bounds();
        let axis = |axis: usize| {
            let ends = if axis == 1 && self.data.space().can_be_drawn() {
                bounds.y
            } else {
                bounds.x
            };
            gibbs::Line {
                ends: ends.map(|end| (end - self.standardizer.shift()[axis]) / self.standardizer.scale()),
                parts: self.greys(),
            }
        };
        (0..self.standardizer.dim()).map(axis).collect()
    }

    /// What was drawn in the reader's units, pictures in whole levels of grey, and what was given to the bit.
    async fn put_back(&self, filled: &Filled, point: &[f64], known: &[bool]) -> Result<Table> {
        let drawn: Points = self.read_points(filled.x.clone()).await?;
        let mut table = self.units.table(&drawn);
        let greys = self.greys();
        for (i, value) in table.values.iter_mut().enumerate() {
            let axis = i % table.dim;
            if known[axis] {
                *value = point[axis];
            } else if let Some(levels) = greys {
                *value = value.floor().clamp(0.0, (levels - 1) as f64);
            }
        }
        Ok(table)
    }
}
