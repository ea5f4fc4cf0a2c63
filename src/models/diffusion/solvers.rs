//! Solvers of dx/dt = v(x, t): explicit Runge-Kutta methods in which each stage looks at the last one only.
//!
//! ```text
//! k₁ = v(x, t)      kᵢ = v(x + h cᵢ kᵢ₋₁, t + h cᵢ)      x ← x + h Σ wᵢ kᵢ
//! log|det ∂x_b/∂x_a| = ∫ₐᵇ div v(x_t, t) dt              by the same stages and weights
//! ```
//!
//! A method of order p errs by a multiple of hᵖ over a fixed stretch of time: half the step, 2⁻ᵖ of the error.
//!
//! References: R. Chen, Y. Rubanova, J. Bettencourt, D. Duvenaud, *Neural Ordinary Differential Equations*, 2018, arXiv:1806.07366 (the
//! log-determinant); E. Hairer, S. Nørsett, G. Wanner, *Solving Ordinary Differential Equations I*, 1993, section II.1.

use super::VelocityField;
use crate::spec::{Group, OptionSpec, ParamKind, ParamSpec, Scale, Text};
use burn::tensor::Tensor;

/// How one step in time is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solver {
    /// Straight on along the velocity at the start: order 1.
    Euler,
    /// Along the velocity found half a step ahead: order 2.
    Midpoint,
    /// Along the mean of the velocities at both ends: order 2.
    Heun,
    /// The classical one of four stages: order 4.
    RungeKutta,
}

impl Solver {
    /// In the order of the setting's options.
    pub const ALL: [Self; 4] = [Self::Euler, Self::Midpoint, Self::Heun, Self::RungeKutta];

    /// (c, w) of each stage.
    const fn stages(self) -> &'static [(f64, f64)] {
        match self {
            Self::Euler => &[(0.0, 1.0)],
            Self::Midpoint => &[(0.0, 0.0), (0.5, 1.0)],
            Self::Heun => &[(0.0, 0.5), (1.0, 0.5)],
            Self::RungeKutta => &[(0.0, 1.0 / 6.0), (0.5, 1.0 / 3.0), (0.5, 1.0 / 3.0), (1.0, 1.0 / 6.0)],
        }
    }

    /// Data from noise.
    ///
    /// # Shapes
    /// - `x0`: `[n, d]`, returns the same
    pub fn data_from_noise(self, field: &impl VelocityField, x0: Tensor<2>, steps: usize) -> Tensor<2> {
        self.carry(field, x0, [0.0, 1.0], steps)
    }

    /// Noise from data, and log|det ∂x0/∂x1| in nats.
    ///
    /// # Shapes
    /// - `x1`: `[n, d]`, returns `[n, d]` and `[n]`
    pub fn noise_from_data(self, field: &impl VelocityField, x1: Tensor<2>, steps: usize) -> (Tensor<2>, Tensor<1>) {
        self.carry_with_log_det(field, x1, [1.0, 0.0], steps)
    }

    /// Carries points along the field from one time to another, forwards or backwards.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns the same
    pub fn carry(self, field: &impl VelocityField, x: Tensor<2>, times: [f64; 2], steps: usize) -> Tensor<2> {
        self.march(x, times, steps, |x, t, _| field.velocity(x, t))
    }

    /// The same with log|det| of the map's Jacobian, in nats.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n, d]` and `[n]`
    pub fn carry_with_log_det(
        self,
        field: &impl VelocityField,
        x: Tensor<2>,
        times: [f64; 2],
        steps: usize,
    ) -> (Tensor<2>, Tensor<1>) {
        let mut log_det = Tensor::zeros([x.dims()[0]], &x.device());
        let x = self.march(x, times, steps, |x, t, share| {
            // a divergence costs as much as d velocities: none where the stage only looks ahead
            if share == 0.0 {
                return field.velocity(x, t);
            }
            let (velocity, divergence) = field.velocity_and_divergence(x, t);
            log_det = log_det.clone() + divergence * share;
            velocity
        });
        (x, log_det)
    }

    /// The same with where they stand after each step, and when; the first is where they begin.
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `steps + 1` of the same
    pub fn way(
        self,
        field: &impl VelocityField,
        x: Tensor<2>,
        [from, to]: [f64; 2],
        steps: usize,
    ) -> Vec<(f64, Tensor<2>)> {
        let at = |step: usize| from + (to - from) * step as f64 / steps as f64;
        let mut way = vec![(from, x)];
        for step in 0..steps {
            let x = way[step].1.clone();
            way.push((at(step + 1), self.carry(field, x, [at(step), at(step + 1)], 1)));
        }
        way
    }

    /// `slope` gets a point, its time, and how much of this slope the step takes: h w.
    fn march(
        self,
        x: Tensor<2>,
        [from, to]: [f64; 2],
        steps: usize,
        mut slope: impl FnMut(Tensor<2>, f64, f64) -> Tensor<2>,
    ) -> Tensor<2> {
        assert!(steps > 0, "a solver needs at least one step");
        let h = (to - from) / steps as f64;
        (0..steps).fold(x, |x, step| {
            let t = from + h * step as f64;
            let mut next = x.clone();
            let mut last: Option<Tensor<2>> = None;
            for &(c, w) in self.stages() {
                let at = match last {
                    Some(k) => x.clone() + k * (h * c),
                    None => x.clone(),
                };
                let k = slope(at, t + h * c, h * w);
                if w != 0.0 {
                    next = next + k.clone() * (h * w);
                }
                last = Some(k);
            }
            next
        })
    }
}

const fn option(id: &'static str, en: &'static str, zh: &'static str) -> OptionSpec {
    OptionSpec {
        id,
        label: Text { en, zh },
    }
}

/// Which solver draws samples.
pub const SOLVER: ParamSpec = ParamSpec::choice(
    "solver",
    &[
        option("euler", "Euler", "欧拉法"),
        option("midpoint", "Midpoint", "中点法"),
        option("heun", "Heun", "Heun 法"),
        option("rk4", "Runge-Kutta 4", "四阶龙格-库塔法"),
    ],
    1,
    Text {
        en: "Solver",
        zh: "求解器",
    },
    Text {
        en: "How a sample follows the arrows from noise to data. Euler asks once per step and cuts corners; the others look ahead, cost two or four looks, and need far fewer steps. The density and KL have a solver of their own and do not change with this one; scores of samples do.",
        zh: "样本怎样顺着箭头从噪声走到数据。欧拉法每步只看一次，拐弯处会抄近路；其余方法先往前探一探，每步多看一到三次，但需要的步数少得多。密度和 KL 另有自己的求解器，不随它改变；样本的评分则会变。",
    },
)
.live();

/// Steps of a sample.
pub const SOLVER_STEPS: ParamSpec = steps(
    "solver_steps",
    [1.0, 256.0],
    16.0,
    Text {
        en: "Sampling steps",
        zh: "采样步数",
    },
    Text {
        en: "Steps from noise to data. Set it to 1 with Euler to see every sample land on a blurred average; with more steps the clusters come apart. Training is not touched.",
        zh: "从噪声走到数据分成几步。用欧拉法只走 1 步，样本会落在一片模糊的平均位置上；步数一多，团块就分开了。它不影响训练。",
    },
);

/// Steps of a log-density.
pub const DENSITY_STEPS: ParamSpec = steps(
    "density_steps",
    [2.0, 64.0],
    10.0,
    Text {
        en: "Density steps",
        zh: "密度步数",
    },
    Text {
        en: "Fourth-order steps from a point back to its noise when its density is computed. What twice as many steps would change is part of the ± beside KL: raise this where that is large. More steps draw more slowly.",
        zh: "计算密度时，用四阶方法把一个点退回到噪声所走的步数。步数加倍会带来的变化已计入 KL 旁边的 ±：若 ± 太大，就把它调大。步数越多，画得越慢。",
    },
);

const fn steps(id: &'static str, [min, max]: [f64; 2], default: f64, label: Text, help: Text) -> ParamSpec {
    ParamSpec {
        id,
        kind: ParamKind::Int,
        min,
        max,
        default,
        scale: Scale::Log,
        unit: "steps",
        restarts: false,
        group: Group::Model,
        options: &[],
        label,
        help,
    }
}
