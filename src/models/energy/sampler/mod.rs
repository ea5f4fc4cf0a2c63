//! Markov chains on an energy: they need its slope and differences of its height, and never Z. They make the negatives of contrastive divergence,
//! and the walkers to watch; samples on the line and plane come from the [`lattice`](super::lattice).
//!
//! A sampler moves all its walkers at once and reads nothing back: whether a walker takes its step is a mask, not a branch.
//!
//! Reference: R. Neal, *MCMC Using Hamiltonian Dynamics*, 2011, arXiv:1206.1901, which has all three.

pub mod hmc;
pub mod mala;
mod metropolis;
pub mod ula;

use super::Energy;
use crate::{
    models::spec::Settings,
    rng::Rng,
    spec::{Group, OptionSpec, ParamKind, ParamSpec, Scale, Text},
};
use burn::tensor::Tensor;

/// Which chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Unadjusted Langevin.
    Ula,
    /// Metropolis-adjusted Langevin.
    Mala,
    /// Hamiltonian Monte Carlo.
    Hmc,
}

impl Kind {
    /// In the order of the setting's options.
    pub const ALL: [Self; 3] = [Self::Ula, Self::Mala, Self::Hmc];
    const OPTIONS: &[OptionSpec] = &[
        OptionSpec {
            id: "ula",
            label: Text {
                en: "Plain Langevin",
                zh: "朴素朗之万",
            },
        },
        OptionSpec {
            id: "mala",
            label: Text {
                en: "Adjusted Langevin",
                zh: "校正朗之万",
            },
        },
        OptionSpec {
            id: "hmc",
            label: Text {
                en: "Hamiltonian",
                zh: "哈密顿",
            },
        },
    ];
}

/// How walkers and chains move.
pub const SAMPLER: ParamSpec = ParamSpec::choice(
    "sampler",
    Kind::OPTIONS,
    Kind::Mala as usize,
    Text {
        en: "Sampler",
        zh: "采样器",
    },
    Text {
        en: "How walkers move, and the chains that a model learns from. Adjusted Langevin steps downhill with noise and refuses some steps, which makes its law exact. Plain Langevin refuses none: its law is off, the more the longer the steps, and where steps are wider than a valley it has none. Hamiltonian lets walkers roll, goes farthest and costs five gradients a step.",
        zh: "粒子怎么走，模型学习所用的链也这么走。校正朗之万：顺坡加噪声，并拒绝一部分步子，因此分布是准的。朴素朗之万：一步也不拒绝，步子越大偏差越大；步子比谷还宽时，就根本没有稳定的分布。哈密顿：推一把让粒子滚，走得最远，每步要算五次梯度。",
    },
)
.live();

/// ε of walkers and chains.
pub const STEP_SIZE: ParamSpec = ParamSpec {
    id: "step_size",
    kind: ParamKind::Float,
    min: 1e-4,
    max: 0.1,
    default: 2e-3,
    scale: Scale::Log,
    unit: "",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Sampler step size",
        zh: "采样步长",
    },
    help: Text {
        en: "How far the walkers move at each step. Small steps follow the valleys faithfully but cross between them rarely; large steps smear plain walkers over the hills and make the adjusted ones stand still.",
        zh: "游走粒子每步走多远。步长小，粒子老实地沿着谷底走，却很少翻到另一个谷；步长大，朴素的粒子会被抖到山坡上，校正的则因为总被拒绝而停在原地。",
    },
};

/// A kind of chain with its step size.
#[derive(Clone, Copy, Debug)]
pub struct Sampler {
    pub kind: Kind,
    /// ε, in squared model units.
    pub step_size: f64,
}

impl Sampler {
    /// The one that `settings` choose.
    pub fn of(settings: &Settings) -> Self {
        Self {
            kind: Kind::ALL[settings.int(SAMPLER.id)],
            step_size: settings.float(STEP_SIZE.id),
        }
    }

    /// `steps` steps from `x`, on a [`lifted`](super::lifted) energy.
    ///
    /// # Shapes
    /// - `x`: `[n, d]` on the plain device, returns the same
    pub fn walk(&self, energy: &impl Energy, x: Tensor<2>, steps: usize, rng: &mut Rng) -> Tensor<2> {
        let walk = match self.kind {
            Kind::Ula => ula::walk,
            Kind::Mala => mala::walk,
            Kind::Hmc => hmc::walk,
        };
        walk(energy, x, steps, self.step_size, rng)
    }

    /// Changes one of its settings; `false` where `id` is none.
    pub fn set(&mut self, id: &str, value: f64) -> bool {
        match id {
            _ if id == SAMPLER.id => self.kind = Kind::ALL[value as usize],
            _ if id == STEP_SIZE.id => self.step_size = value,
            _ => return false,
        }
        true
    }
}
