//! Maximum likelihood with Z by quadrature: what the other objectives go around, done outright where a grid can hold the space.
//!
//! ```text
//! loss = E_data[E(x)] + log Ẑ      Ẑ = Σⱼ hⱼ exp(−E(yⱼ)),  yⱼ: a lattice of cells of volume hⱼ, shifted at random
//! ∇θ log Ẑ = −Σⱼ wⱼ ∇θ E(yⱼ),  wⱼ ∝ hⱼ exp(−E(yⱼ)): grid points as negatives, weighed by the model itself
//! ```
//!
//! A fixed lattice could be cheated: the network would dig between its points. The random shift makes Ẑ right on average over the steps; log Ẑ
//! is then too low on average, by half the relative variance of Ẑ, which is what a network gains that digs valleys narrower than the cells. So the
//! lattice is cut finer where the energy is low and rough, and reaches beyond all data, or their energy could fall for nothing.
//!
//! References: R. Fisher, *On the Mathematical Foundations of Theoretical Statistics*, 1922; R. Cranley and T. Patterson, *Randomization of
//! Number Theoretic Methods for Multiple Integration*, 1976 (the shift).

use super::{
    Energy, Objective, VIEWS,
    lattice::{Domain, Lattice},
    method::EnergyMethod,
    network::{EnergyNet, FEATURES, FREQUENCY, TAIL_SCALE},
    sampler::{SAMPLER, STEP_SIZE},
    temperature::TEMPERATURE,
};
use crate::{
    data::Space,
    models::{
        Extent,
        act::{Act, Deed, Insides},
        spec::{DensityKind, Family, LossSpec, ModelSpec},
    },
    rng::Rng,
    spec::{
        DEPTH, Group, ParamKind, ParamSpec, Scale, Text, WIDTH,
        training::{Training, settings},
    },
};
use burn::tensor::Tensor;

const GRID_SIDE: ParamSpec = ParamSpec {
    id: "grid_side",
    kind: ParamKind::Int,
    min: 8.0,
    max: 96.0,
    default: 32.0,
    scale: Scale::Linear,
    unit: "cells",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Grid side",
        zh: "网格边长",
    },
    help: Text {
        en: "Cells along each axis of the plane (sixteen times as many on the line) on which Z is summed; where the density is high and rough they are cut in four once more. A step costs the square of it; with cells much wider than the modes Z becomes guesswork.",
        zh: "平面上每个轴分成多少格来求和算 Z（直线上是它的十六倍）；密度高而起伏大的格子，每边还会再切成四份。每步的开销与它的平方成正比；格子比峰宽得多时，Z 就成了瞎猜。",
    },
};

/// The registry row.
pub const MLE: ModelSpec = ModelSpec {
    id: "mle",
    family: Family::Energy,
    label: Text {
        en: "Maximum likelihood on a grid",
        zh: "网格上的最大似然",
    },
    help: Text {
        en: "Simply adds up Z over a grid and maximises the likelihood. On a plane this works; with every further dimension the grid grows some thirtyfold, which is why all the others exist.",
        zh: "直接在网格上把 Z 加出来，再最大化似然。平面上行得通；每多一维，网格就要大三十来倍，这正是其他方法存在的理由。",
    },
    formula: r"\mathcal L=\mathbb E_{p}\,E_\phi(x)+\log\sum_j h_j\,e^{-E_\phi(y_j)}",
    paper: "Fisher: On the Mathematical Foundations of Theoretical Statistics",
    year: 1922,
    arxiv: "",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::Estimate,
    losses: &[
        LossSpec {
            id: "nll",
            label: Text {
                en: "−log-likelihood (nats)",
                zh: "负对数似然（纳特）",
            },
        },
        LossSpec {
            id: "log_normalizer",
            label: Text {
                en: "log Z on the grid (nats)",
                zh: "网格上的 log Z（纳特）",
            },
        },
    ],
    views: VIEWS,
    params: settings![
        Training {
            learning_rate: 5e-3,
            ..Training::DEFAULT
        };
        GRID_SIDE,
        SAMPLER,
        STEP_SIZE,
        TEMPERATURE,
        TAIL_SCALE,
        FEATURES,
        FREQUENCY,
        WIDTH.with_default(32.0),
        DEPTH,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let energy = EnergyNet::new(dim, settings, rng, device).without_head_bias();
        let objective = MaximumLikelihood {
            side: settings.int(GRID_SIDE.id),
            extent: Extent::DEFAULT,
        };
        EnergyMethod::model(energy, objective, dim, settings, device)
    },
};

/// Likelihood with Z from a lattice.
#[derive(Clone)]
pub struct MaximumLikelihood {
    /// Cells along an axis of the plane.
    pub side: usize,
    /// Of the data.
    pub extent: Extent,
}

impl<E: Energy> Objective<E> for MaximumLikelihood {
    /// The lattice's points, and log of the volume of each in the last column.
    fn draw(&self, energy: &E, x: &Tensor<2>, rng: &mut Rng) -> Tensor<2> {
        let dim = x.dims()[1];
        let domain = Domain {
            dim,
            extent: self.extent,
            tail_scale: energy.tail_scale(),
            side: self.side,
        };
        let log_integrand = |x: Tensor<2>| energy.energy(x.autodiff()).inner().neg();
        let shift: Vec<f64> = (0..dim).map(|_| rng.uniform()).collect();
        Lattice::new(&log_integrand, domain, &shift, &x.device()).weighted_points()
    }

    fn loss(&self, energy: &E, x: Tensor<2>, drawn: Tensor<2>) -> Tensor<1> {
        let ([n, d], cells) = (x.dims(), drawn.dims()[0]);
        let (points, log_volume) = (drawn.clone().narrow(1, 0, d), drawn.narrow(1, d, 1).squeeze_dim(1));
        let all = energy.energy(Tensor::cat(vec![x, points], 0));
        let (data, grid) = (all.clone().narrow(0, 0, n), all.narrow(0, n, cells));
        let log_mass: Tensor<1> = log_volume - grid;
        // The largest term is taken out of the sum so that nothing overflows.
        let top = log_mass.clone().max().detach();
        let log_z = (log_mass - top.clone()).exp().sum().log() + top;
        Tensor::cat(vec![data.mean() + log_z.clone(), log_z], 0)
    }

    fn insides(&self, energy: &E, lifted: &E, x: Tensor<2>, rng: &mut Rng) -> Insides {
        let (drawn, d) = (self.draw(lifted, &x, rng), x.dims()[1]);
        let cells = Act::points(Deed::Lattice, drawn.clone().narrow(1, 0, d));
        Insides::of_data(x, |x| self.loss(energy, x, drawn.autodiff())).with(cells)
    }

    fn set_extent(&mut self, extent: Extent) {
        self.extent = extent;
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        if id == GRID_SIDE.id {
            self.side = value as usize;
            return true;
        }
        false
    }
}
