//! The next step, told before it is taken: what it draws and makes, its loss, its slopes, and what its update changes.

use super::{Session, frame::PackedRead};
use crate::{
    error::Result,
    models::act::{Act, Deed, Sight},
};

/// What the next step does, deed by deed; points in a model's units, x = shift + scale u.
#[derive(Clone, Debug)]
pub struct Slow {
    /// The step that this one ends at.
    pub step: u64,
    pub dim: usize,
    pub acts: Vec<Told>,
    /// A model's zero in the reader's units, `[dim]`.
    pub shift: Vec<f64>,
    /// One of a model's units in the reader's, `[dim]`.
    pub scale: Vec<f64>,
}

/// A deed; what there is not to see of it is absent.
#[derive(Clone, Debug)]
pub struct Told {
    pub deed: Deed,
    /// `[n, dim]`.
    pub points: Option<Vec<f32>>,
    /// Where each comes from, `[n, dim]`.
    pub from: Option<Vec<f32>>,
    /// A direction at each, for one of a model's units, `[n, dim]`.
    pub arrows: Option<Vec<f32>>,
    pub losses: Option<Vec<f32>>,
}

impl Session {
    /// What the next step, or the half of one that is left, is going to do. Nothing is learned of it, and the step then does just that.
    pub async fn slow(&self) -> Result<Slow> {
        let run = self.run()?;
        let device = self.device.clone().inner();
        let mut rng = run.noise_rng.clone();
        let acts = match run.model.second_acts(&mut rng) {
            Some(acts) => acts,
            None => {
                let x = run.batch(&mut run.data_rng.clone(), &device);
                run.model.acts(x, &mut rng)
            }
        };
        let mut packed = PackedRead::default();
        let seen: Vec<(Deed, Seen)> = acts
            .into_iter()
            .map(|act| (act.deed, Seen::of(act, &mut packed)))
            .collect();
        let parts = packed.read().await?;
        let of = |index: usize| parts[index].clone();
        let told = |(deed, seen): (Deed, Seen)| Told {
            deed,
            points: seen.points.map(of),
            from: seen.from.map(of),
            arrows: seen.arrows.map(of),
            losses: seen.losses.map(of),
        };
        let (shift, scale) = run.readers_units();
        Ok(Slow {
            step: run.step + 1,
            dim: run.standardizer.dim(),
            acts: seen.into_iter().map(told).collect(),
            shift,
            scale,
        })
    }
}

/// Where in a [`PackedRead`] it stands.
#[derive(Default)]
struct Seen {
    points: Option<usize>,
    from: Option<usize>,
    arrows: Option<usize>,
    losses: Option<usize>,
}

impl Seen {
    fn of(act: Act, packed: &mut PackedRead) -> Self {
        let none = Self::default();
        match act.sight {
            Sight::Points(points) => Self {
                points: Some(packed.push(points)),
                ..none
            },
            Sight::Moves { from, to } => Self {
                points: Some(packed.push(to)),
                from: Some(packed.push(from)),
                ..none
            },
            Sight::Arrows { at, along } => Self {
                points: Some(packed.push(at)),
                arrows: Some(packed.push(along)),
                ..none
            },
            Sight::Losses(losses) => Self {
                losses: Some(packed.push(losses)),
                ..none
            },
        }
    }
}
