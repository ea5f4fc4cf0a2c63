//! Persistent contrastive divergence: pull the energy down at data, push it up where the model's own chains stand.
//!
//! ```text
//! x⁻ ← k steps of the sampler from where the last update left x⁻      loss = E_data[E(x)] − E_chains[E(x⁻)] + α (E_data[E²] + E_chains[E²])
//! ```
//!
//! Chains that go on from where the last step left them are nearly samples of the model, as long as the landscape moves more slowly than
//! they do; where it does not, training runs away. A few chains start afresh each time, so that the buffer keeps visiting empty space.
//!
//! References: T. Tieleman, *Training Restricted Boltzmann Machines Using Approximations to the Likelihood Gradient*, ICML 2008; Y. Du and
//! I. Mordatch, *Implicit Generation and Modeling with Energy-Based Models*, 2019, arXiv:1903.08689.

use super::{
    Energy, Objective, VIEWS,
    chains::{Chains, K_STEPS, LOSSES, REGULARIZATION},
    method::EnergyMethod,
    network::{EnergyNet, FEATURES, FREQUENCY, TAIL_SCALE},
    sampler::{SAMPLER, STEP_SIZE},
    temperature::TEMPERATURE,
};
use crate::{
    data::Space,
    models::{
        act::Insides,
        spec::{DensityKind, Family, ModelSpec},
    },
    rng::Rng,
    spec::{
        DEPTH, Group, ParamKind, ParamSpec, Scale, Text, WIDTH,
        training::{Training, settings},
    },
};
use burn::tensor::{Device, Tensor};

/// Chains kept. A step takes as many as the batch from the front of the queue and puts them back behind.
const CHAINS: usize = 1024;

/// Share of chains that start afresh at each step; Du and Mordatch's is 5 %.
const REBIRTH: ParamSpec = ParamSpec {
    id: "rebirth",
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
        en: "Chains reborn",
        zh: "重生的链",
    },
    help: Text {
        en: "Share of chains that start afresh from the Gaussian at each update. At 0 the chains may all settle in a few valleys and never look elsewhere; at 1 nothing persists, and every chain is a short one.",
        zh: "每次更新时，有多大比例的链从高斯分布重新出发。取 0，链可能全挤在几个谷里，再也不去别处看看；取 1，什么也不保留，每条链都只走短短几步。",
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
    formula: r"\nabla_\phi\mathcal L=\mathbb E_{p}\nabla_\phi E_\phi(x)-\mathbb E_{x^-\sim\text{chains}}\nabla_\phi E_\phi(x^-),\quad x^-\leftarrow\begin{cases}y=x^--\varepsilon\nabla E_\phi(x^-)+\sqrt{2\varepsilon}\,z&\text{if accepted}\\x^-&\text{else}\end{cases}",
    paper: "Tieleman: Training Restricted Boltzmann Machines Using Approximations to the Likelihood Gradient",
    year: 2008,
    arxiv: "",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::Estimate,
    losses: LOSSES,
    views: VIEWS,
    params: settings![
        Training::DEFAULT;
        K_STEPS,
        SAMPLER,
        STEP_SIZE.with_default(5e-3),
        REBIRTH,
        REGULARIZATION,
        TEMPERATURE,
        TAIL_SCALE,
        FEATURES,
        FREQUENCY.with_default(3.0),
        WIDTH.with_default(32.0),
        DEPTH,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let energy = EnergyNet::new(dim, settings, rng, device);
        let objective = PersistentContrast {
            buffer: start(&energy, [CHAINS, dim], rng, &device.clone().inner()),
            rebirth: settings.float(REBIRTH.id),
            chains: Chains::of(settings),
        };
        EnergyMethod::model(energy, objective, dim, settings, device)
    },
};

/// Where chains begin: the Gaussian that the energy decays to.
fn start(energy: &impl Energy, shape: [usize; 2], rng: &mut Rng, device: &Device) -> Tensor<2> {
    rng.normal_tensor(shape, device) * energy.tail_scale()
}

/// Tells data from chains that outlive the step.
#[derive(Clone)]
struct PersistentContrast {
    buffer: Tensor<2>, // [CHAINS, d]
    rebirth: f64,
    chains: Chains,
}

impl PersistentContrast {
    /// Where chains set out for the data `x`: some of them afresh.
    fn starts(&self, energy: &impl Energy, x: &Tensor<2>, rng: &mut Rng) -> Tensor<2> {
        let x = self.buffer.clone().narrow(0, 0, x.dims()[0].min(CHAINS));
        let (shape, device) = (x.dims(), x.device());
        let reborn = rng.uniform_tensor([shape[0], 1], &device).lower_elem(self.rebirth);
        x.mask_where(reborn.expand(shape), start(energy, shape, rng, &device))
    }
}

impl<E: Energy> Objective<E> for PersistentContrast {
    fn draw(&self, energy: &E, x: &Tensor<2>, rng: &mut Rng) -> Tensor<2> {
        let x = self.starts(energy, x, rng);
        self.chains.walk(energy, x, rng)
    }

    fn insides(&self, energy: &E, lifted: &E, x: Tensor<2>, rng: &mut Rng) -> Insides {
        let from = self.starts(lifted, &x, rng);
        let drawn = self.chains.walk(lifted, from.clone(), rng);
        self.chains.insides(energy, x, from, drawn)
    }

    fn loss(&self, energy: &E, x: Tensor<2>, drawn: Tensor<2>) -> Tensor<1> {
        self.chains.loss(energy, x, drawn)
    }

    fn remember(&mut self, drawn: Tensor<2>) {
        let moved = drawn.dims()[0];
        // A batch as large as the queue leaves nobody waiting, and no tensor may be empty.
        self.buffer = if moved == CHAINS {
            drawn
        } else {
            let waiting = self.buffer.clone().narrow(0, moved, CHAINS - moved);
            Tensor::cat(vec![waiting, drawn], 0)
        };
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        if id == REBIRTH.id {
            self.rebirth = value;
            return true;
        }
        self.chains.set(id, value)
    }

    fn memory(&self) -> Option<Tensor<1>> {
        Some(self.buffer.clone().reshape([-1]))
    }

    fn load_memory(&mut self, memory: Tensor<1>) {
        self.buffer = memory.reshape(self.buffer.dims());
    }
}
