//! Temperature: the same landscape, seen with colder or hotter walkers.
//!
//! ```text
//! p_T(x) = exp(−E(x) / T) / Z_T      score_T = score / T
//! ```
//!
//! T → 0 leaves the deepest valleys, T → ∞ the flat floor. Learning knows nothing of T.
//!
//! Reference: S. Kirkpatrick, C. Gelatt, M. Vecchi, *Optimization by Simulated Annealing*, 1983.

use super::Energy;
use crate::spec::{Group, ParamKind, ParamSpec, Scale, Text};
use burn::tensor::Tensor;

/// T of what is drawn and sampled.
pub const TEMPERATURE: ParamSpec = ParamSpec {
    id: "temperature",
    kind: ParamKind::Float,
    min: 0.2,
    max: 4.0,
    default: 1.0,
    scale: Scale::Log,
    unit: "",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Temperature",
        zh: "温度",
    },
    help: Text {
        en: "Divides the energy in all that is drawn, sampled and scored; what is learned stays as it is. Below 1, walkers gather in the deepest valleys; above 1 they climb the hills. Only at 1 is the density the one learned.",
        zh: "画图、采样、打分时，能量都除以它；学习本身不受影响。低于 1，粒子聚到最深的谷里；高于 1，粒子能翻山越岭。只有取 1 时，显示的才是学到的密度。",
    },
};

/// E / T.
pub struct Tempered<'a, E> {
    pub energy: &'a E,
    pub temperature: f64,
}

impl<E: Energy> Energy for Tempered<'_, E> {
    fn energy(&self, x: Tensor<2>) -> Tensor<1> {
        self.energy.energy(x) / self.temperature
    }

    fn tail_scale(&self) -> f64 {
        self.energy.tail_scale() * self.temperature.sqrt()
    }

    fn learned_log_z(&self) -> Option<Tensor<1>> {
        // That of another temperature does not follow from it.
        self.energy.learned_log_z().filter(|_| self.temperature == 1.0)
    }
}
