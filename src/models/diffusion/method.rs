//! What every row of the family shares: batches with their noise and times, solvers to sample and to measure, settings and pictures.

use super::{
    Answered, Learned, Objective,
    ancestral::{self, Sampler},
    guidance::Guided,
    network::TimeNet,
    replacement,
    solvers::{DENSITY_STEPS, SOLVER, SOLVER_STEPS, Solver},
    transport::Coupling,
};
use crate::{
    models::{
        Density, Model,
        act::{Act, Deed, Insides},
        composition::{Known, Product},
        fill::{Filled, Part},
        one_player::{Effect, Method, OnePlayer},
        spec::{FieldKind, LossSpec, Settings, Views},
        way::{Stop, Toward, Way},
    },
    nn::{classes::Conditional, standard_normal_log_prob},
    rng::Rng,
    spec::{
        Text,
        classes::{GUIDANCE, LABEL_DROPOUT},
        training::{Schedule, Training},
    },
    tensors::tensor,
};
use burn::tensor::{Device, Tensor};

/// Densities are wanted precise and smooth in x: order 4 gets there with the fewest looks at the network.
const DENSITY_SOLVER: Solver = Solver::RungeKutta;

/// Most coordinates of a density that is worked out: the divergence asks the network once more for each.
const MEASURED: usize = 2;

/// How these learn: regression on noisy targets settles with a falling rate and a long average.
pub(super) const TRAINING: Training = Training {
    learning_rate: 1e-2,
    batch: 512.0,
    schedule: Schedule::InverseSqrt,
    schedule_steps: 1000.0,
    average: 0.999,
    ..Training::DEFAULT
};

/// The one loss of the family.
pub(super) const LOSSES: &[LossSpec] = &[LossSpec {
    id: "regression",
    label: Text {
        en: "Squared error",
        zh: "平方误差",
    },
}];

/// What every row can draw.
pub(super) const VIEWS: Views = Views {
    fields: &[FieldKind::LogDensity],
    walkers: false,
    grid: true,
    latent: false,
};

/// Learns answers to an objective's questions.
#[derive(Clone)]
pub(super) struct Diffusion<O> {
    objective: O,
    coupling: Coupling,
    sampler: Sampler,
    solver: Solver,
    solver_steps: usize,
    density_steps: usize,
    label_dropout: f64,
    /// w, where a class is given.
    guidance: f64,
    /// Classes put together, where they are.
    composition: Option<(Product, Known)>,
    dim: usize,
    device: Device,
}

impl<O: Objective + Clone + 'static> Diffusion<O> {
    /// A model that learns on the autodiff `device` for `dim`-dimensional data.
    pub fn model(
        objective: O,
        coupling: Coupling,
        dim: usize,
        settings: &Settings,
        rng: &mut Rng,
        device: &Device,
    ) -> Box<dyn Model> {
        let net = TimeNet::new(dim, settings, rng, device);
        let mut method = Self {
            objective,
            coupling,
            sampler: Sampler::Ode,
            solver: Solver::Euler,
            solver_steps: 1,
            density_steps: 1,
            label_dropout: 0.0,
            guidance: 0.0,
            composition: None,
            dim,
            device: device.clone().inner(),
        };
        for (id, value) in settings.iter() {
            method.set(id, value);
        }
        Box::new(OnePlayer::new(net, method, settings.training()))
    }

    /// Noise, data and times of a batch: x0, x1 and t, on the autodiff device.
    fn drawn(&self, x: Tensor<2>, rng: &mut Rng) -> [Tensor<2>; 3] {
        let [n, dim] = x.dims();
        let x0 = rng.normal_tensor([n, dim], &self.device);
        let x = self.coupling.data_for(&x0, x, rng);
        let t = stratified(n, rng, &self.device);
        [x0, x, t].map(Tensor::autodiff)
    }

    fn log_prob(&self, net: &TimeNet, x: Tensor<2>, steps: usize) -> Tensor<1> {
        let (x0, log_det) = DENSITY_SOLVER.noise_from_data(&self.field(net), x, steps);
        standard_normal_log_prob(x0) + log_det
    }

    fn field(&self, net: &TimeNet) -> Learned<Guided<TimeNet>> {
        let free = || net.given(None);
        let net = match &self.composition {
            Some((Product { of, without }, known)) => {
                let each = |classes: &[usize]| {
                    classes
                        .iter()
                        .map(|&class| net.given(Some(&known.classes[class])))
                        .collect()
                };
                Guided::composed(each(of), each(without), free(), known.guidance)
            }
            None if self.guidance != 0.0 && net.is_given() => Guided::beyond(net.clone(), free(), self.guidance),
            None => Guided::one(net.clone()),
        };
        let scale = self.objective.velocity_scale();
        Learned { net, scale }
    }
}

impl<O: Objective + Clone + 'static> Method for Diffusion<O> {
    type Net = TimeNet;

    fn loss(&self, net: &TimeNet, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let [x0, x1, t] = self.drawn(x, rng);
        self.objective.loss(net, x0, x1, t)
    }

    fn insides(&self, net: &TimeNet, x: Tensor<2>, rng: &mut Rng) -> Insides {
        let [x0, x1, t] = self.drawn(x, rng);
        let Answered { x, answer, right } = self.objective.answered(net, x0.clone(), x1, t);
        let [x0, x, answer, right] = [x0, x, answer, right].map(Tensor::inner);
        Insides {
            made: vec![
                Act::points(Deed::Noise, x0.clone()),
                Act::moves(Deed::Mixed, x0, x.clone()),
            ],
            slopes: vec![
                Act::arrows(self.objective.asked(), x.clone(), right),
                Act::arrows(Deed::Answer, x, answer),
            ],
        }
    }

    fn composed(&self, product: &Product, known: &Known) -> Option<Self> {
        Some(Self {
            composition: Some((product.clone(), known.clone())),
            ..self.clone()
        })
    }

    fn label_dropout(&self) -> f64 {
        self.label_dropout
    }

    fn knows_no_class(&self) -> bool {
        self.label_dropout > 0.0 && self.guidance == 0.0
    }

    fn sample(&self, net: &TimeNet, n: usize, rng: &mut Rng) -> Tensor<2> {
        let x0 = rng.normal_tensor([n, self.dim], &self.device);
        let field = self.field(net);
        match self.sampler {
            Sampler::Ode => self.solver.data_from_noise(&field, x0, self.solver_steps),
            Sampler::Ancestral => ancestral::sample(&field, x0, self.solver_steps, rng),
        }
    }

    fn density(&self, net: &TimeNet, x: Tensor<2>, _rng: &mut Rng) -> Density {
        if self.dim > MEASURED {
            return Density::None;
        }
        Density::Estimate(self.log_prob(net, x, self.density_steps))
    }

    fn finer_density(&self, net: &TimeNet, x: Tensor<2>) -> Option<Tensor<1>> {
        (self.dim <= MEASURED).then(|| self.log_prob(net, x, 2 * self.density_steps))
    }

    fn sample_of_density(&self, net: &TimeNet, n: usize, rng: &mut Rng) -> Option<Tensor<2>> {
        if self.dim > MEASURED {
            return None;
        }
        self.data_from_latent(net, rng.normal_tensor([n, self.dim], &self.device))
    }

    fn latent_from_data(&self, net: &TimeNet, x: Tensor<2>) -> Option<(Tensor<2>, Tensor<1>)> {
        Some(DENSITY_SOLVER.noise_from_data(&self.field(net), x, self.density_steps))
    }

    fn data_from_latent(&self, net: &TimeNet, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(DENSITY_SOLVER.data_from_noise(&self.field(net), z, self.density_steps))
    }

    fn way(&self, net: &TimeNet, points: Tensor<2>, toward: Toward) -> Option<Way> {
        let times = match toward {
            Toward::Latent => [1.0, 0.0],
            Toward::Data => [0.0, 1.0],
        };
        let way = DENSITY_SOLVER.way(&self.field(net), points, times, self.density_steps);
        Some(way.into_iter().map(|(t, x)| (Stop::Time { t }, x)).collect())
    }

    fn fill(&self, net: &TimeNet, part: &Part, n: usize, rng: &mut Rng) -> Option<Filled> {
        Some(replacement::filled(&self.objective, &self.field(net), part, n, rng))
    }

    fn set(&mut self, id: &str, value: f64) -> Effect {
        match id {
            _ if id == SOLVER.id => self.solver = Solver::ALL[value as usize],
            _ if id == SOLVER_STEPS.id => self.solver_steps = value as usize,
            _ if id == DENSITY_STEPS.id => self.density_steps = value as usize,
            _ if id == ancestral::SAMPLER.id => self.sampler = Sampler::ALL[value as usize],
            _ if id == GUIDANCE.id => self.guidance = value,
            _ if id == LABEL_DROPOUT.id => self.label_dropout = value,
            _ if self.coupling.set(id, value) => return Effect::Learning,
            _ => return Effect::None,
        }
        Effect::Looks
    }
}

/// One time in each of `n` equal parts of [0, 1]: uniform as independent times are, and the loss of a batch wavers less.
///
/// # Shapes
/// - returns `[n, 1]`
fn stratified(n: usize, rng: &mut Rng, device: &Device) -> Tensor<2> {
    let parts: Vec<f32> = (0..n).map(|i| i as f32).collect();
    let parts = tensor(parts, [n, 1], device);
    (rng.uniform_tensor([n, 1], device) + parts) / n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn each_part_of_the_time_gets_one_of_a_batch() {
        let n = 37;
        let times = stratified(n, &mut Rng::new(3, Stream::Noise), &Device::flex()).into_data();
        let times = times.as_slice::<f32>().expect("f32");
        for (i, &t) in times.iter().enumerate() {
            let [from, to] = [i, i + 1].map(|i| i as f32 / n as f32);
            assert!(
                (from..to).contains(&t),
                "time {i} of {n} is {t}, outside [{from}, {to})"
            );
        }
    }
}
