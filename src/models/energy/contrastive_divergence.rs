//! Contrastive divergence, CD-k: start a chain at each data point, let it walk k steps, and ask that it need not move.
//!
//! ```text
//! x⁻ ← k steps of the sampler from x      loss = E_data[E(x)] − E_chains[E(x⁻)] + α (E_data[E²] + E_chains[E²])
//! ```
//!
//! Chains that begin in the right place need few steps to show where the landscape leads them astray. What they never see is what lies
//! farther off than they walk: valleys in empty space stay unfilled. So they roll here (Hamiltonian), which takes them farther for the same
//! number of gradients.
//!
//! References: G. Hinton, *Training Products of Experts by Minimizing Contrastive Divergence*, Neural Computation 14, 2002; G. Hinton,
//! S. Osindero, M. Welling, Y. W. Teh, *Unsupervised Discovery of Nonlinear Structure Using Contrastive Backpropagation*, 2006, with
//! Hamiltonian chains; A. Hyvärinen, *Connections Between Score Matching, Contrastive Divergence, and Pseudolikelihood*, 2007.

use super::{
    Energy, Objective, VIEWS,
    chains::{Chains, K_STEPS, LOSSES, REGULARIZATION},
    method::EnergyMethod,
    network::{EnergyNet, FEATURES, FREQUENCY, TAIL_SCALE},
    sampler::{Kind, SAMPLER, STEP_SIZE},
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
        DEPTH, Text, WIDTH,
        training::{Schedule, Training, settings},
    },
};
use burn::tensor::Tensor;

/// The registry row.
pub const CD: ModelSpec = ModelSpec {
    id: "cd",
    family: Family::Energy,
    label: Text {
        en: "Contrastive divergence",
        zh: "对比散度",
    },
    help: Text {
        en: "Lets walkers start on the data, digs where they started and fills where they went; when the landscape is right they have no reason to leave.",
        zh: "让粒子从数据点出发走几步：出发处往下挖，走到处往上填；地形对了，粒子就没有理由离开。",
    },
    formula: r"\nabla_\phi\mathcal L=\mathbb E_{p}\nabla_\phi E_\phi(x)-\mathbb E_{x^-}\nabla_\phi E_\phi(x^-),\quad x^-=k\text{ steps of the chain from }x",
    paper: "Hinton: Training Products of Experts by Minimizing Contrastive Divergence",
    year: 2002,
    arxiv: "",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::Estimate,
    losses: LOSSES,
    views: VIEWS,
    params: settings![
        Training {
            learning_rate: 5e-3,
            batch: 128.0,
            schedule: Schedule::Cosine,
            schedule_steps: 3000.0,
            ..Training::DEFAULT
        };
        K_STEPS.with_default(3.0),
        SAMPLER.with_default(Kind::Hmc as usize as f64),
        STEP_SIZE.with_default(0.015),
        REGULARIZATION.with_default(0.01),
        TEMPERATURE,
        TAIL_SCALE.with_default(1.2),
        FEATURES,
        FREQUENCY.with_default(2.0),
        WIDTH.with_default(32.0),
        DEPTH,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let energy = EnergyNet::new(dim, settings, rng, device);
        EnergyMethod::model(energy, DataChains(Chains::of(settings)), dim, settings, device)
    },
};

/// Tells data from chains that started there.
#[derive(Clone)]
struct DataChains(Chains);

impl<E: Energy> Objective<E> for DataChains {
    fn draw(&self, energy: &E, x: &Tensor<2>, rng: &mut Rng) -> Tensor<2> {
        self.0.walk(energy, x.clone(), rng)
    }

    fn loss(&self, energy: &E, x: Tensor<2>, drawn: Tensor<2>) -> Tensor<1> {
        self.0.loss(energy, x, drawn)
    }

    fn insides(&self, energy: &E, lifted: &E, x: Tensor<2>, rng: &mut Rng) -> Insides {
        let drawn = self.0.walk(lifted, x.clone(), rng);
        self.0.insides(energy, x.clone(), x, drawn)
    }

    fn surrogate_gradient(&self) -> bool {
        true
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        self.0.set(id, value)
    }
}
