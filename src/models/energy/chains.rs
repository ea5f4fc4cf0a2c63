//! What contrastive divergence and its persistent form share: the loss, and the short walk that makes negatives.
//!
//! ```text
//! ∇θ −log p(x) = ∇θ E(x) − E_model[∇θ E]      loss = E_data[E(x)] − E_chains[E(x⁻)] + α (E_data[E²] + E_chains[E²])
//! ```
//!
//! The second term of the gradient needs samples of the model; k steps of a chain stand in for them. α holds energies near zero, which the
//! first two terms leave free to drift.
//!
//! References: G. Hinton, *Training Products of Experts by Minimizing Contrastive Divergence*, 2002; Y. Du and I. Mordatch, *Implicit
//! Generation and Modeling with Energy-Based Models*, 2019, arXiv:1903.08689, which adds α.

use super::{Energy, sampler::Sampler, told_apart};
use crate::{
    models::{
        act::{Act, Deed, Insides},
        spec::{LossSpec, Settings},
    },
    rng::Rng,
    spec::{Group, ParamKind, ParamSpec, Scale, Text},
};
use burn::tensor::Tensor;

/// k of a training step.
pub const K_STEPS: ParamSpec = ParamSpec {
    id: "k_steps",
    kind: ParamKind::Int,
    min: 1.0,
    max: 60.0,
    default: 10.0,
    scale: Scale::Log,
    unit: "steps",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Sampler steps per update",
        zh: "每次更新走几步",
    },
    help: Text {
        en: "How many steps the chains take before each update. With few, they see little of the landscape, which then swings or grows false valleys; with many, learning is steadier and slower.",
        zh: "每次更新前，各条链先走多少步。太少，链只看得到一小片地形，训练会来回摆动，或在没人去的地方长出假的谷；越多越稳，也越慢。",
    },
};

/// α, which may be 0: then nothing holds the energies.
pub const REGULARIZATION: ParamSpec = ParamSpec {
    id: "regularization",
    kind: ParamKind::Float,
    min: 0.0,
    max: 1.0,
    default: 0.05,
    scale: Scale::Linear,
    unit: "",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Energy penalty α",
        zh: "能量惩罚 α",
    },
    help: Text {
        en: "How strongly energies are held near zero. With too little they can run away, and at 0 nothing stops them, most of all on data with hard edges; too much flattens the valleys.",
        zh: "把能量拉向零的力度。太弱，能量容易失控，取 0 就完全放任，边缘锐利的数据上尤其如此；太强，谷会被抹平。",
    },
};

/// Of every objective with chains.
pub const LOSSES: &[LossSpec] = &[
    LossSpec {
        id: "contrast",
        label: Text {
            en: "Contrastive loss (nats)",
            zh: "对比损失（纳特）",
        },
    },
    LossSpec {
        id: "energy_data",
        label: Text {
            en: "Mean energy of data (nats)",
            zh: "数据的平均能量（纳特）",
        },
    },
    LossSpec {
        id: "energy_chains",
        label: Text {
            en: "Mean energy of chains (nats)",
            zh: "链的平均能量（纳特）",
        },
    },
];

/// How negatives walk and what they are worth.
#[derive(Clone, Copy, Debug)]
pub struct Chains {
    pub sampler: Sampler,
    pub k_steps: usize,
    pub alpha: f64,
}

impl Chains {
    /// As `settings` have them.
    pub fn of(settings: &Settings) -> Self {
        Self {
            sampler: Sampler::of(settings),
            k_steps: settings.int(K_STEPS.id),
            alpha: settings.float(REGULARIZATION.id),
        }
    }

    /// k steps from `x` on a [`lifted`](super::lifted) energy.
    ///
    /// # Shapes
    /// - `x`: `[n, d]` on the plain device, returns the same
    pub fn walk(&self, energy: &impl Energy, x: Tensor<2>, rng: &mut Rng) -> Tensor<2> {
        self.sampler.walk(energy, x, self.k_steps, rng)
    }

    /// The contrastive loss, the mean energy of data and that of chains.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `negatives`: `[m, d]`, returns `[3]`
    pub fn loss(&self, energy: &impl Energy, x: Tensor<2>, negatives: Tensor<2>) -> Tensor<1> {
        let (n, m) = (x.dims()[0], negatives.dims()[0]);
        let all = energy.energy(Tensor::cat(vec![x, negatives], 0));
        let (data, chains) = (all.clone().narrow(0, 0, n), all.narrow(0, n, m));
        let penalty = data.clone().square().mean() + chains.clone().square().mean();
        let (data, chains) = (data.mean(), chains.mean());
        let loss = data.clone() - chains.clone() + penalty * self.alpha;
        Tensor::cat(vec![loss, data, chains], 0)
    }

    /// What [`Chains::loss`] is made of, with chains that have walked from `from` to `negatives`.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, `from`, `negatives`: `[m, d]`, all on the plain device
    pub fn insides(&self, energy: &impl Energy, x: Tensor<2>, from: Tensor<2>, negatives: Tensor<2>) -> Insides {
        Insides {
            made: vec![Act::moves(Deed::Chains, from, negatives.clone())],
            slopes: told_apart(x, negatives, |x, negatives| self.loss(energy, x, negatives)),
        }
    }

    /// Changes one of its settings; `false` where `id` is none.
    pub fn set(&mut self, id: &str, value: f64) -> bool {
        match id {
            _ if id == K_STEPS.id => self.k_steps = value as usize,
            _ if id == REGULARIZATION.id => self.alpha = value,
            _ => return self.sampler.set(id, value),
        }
        true
    }
}
