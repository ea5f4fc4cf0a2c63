//! Scores of models that no registry holds, made to be scored in a way that is known beforehand.

use crate::{
    data::{Points, registered},
    models::{Density, Model, Normalizer, State, act::Act},
    nn::standard_normal_log_prob,
    rng::Rng,
    session::{Metric, Session, config::Patch, standardize::Standardizer},
};
use burn::tensor::{Device, Tensor};
use pollster::block_on;

/// A model that cannot learn, with samples and a density of its own.
#[derive(Clone)]
struct Staged {
    /// `n` samples, `[n, 2]`.
    draw: fn(usize, &mut Rng) -> Tensor<2>,
    density: fn(Tensor<2>) -> Density,
    /// log Z and its error, where the density has to be divided by it.
    log_z: Option<[f32; 2]>,
}

/// N(0, I).
const GAUSSIAN: Staged = Staged {
    draw: |n, rng| rng.normal_tensor([n, 2], &Device::flex()),
    density: |x| Density::Exact(standard_normal_log_prob(x)),
    log_z: None,
};

impl Model for Staged {
    fn twin(&self) -> Box<dyn Model> {
        Box::new(self.clone())
    }
    fn parameters(&self, _player: usize) -> Tensor<1> {
        Tensor::zeros([1], &Device::flex())
    }
    fn parameter_sizes(&self, _player: usize) -> Vec<usize> {
        vec![1]
    }
    fn set_parameters(&mut self, _player: usize, _theta: Tensor<1>) {}
    fn loss(&self, player: usize, _x: Tensor<2>, _rng: &mut Rng) -> Tensor<1> {
        self.parameters(player)
    }
    fn acts(&self, _x: Tensor<2>, _rng: &mut Rng) -> Vec<Act> {
        Vec::new()
    }
    fn gradient(&self, player: usize, _x: Tensor<2>, _rng: &mut Rng) -> Tensor<1> {
        self.parameters(player)
    }
    fn train_step(&mut self, _x: Tensor<2>, _rng: &mut Rng) -> Tensor<1> {
        self.parameters(0)
    }
    fn sample(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        (self.draw)(n, rng)
    }
    fn density(&self, x: Tensor<2>, _rng: &mut Rng) -> Density {
        (self.density)(x)
    }
    fn tail_scale(&self) -> Option<f64> {
        self.log_z.map(|_| 1.5)
    }
    fn normalizer(&self) -> Option<Normalizer> {
        self.log_z.map(|log_z| Normalizer {
            log_z: Tensor::from_floats(log_z, &Device::flex()),
            learned: None,
        })
    }
    fn state(&self) -> State {
        State::default()
    }
    fn load_state(&mut self, _state: &State) {}
}

/// Scores of a model of 8gaussians at its least number of points.
fn measured(model: Staged) -> Vec<Metric> {
    let mut session = Session::new(Device::flex());
    let patch = Patch {
        model: Some(if model.log_z.is_some() { "nce" } else { "realnvp" }.into()),
        ..Patch::default()
    };
    session.configure(&patch).expect("configures");
    session.run_mut().expect("configured").model = Box::new(model);
    block_on(session.evaluate(10)).expect("measures")
}

/// The half of 8gaussians that lies to the right.
fn right_half(n: usize, rng: &mut Rng) -> Tensor<2> {
    let data = registered("8gaussians", 0.0).expect("registered");
    let all = data.sample(3 * n, rng);
    let right = all.rows().filter(|row| row[0] > 0.0).take(n).flatten();
    let right = Points::new(2, right.copied().collect());
    Standardizer::of(data.as_ref()).upload(&right, &Device::flex())
}

#[test]
fn half_of_the_data_is_precise_and_misses_half() {
    let metrics = measured(Staged {
        draw: right_half,
        ..GAUSSIAN
    });
    let find = |id: &str| metrics.iter().find(|metric| metric.id == id).expect("of every sampler");
    for (id, range) in [
        ("precision", 0.9..=1.0),
        ("recall", 0.4..=0.6),
        ("coverage", 0.4..=0.6),
        ("density", 0.9..=1.3),
        ("modes", 4.0..=6.0),
    ] {
        assert!(
            range.contains(&find(id).value),
            "{id} is {}, expected in {range:?}",
            find(id).value
        );
    }
    // Every floor but those of counts is a mean with an error.
    for id in [
        "sliced_wasserstein",
        "mmd",
        "energy_distance",
        "recall",
        "high_quality",
        "mode_kl",
    ] {
        let floor = find(id).floor_stderr;
        assert!(floor > 0.0 && floor.is_finite(), "{id} has a floor ± {floor}");
    }
}

/// Whatever log Z is off by, every log-density is; dividing by another Z moves the KL by as much, and no error.
#[test]
fn the_error_of_log_z_is_in_that_of_the_divergence_and_of_the_cross_entropy() {
    let energy = |log_z| Staged {
        density: |x| Density::Unnormalized(standard_normal_log_prob(x)),
        log_z: Some(log_z),
        ..GAUSSIAN
    };
    let of = |model| {
        let metrics = measured(model);
        ["kl", "nll"].map(|id| metrics.iter().find(|metric| metric.id == id).expect("measured").clone())
    };
    let (sure, unsure, moved) = (of(energy([0.0, 0.0])), of(energy([0.0, 0.5])), of(energy([0.25, 0.0])));
    for i in 0..2 {
        let id = sure[i].id;
        let expected = sure[i].stderr.hypot(0.5);
        assert!(
            (unsure[i].stderr - expected).abs() < 1e-6,
            "{id} ± {}, not {expected}",
            unsure[i].stderr
        );
        assert!((unsure[i].value - sure[i].value).abs() < 1e-9, "{id} itself stays");
        assert!(
            (moved[i].value - sure[i].value - 0.25).abs() < 1e-5,
            "{id} moves by log Z"
        );
        assert!(
            (moved[i].stderr - sure[i].stderr).abs() < 1e-6,
            "{id} ± {}",
            moved[i].stderr
        );
    }
}
