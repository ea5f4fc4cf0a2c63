//! The energies of several classes put together into one.
//!
//! ```text
//! ℓ_y(x) = −E(x, y) / T + log p(y) − log Z_y        log p(x) = log Σ_y exp ℓ_y        log p(y | x) = ℓ_y − log p(x)
//! log q  = Σ log p(a | x) + Σ log(1 − p(b | x))     over the classes a that are asked for, and those b that are left out
//! E_w(x) = −log p(x) − (1 + w) log q(x)             one class a: E(x, a) − w log p(a | x), up to a constant
//! ```
//!
//! p(y | x) is the model's own, by Bayes' rule from its energies: guidance by a classifier that nobody had to train, and none had to be left without
//! a class while it learned. T divides the energies, w tempers the classifier.
//!
//! References: Y. Du, S. Li, I. Mordatch, 2020, arXiv:2004.06030 (sums of energies); P. Dhariwal and A. Nichol, *Diffusion Models Beat GANs on Image
//! Synthesis*, 2021, arXiv:2105.05233 (a classifier to a power); J. Ho and T. Salimans, 2022, arXiv:2207.12598 (by Bayes' rule).

use super::{Energy, lifted, temperature::Tempered};
use crate::{
    models::composition::{Known, Product},
    nn::{classes::Conditional, log_sum_exp},
};
use burn::{module::Module, tensor::Tensor};

/// What is asked for, of classes that are known.
#[derive(Clone)]
pub struct Composition {
    pub product: Product,
    pub known: Known,
}

impl Composition {
    /// The energy of it, made of those that `energy` has for each class.
    pub fn of<E: Clone>(&self, energy: &E, temperature: f64) -> Together<E> {
        let Known {
            classes,
            offsets,
            guidance,
        } = self.known.clone();
        Together {
            energy: energy.clone(),
            classes,
            offsets: offsets.expect("energies have a Z each"),
            product: self.product.clone(),
            power: 1.0 + guidance,
            temperature,
        }
    }
}

/// E_w.
pub struct Together<E> {
    /// E(x, y).
    energy: E,
    /// Every y, one-hot.
    classes: Vec<Tensor<2>>,
    /// log p(y) − log Z_y, `[1]` each.
    offsets: Vec<Tensor<1>>,
    product: Product,
    /// 1 + w.
    power: f64,
    temperature: f64,
}

impl<E: Module> Together<E> {
    /// The same on the autodiff device, see [`lifted`].
    pub fn lifted(self) -> Self {
        Self {
            energy: lifted(self.energy),
            classes: self.classes.into_iter().map(Tensor::autodiff).collect(),
            offsets: self.offsets.into_iter().map(Tensor::autodiff).collect(),
            ..self
        }
    }
}

impl<E: Energy + Conditional> Energy for Together<E> {
    fn energy(&self, x: Tensor<2>) -> Tensor<1> {
        let each = self.energy.each_energy(x, &self.classes).into_iter().zip(&self.offsets);
        let joint: Vec<Tensor<1>> = each
            .map(|(energy, offset)| offset.clone() - energy / self.temperature)
            .collect();
        let whole = log_sum_exp(Tensor::stack(joint.clone(), 0));
        let of = self
            .product
            .of
            .iter()
            .map(|&class| joint[class].clone() - whole.clone());
        let without = self.product.without.iter().map(|&class| {
            let others = joint.iter().enumerate().filter(|&(other, _)| other != class);
            let others = others.map(|(_, joint)| joint.clone()).collect();
            log_sum_exp(Tensor::stack(others, 0)) - whole.clone()
        });
        let judged = of.chain(without).reduce(|sum, part| sum + part);
        (judged.expect("something is asked for") * self.power + whole).neg()
    }

    fn tail_scale(&self) -> f64 {
        self.energy.tail_scale() * self.temperature.sqrt()
    }
}

/// What walkers and the lattice see: a class's own energy, or classes put together.
pub enum Landscape<'a, E> {
    One(Tempered<'a, E>),
    Together(Together<E>),
}

impl<E: Energy + Conditional> Energy for Landscape<'_, E> {
    fn energy(&self, x: Tensor<2>) -> Tensor<1> {
        match self {
            Self::One(energy) => energy.energy(x),
            Self::Together(energy) => energy.energy(x),
        }
    }

    fn tail_scale(&self) -> f64 {
        match self {
            Self::One(energy) => energy.tail_scale(),
            Self::Together(energy) => energy.tail_scale(),
        }
    }

    fn learned_log_z(&self) -> Option<Tensor<1>> {
        match self {
            Self::One(energy) => energy.learned_log_z(),
            Self::Together(_) => None,
        }
    }
}
