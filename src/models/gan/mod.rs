//! Generative adversarial networks: a generator learns to fool a discriminator, which learns from its failures.
//!
//! ```text
//! z ~ N(0, I)      x̃ = generate(z)      logits = discriminate(x)
//! discriminator:   L_D = E_data[softplus(−logits(x))] + E_z[softplus(logits(x̃))] + ½ γ E_data[|∇ₓ logits(x)|²]
//! generator:       L_G = E_z[softplus(−logits(x̃))]
//! ```
//!
//! References: I. Goodfellow et al., *Generative Adversarial Networks*, 2014, arXiv:1406.2661. L. Mescheder, A. Geiger, S. Nowozin,
//! *Which Training Methods for GANs do actually Converge?*, 2018, arXiv:1801.04406. Y. Yazıcı et al., *The Unusual Effectiveness of
//! Averaging in GAN Training*, 2019, arXiv:1806.04498.

pub mod losses;
pub mod perceptron;

use crate::{
    models::{Density, Model, State, registry::LossSpec},
    nn::optim::Learner,
    rng::Rng,
    spec::{Text, training::Training},
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// The player who makes data out of noise.
pub trait Generator {
    /// # Shapes
    /// - `z`: `[n, latent]`, returns `[n, d]`
    fn generate(&self, z: Tensor<2>) -> Tensor<2>;
}

/// The player who tells data from samples.
pub trait Discriminator {
    /// Logits of "this is data".
    ///
    /// # Shapes
    /// - `x`: `[n, d]`, returns `[n]`
    fn discriminate(&self, x: Tensor<2>) -> Tensor<1>;

    /// The logits and their derivatives along `v`, which can themselves be differentiated in the parameters.
    ///
    /// # Shapes
    /// - `x`, `v`: `[n, d]`, returns two of `[n]`
    fn discriminate_jvp(&self, x: Tensor<2>, v: Tensor<2>) -> (Tensor<1>, Tensor<1>);
}

/// The player of that number in [`Model::loss`]; the other is the generator.
const DISCRIMINATOR: usize = 0;

/// The losses of every GAN, the generator's own second.
pub(super) const LOSSES: &[LossSpec] = &[
    LossSpec {
        id: "d_loss",
        label: Text {
            en: "Discriminator loss",
            zh: "判别器损失",
        },
    },
    LossSpec {
        id: "g_loss",
        label: Text {
            en: "Generator loss",
            zh: "生成器损失",
        },
    },
    LossSpec {
        id: "r1",
        label: Text {
            en: "R1 penalty",
            zh: "R1 惩罚",
        },
    },
];

/// How both players learn. Momentum makes a two-player game circle (Mescheder et al. use none), gradients that shrink while the game
/// settles need a variance that forgets (T. Karras et al., *StyleGAN*, 2019, arXiv:1812.04948), and samples are drawn from a running average
/// of the generator.
pub(super) const TRAINING: Training = Training {
    beta_1: 0.0,
    beta_2: 0.99,
    clip: 0.0,
    average: 0.995,
    ..Training::DEFAULT
};

/// The generator's learning rate over the discriminator's. At equal rates a settled game broke out again on 25gaussians, in some runs
/// within 4000 steps; at a half it stayed for 14 000 (M. Heusel et al., *Two Time-Scale Update Rule*, 2017, arXiv:1706.08500).
const GENERATOR_RATE: f64 = 0.5;

/// What a [`GanModel`] is trained with.
#[derive(Clone, Copy, Debug)]
pub struct GanSettings {
    /// Latent coordinates.
    pub latent: usize,
    /// Weight of the R1 penalty.
    pub r1_gamma: f64,
    /// Discriminator steps for each of the generator's.
    pub d_steps: usize,
}

/// Two players that learn in turn.
pub struct GanModel<D: Module, G: Module> {
    discriminator: Learner<D>,
    generator: Learner<G>,
    settings: GanSettings,
    device: Device,
}

impl<D: Module + Discriminator + 'static, G: Module + Generator + 'static> GanModel<D, G> {
    /// Plays `discriminator` against `generator`, both built on the autodiff `device`.
    pub fn new(discriminator: D, generator: G, settings: GanSettings, training: Training, device: &Device) -> Self {
        // only the generator is shown averaged: the field on the page is the discriminator as it plays
        let unaveraged = Training {
            average: 0.0,
            ..training
        };
        Self {
            discriminator: Learner::new(discriminator, unaveraged),
            generator: Learner::new(generator, training).with_pace(GENERATOR_RATE),
            settings,
            device: device.clone().inner(),
        }
    }

    /// The discriminator's loss and its penalty, `[2]`, on data `x` and as many samples.
    fn discriminator_loss(&self, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let z = rng.normal_tensor([x.dims()[0], self.settings.latent], &self.device);
        // the generator as it plays, not its average: the discriminator must meet whom it teaches
        let fakes = self.generator.module().valid().generate(z);
        let discriminator = self.discriminator.module();
        let (logits, penalty) = losses::logits_and_r1(discriminator, x.autodiff());
        let fake_logits = discriminator.discriminate(fakes.autodiff());
        let loss = losses::discriminator(logits, fake_logits) + penalty.clone() * (0.5 * self.settings.r1_gamma);
        Tensor::cat(vec![loss, penalty], 0)
    }

    /// The generator's loss, `[1]`, on `n` samples.
    fn generator_loss(&self, n: usize, rng: &mut Rng) -> Tensor<1> {
        let z = rng.normal_tensor([n, self.settings.latent], &self.device);
        let fakes = self.generator.module().generate(z.autodiff());
        // only the generator learns here
        let discriminator = self.discriminator.module().clone().no_grad();
        losses::generator(discriminator.discriminate(fakes))
    }
}

impl<D: Module + Discriminator + 'static, G: Module + Generator + 'static> Model for GanModel<D, G> {
    fn players(&self) -> usize {
        2
    }

    fn parameters(&self, player: usize) -> Tensor<1> {
        match player {
            DISCRIMINATOR => self.discriminator.parameters(),
            _ => self.generator.parameters(),
        }
    }

    fn parameter_sizes(&self, player: usize) -> Vec<usize> {
        match player {
            DISCRIMINATOR => self.discriminator.parameter_sizes(),
            _ => self.generator.parameter_sizes(),
        }
    }

    fn set_parameters(&mut self, player: usize, theta: Tensor<1>) {
        match player {
            DISCRIMINATOR => self.discriminator.set_parameters(theta),
            _ => self.generator.set_parameters(theta),
        }
    }

    fn loss(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        match player {
            DISCRIMINATOR => self.discriminator_loss(x, rng),
            _ => self.generator_loss(x.dims()[0], rng),
        }
    }

    fn gradient(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let loss = self.loss(player, x, rng).narrow(0, 0, 1);
        match player {
            DISCRIMINATOR => self.discriminator.gradient(loss),
            _ => self.generator.gradient(loss),
        }
    }

    fn train_step(&mut self, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let mut first = None;
        for _ in 0..self.settings.d_steps {
            let losses = self.discriminator_loss(x.clone(), rng);
            self.discriminator.descend(losses.clone().narrow(0, 0, 1));
            first.get_or_insert(losses.inner());
        }
        let d_losses = first.expect("a GAN's discriminator makes at least one step");
        let g_loss = self.generator_loss(x.dims()[0], rng);
        self.generator.descend(g_loss.clone());
        let (d_loss, penalty) = (d_losses.clone().narrow(0, 0, 1), d_losses.narrow(0, 1, 1));
        Tensor::cat(vec![d_loss, g_loss.inner(), penalty], 0)
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        let z = rng.normal_tensor([n, self.settings.latent], &self.device);
        self.generator.frozen().generate(z)
    }

    fn density(&self, _x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::None
    }

    fn discriminate(&self, x: Tensor<2>) -> Option<Tensor<1>> {
        Some(self.discriminator.frozen().discriminate(x))
    }

    fn data_from_latent(&self, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(self.generator.frozen().generate(z))
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        match id {
            "r1_gamma" => self.settings.r1_gamma = value,
            "d_steps" => self.settings.d_steps = value as usize,
            "average" => return self.generator.set(id, value),
            _ => return self.discriminator.set(id, value) && self.generator.set(id, value),
        }
        true
    }

    fn state(&self) -> State {
        let (mut tensors, d_updates) = self.discriminator.state();
        let (generator, g_updates) = self.generator.state();
        tensors.extend(generator);
        State {
            tensors,
            counts: vec![d_updates, g_updates],
        }
    }

    fn load_state(&mut self, state: &State) {
        let (discriminator, generator) = state.tensors.split_at(Learner::<D>::STATE_TENSORS);
        self.discriminator.load_state(discriminator, state.counts[0]);
        self.generator.load_state(generator, state.counts[1]);
    }
}
