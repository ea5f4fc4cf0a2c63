//! Fills a [`Frame`]: asks the model for what the page wants to see and reads it back in one go.

use super::{
    Run, Session,
    frame::{Field, Frame, FrameRequest, Latent, PackedRead, centres, lattice},
};
use crate::{
    data::Points,
    error::Result,
    models::{Density, spec::FieldKind},
    tensors::tensor,
};
use burn::tensor::{Device, Tensor};

/// Half-width of the latent grid in standard deviations of the Gaussian it is laid over.
const GRID_HALF_WIDTH: f64 = 2.5;

/// Spread of walkers at their start, in model units: wider than the data, so that they are seen to roll in.
const WALKERS_SPREAD: f64 = 1.5;

impl Session {
    /// One picture of the data, the model and whatever else `request` names and the model has.
    pub async fn frame(&mut self, request: &FrameRequest) -> Result<Frame> {
        let device = self.device.clone().inner();
        let run = self.run_mut()?;
        let dim = run.standardizer.dim();
        let asked = request.bounds.filter(|bounds| bounds.is_room(dim));
        let bounds = asked.map_or_else(|| run.data.bounds(), |bounds| run.units.bounds_from_reader(&bounds));
        let mut packed = PackedRead::default();
        let mut rng = run.look_rng();

        let labels = run.model.classes_of_samples(request.samples, &mut rng.clone());
        let samples = (request.samples > 0).then(|| packed.push(run.model.sample(request.samples, &mut rng)));
        let drawn = run.data.space().can_be_drawn();
        let field = request.field.filter(|_| drawn && request.side > 0).and_then(|kind| {
            let cells = lattice(&bounds, request.side, dim);
            let values = run.field(kind, &cells, &device)?;
            Some((kind, packed.push(values)))
        });
        // Of these very weights: a picture of a moving landscape is divided by the Z that it has now.
        let log_z = (request.field == Some(FieldKind::LogDensity))
            .then(|| run.model.normalizer())
            .flatten()
            .map(|normalizer| packed.push(normalizer.log_z));
        let walkers = run
            .advance_walkers(request, &device)
            .map(|walkers| packed.push(walkers));
        let views = run.choice.model.views;
        let grid = (views.grid && drawn && request.grid > 1)
            .then(|| run.model.data_from_latent(latent_grid(request.grid, dim, &device)))
            .flatten()
            .map(|points| packed.push(points));
        let shown = run.shown(request.latent.max(1));
        let latent = (views.latent && request.latent > 0)
            .then(|| {
                let x = run.standardizer.upload(&shown, &device);
                match run.one_hot(&shown, &device) {
                    Some(y) => run.model.given(Some(y)).draw_codes(x, &mut rng),
                    None => run.model.draw_codes(x, &mut rng),
                }
            })
            .flatten()
            .zip(run.model.prior())
            .map(|(points, prior)| (points.dims()[1], packed.push(points), packed.push(prior)));

        let mut parts = packed.read().await?;
        let mut take = |index: usize| std::mem::take(&mut parts[index]);
        let mut in_data_units = |index: usize| {
            let mut values = take(index);
            run.standardizer.to_data_units(&mut values);
            run.units.to_reader(&values)
        };
        let samples = samples.map(&mut in_data_units).unwrap_or_default();
        let walkers = walkers.map(&mut in_data_units);
        let grid = grid.map(|index| (request.grid, in_data_units(index)));
        let latent = latent.map(|(dim, points, prior)| Latent {
            dim,
            points: take(points),
            data: run.units.table(&shown),
            prior: take(prior),
        });
        let seen = run.units.bounds(&bounds);
        let field = field.map(|(kind, index)| Field {
            kind,
            bounds: seen,
            side: request.side,
            values: take(index),
        });
        let log_z = log_z.map(|index| take(index)[0]);
        let (field, energy) = run.in_readers_units(field, log_z);
        let truth = (dim == 1 && request.side > 0)
            .then(|| run.truth(centres(bounds.x, request.side)))
            .flatten();
        Ok(Frame {
            step: run.step,
            dim,
            bounds: seen,
            samples,
            labels,
            field,
            truth,
            energy,
            walkers,
            grid,
            latent,
        })
    }
}

impl Run {
    /// The field at the cells, in model units, where the model has one of that kind.
    fn field(&self, kind: FieldKind, cells: &Points, device: &Device) -> Option<Tensor<1>> {
        let x = self.standardizer.upload(cells, device);
        if kind == FieldKind::Discriminator {
            return self.model.discriminate(x);
        }
        match (kind, self.model.drawn_density(x, &mut self.look_rng())) {
            (FieldKind::Energy | FieldKind::LogDensity, Density::Unnormalized(log_prob)) => Some(log_prob.neg()),
            (FieldKind::LogDensity, Density::Exact(log_prob) | Density::Estimate(log_prob))
            | (FieldKind::LogBound, Density::LowerBound(log_prob)) => Some(log_prob),
            _ => None,
        }
    }

    /// A field read from the model in the reader's units, and beside the density of an energy model on the line its energy. `log_z` is that model's.
    fn in_readers_units(&self, field: Option<Field>, log_z: Option<f32>) -> (Option<Field>, Option<Vec<f32>>) {
        let Some(mut field) = field else { return (None, None) };
        let shift = (self.standardizer.log_det() + self.units.log_det()) as f32;
        if matches!(field.kind, FieldKind::Energy | FieldKind::Discriminator) {
            return (Some(field), None);
        }
        let energy = log_z.map(|log_z| {
            let log_prob = field.values.iter().map(|e| -e - log_z).collect();
            std::mem::replace(&mut field.values, log_prob)
        });
        field.values.iter_mut().for_each(|v| *v -= shift);
        (Some(field), energy.filter(|_| self.standardizer.dim() == 1))
    }

    /// Exact density of the data, where it is known.
    fn truth(&self, at: impl Iterator<Item = f64>) -> Option<Vec<f32>> {
        at.map(|x| self.log_p_data(&[x]).map(|log_p| log_p.exp() as f32))
            .collect()
    }

    /// Moves the walkers on, setting them out first where their number has changed.
    fn advance_walkers(&mut self, request: &FrameRequest, device: &Device) -> Option<Tensor<2>> {
        if request.walkers == 0 || !self.choice.model.views.walkers {
            return None;
        }
        let kept = self
            .walkers
            .take()
            .filter(|walkers| walkers.dims()[0] == request.walkers);
        let start = kept.unwrap_or_else(|| {
            self.walk_rng
                .normal_tensor([request.walkers, self.standardizer.dim()], device)
                * WALKERS_SPREAD
        });
        let moved = self.model.walk(start, request.walk_steps, &mut self.walk_rng)?;
        self.walkers = Some(moved.clone());
        Some(moved)
    }
}

/// A regular grid over the latents: `[side · side, 2]` on the plane, `[side, 1]` on the line.
fn latent_grid(side: usize, dim: usize, device: &Device) -> Tensor<2> {
    let at = |i: usize| ((2.0 * i as f64 / (side - 1) as f64 - 1.0) * GRID_HALF_WIDTH) as f32;
    let values: Vec<f32> = match dim {
        1 => (0..side).map(at).collect(),
        _ => (0..side * side).flat_map(|k| [at(k % side), at(k / side)]).collect(),
    };
    let rows = values.len() / dim;
    tensor(values, [rows, dim], device)
}
