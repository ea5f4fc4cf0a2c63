//! Persistent contrastive divergence: pull the energy down at data, push it up where the model's own chains stand.
//!
//! ```text
//! ∇θ −log p(x) = ∇θ E(x) − E_model[∇θ E]      loss = E_data[E(x)] − E_chains[E(x⁻)] + α (E_data[E²] + E_chains[E²])
//! ```
//!
//! The second term of the gradient needs samples of the model. Chains that go on from where the last step left them are nearly that, as
//! long as the landscape moves more slowly than they do; where it does not, training runs away. A few chains start afresh each time, and
//! α holds energies near zero, which the first two terms leave free to drift.
//!
//! References: T. Tieleman, *Training Restricted Boltzmann Machines Using Approximations to the Likelihood Gradient*, ICML 2008; Y. Du and
//! I. Mordatch, *Implicit Generation and Modeling with Energy-Based Models*, 2019, arXiv:1903.08689.

use super::{
    Contrast, Energy, EnergyMethod, VIEWS,
    langevin::{self, langevin},
    network::{EnergyNet, FEATURES, FREQUENCY, TAIL_SCALE},
};
use crate::{
    models::registry::{DensityKind, Family, LossSpec, ModelSpec},
    rng::Rng,
    spec::{
        DEPTH, Group, ParamKind, ParamSpec, Scale, Text, WIDTH,
        training::{Training, settings},
    },
};
use burn::tensor::{Device, Tensor};

/// Chains kept. A step takes as many as the batch from the front of the queue and puts them back behind.
const CHAINS: usize = 1024;

/// Share of chains that start afresh at each step: Du and Mordatch's 5 %.
const REBIRTH: f64 = 0.05;

const K_STEPS: ParamSpec = ParamSpec {
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
        en: "Langevin steps per update",
        zh: "每次更新的朗之万步数",
    },
    help: Text {
        en: "How many Langevin steps the chains take before each update. With few, they lag behind the landscape and it starts to swing; with many, learning is steadier and slower.",
        zh: "每次更新前，各条链先走多少步朗之万。太少，链跟不上地形的变化，训练会来回摆动；越多越稳，也越慢。",
    },
};

const REGULARIZATION: ParamSpec = ParamSpec {
    id: "regularization",
    kind: ParamKind::Float,
    min: 1e-4,
    max: 1.0,
    default: 0.05,
    scale: Scale::Log,
    unit: "",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Energy penalty α",
        zh: "能量惩罚 α",
    },
    help: Text {
        en: "How strongly energies are held near zero. Too little and they can run away, most of all on data with hard edges; too much flattens the valleys.",
        zh: "把能量拉向零的力度。太弱，能量容易失控，边缘锐利的数据上尤其如此；太强，谷会被抹平。",
    },
};

/// The registry row.
pub const PCD: ModelSpec = ModelSpec {
    id: "pcd",
    family: Family::Energy,
    label: Text {
        en: "Persistent contrastive divergence",
        zh: "持续对比散度",
    },
    help: Text {
        en: "Digs the landscape deeper at the data and fills it in where the model's own Langevin walkers gather, until the two balance.",
        zh: "在数据所在处把地形往下挖，在模型自己的朗之万粒子聚集处往上填，直到两者平衡。",
    },
    formula: r"\nabla_\phi\mathcal L=\mathbb E_{p}\nabla_\phi E_\phi(x)-\mathbb E_{x^-\sim\text{chains}}\nabla_\phi E_\phi(x^-),\quad x^-\leftarrow x^--\varepsilon\nabla E_\phi(x^-)+\sqrt{2\varepsilon}\,z",
    paper: "Tieleman: Training Restricted Boltzmann Machines Using Approximations to the Likelihood Gradient",
    year: 2008,
    arxiv: "",
    dims: &[1, 2],
    density: DensityKind::Estimate,
    losses: &[
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
    ],
    views: VIEWS,
    params: settings![
        Training::DEFAULT;
        K_STEPS,
        langevin::STEP_SIZE.with_default(5e-3),
        REGULARIZATION,
        TAIL_SCALE,
        FEATURES,
        FREQUENCY.with_default(3.0),
        WIDTH.with_default(32.0),
        DEPTH,
    ],
    build: |dim, settings, rng, device| {
        let energy = EnergyNet::new(dim, settings, rng, device);
        let chains = start(&energy, [CHAINS, dim], rng, &device.clone().inner());
        let contrast = ChainContrast {
            chains,
            k_steps: settings.int(K_STEPS.id),
            step_size: settings.float(langevin::STEP_SIZE.id),
            alpha: settings.float(REGULARIZATION.id),
        };
        EnergyMethod::model(energy, contrast, dim, settings, device)
    },
};

/// Where chains begin: the Gaussian that the energy decays to.
fn start(energy: &EnergyNet, shape: [usize; 2], rng: &mut Rng, device: &Device) -> Tensor<2> {
    rng.normal_tensor(shape, device) * energy.tail_scale()
}

/// Tells data from the model's own chains.
struct ChainContrast {
    chains: Tensor<2>, // [CHAINS, d]
    k_steps: usize,
    step_size: f64,
    alpha: f64,
}

impl Contrast<EnergyNet> for ChainContrast {
    fn negatives(&self, energy: &EnergyNet, n: usize, rng: &mut Rng) -> Tensor<2> {
        let x = self.chains.clone().narrow(0, 0, n.min(CHAINS));
        let (shape, device) = (x.dims(), x.device());
        let reborn = rng.uniform_tensor([shape[0], 1], &device).lower_elem(REBIRTH);
        let x = x.mask_where(reborn.expand(shape), start(energy, shape, rng, &device));
        langevin(energy, x, self.k_steps, self.step_size, rng)
    }

    fn loss(&self, energy: &EnergyNet, x: Tensor<2>, negatives: Tensor<2>) -> Tensor<1> {
        let (n, m) = (x.dims()[0], negatives.dims()[0]);
        let all = energy.energy(Tensor::cat(vec![x, negatives], 0));
        let (data, chains) = (all.clone().narrow(0, 0, n), all.narrow(0, n, m));
        let penalty = data.clone().square().mean() + chains.clone().square().mean();
        let (data, chains) = (data.mean(), chains.mean());
        let loss = data.clone() - chains.clone() + penalty * self.alpha;
        Tensor::cat(vec![loss, data, chains], 0)
    }

    fn remember(&mut self, negatives: Tensor<2>) {
        let moved = negatives.dims()[0];
        // A batch as large as the queue leaves nobody waiting, and no tensor may be empty.
        self.chains = if moved == CHAINS {
            negatives
        } else {
            let waiting = self.chains.clone().narrow(0, moved, CHAINS - moved);
            Tensor::cat(vec![waiting, negatives], 0)
        };
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        match id {
            _ if id == K_STEPS.id => self.k_steps = value as usize,
            _ if id == langevin::STEP_SIZE.id => self.step_size = value,
            _ if id == REGULARIZATION.id => self.alpha = value,
            _ => return false,
        }
        true
    }

    fn memory(&self) -> Option<Tensor<1>> {
        Some(self.chains.clone().reshape([-1]))
    }

    fn load_memory(&mut self, memory: Tensor<1>) {
        self.chains = memory.reshape(self.chains.dims());
    }
}
