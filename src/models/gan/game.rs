//! Two players that learn in turn.
//!
//! ```text
//! discriminator, d_steps times:   L_D(D(x + σ ε), D(x̃ + σ ε)) + ½ γ₁ R1 + ½ γ₂ R2 + λ GP,   then weights cut off, singular vectors moved
//! generator, once:                L_G(D(x + σ ε), D(x̃ + σ ε)),   D as it is or some steps ahead
//! accuracy:                       P[D(x) > D(x̃)],   ½ where nothing can be told, 1 where every sample is
//! ```
//!
//! Each step of the discriminator has data of its own (Arjovsky et al., algorithm 1); a generator whose loss looks at data sees the last of
//! them once more. What is reported is of the last step, when the discriminator has met the generator it judges.
//!
//! The accuracy is that on pairs, the area under the ROC curve: unlike a loss it means the same for every objective, and no constant in the
//! logits moves it.
//!
//! References: M. Arjovsky, S. Chintala, L. Bottou, *Wasserstein GAN*, 2017, arXiv:1701.07875, algorithm 1. J. Hanley and B. McNeil, *The
//! Meaning and Use of the Area under a Receiver Operating Characteristic (ROC) Curve*, 1982.

use super::{Discriminator, Generator, losses::Objective, penalties, rules::Rules, unrolled};
use crate::{
    models::{Density, Model, State},
    nn::optim::{Learner, Weight},
    rng::Rng,
    spec::training::Training,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// The player of that number in [`Model::loss`]; the other is the generator.
const DISCRIMINATOR: usize = 0;

/// A discriminator and a generator with the game they play.
#[derive(Clone)]
pub struct GanModel<D: Module, G: Module> {
    discriminator: Learner<D>,
    generator: Learner<G>,
    objective: Objective,
    rules: Rules,
    /// Latent coordinates.
    latent: usize,
    device: Device,
    /// Between the halves of a step: the data that the discriminator met last, `[n, d]`, and its losses, `[3]`.
    met: Option<(Tensor<2>, Tensor<1>)>,
}

impl<D: Module + Discriminator + 'static, G: Module + Generator + 'static> GanModel<D, G> {
    /// Plays `discriminator` against `generator`, which takes `latent` coordinates; both built on the autodiff `device`.
    pub fn new(
        discriminator: D,
        (generator, latent): (G, usize),
        (objective, rules): (Objective, Rules),
        training: Training,
        device: &Device,
    ) -> Self {
        // only the generator is shown averaged: the field on the page is the discriminator as it plays
        let unaveraged = Training {
            average: 0.0,
            ..training
        };
        Self {
            discriminator: Learner::new(discriminator, unaveraged),
            generator: Learner::new(generator, training).with_pace(rules.pace),
            objective,
            rules,
            latent,
            device: device.clone().inner(),
            met: None,
        }
    }

    fn latents(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        rng.normal_tensor([n, self.latent], &self.device)
    }

    /// The first of `x` that make whole cases of the points judged at once.
    fn whole_cases(&self, x: Tensor<2>) -> Tensor<2> {
        let n = x.dims()[0];
        let pack = self.discriminator.module().pack();
        assert!(n >= pack, "{pack} points are judged at once, got {n}");
        x.narrow(0, 0, n - n % pack)
    }

    /// `x` with instance noise.
    fn blurred(&self, x: Tensor<2>, rng: &mut Rng) -> Tensor<2> {
        let sigma = self.rules.noise_at(self.generator.updates());
        if sigma == 0.0 {
            return x;
        }
        let noise = rng.normal_tensor(x.dims(), &self.device);
        x + noise * sigma
    }

    /// Logits at `x` and ½ `gamma` times the mean squared norm of their gradient in x.
    fn judged(&self, x: Tensor<2>, gamma: f64) -> (Tensor<1>, Tensor<1>) {
        let discriminator = self.discriminator.module();
        if gamma == 0.0 {
            let none = Tensor::zeros([1], &self.device);
            return (discriminator.discriminate(x.autodiff()), none.autodiff());
        }
        let (logits, squares) = penalties::logits_and_squared_slopes(discriminator, x.autodiff());
        (logits, squares.mean() * (0.5 * gamma))
    }

    /// The discriminator's loss, the penalties in it and its accuracy on pairs, `[3]`, on data `x` and as many samples.
    fn discriminator_loss(&self, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let x = self.whole_cases(x);
        // the generator as it plays, not its average: the discriminator must meet whom it teaches
        let fakes = self.generator.module().valid().generate(self.latents(x.dims()[0], rng));
        let (x, fakes) = (self.blurred(x, rng), self.blurred(fakes, rng));
        let (real, r1) = self.judged(x.clone(), self.rules.r1_gamma);
        let (fake, r2) = self.judged(fakes.clone(), self.rules.r2_gamma);
        let mut penalty = r1 + r2;
        if self.rules.gradient_penalty > 0.0 {
            let discriminator = self.discriminator.module();
            let between = penalties::between(x, fakes, discriminator.pack(), rng).autodiff();
            penalty = penalty + penalties::gradient_penalty(discriminator, between) * self.rules.gradient_penalty;
        }
        let accuracy = (real.clone() - fake.clone()).inner().greater_elem(0.0).float().mean();
        let loss = self.objective.discriminator(real, fake) + penalty.clone();
        Tensor::cat(vec![loss, penalty, accuracy.autodiff()], 0)
    }

    /// The generator's loss, `[1]`, on as many samples as there are data `x`.
    fn generator_loss(&self, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let x = self.whole_cases(x);
        let z = self.latents(x.dims()[0], rng);
        let fakes = self.generator.module().generate(z.autodiff());
        let (x, fakes) = (self.blurred(x, rng), self.blurred(fakes, rng));
        if self.rules.unroll > 0.0 {
            let steps = self.rules.unroll as usize;
            return unrolled::generator_loss(self.objective, &self.discriminator, &x, fakes, steps);
        }
        // only the generator learns here
        let discriminator = self.discriminator.module().clone().no_grad();
        let real = if self.objective.pairs() {
            discriminator.discriminate(x.autodiff())
        } else {
            Tensor::zeros([1], &self.device).autodiff()
        };
        self.objective.generator(real, discriminator.discriminate(fakes))
    }
}

impl<D: Module + Discriminator + 'static, G: Module + Generator + 'static> Model for GanModel<D, G> {
    fn twin(&self) -> Box<dyn Model> {
        Box::new(self.clone())
    }

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

    fn weights(&self) -> Vec<Weight> {
        let of = |player: &str, weights: Vec<Weight>| {
            let named = |weight: Weight| Weight {
                name: format!("{player}.{}", weight.name),
                ..weight
            };
            weights.into_iter().map(named).collect::<Vec<_>>()
        };
        let mut both = of("discriminator", self.discriminator.weights());
        both.extend(of("generator", self.generator.weights()));
        both
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
            _ => self.generator_loss(x, rng),
        }
    }

    fn gradient(&self, player: usize, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let loss = self.loss(player, x, rng).narrow(0, 0, 1);
        match player {
            DISCRIMINATOR => self.discriminator.gradient(loss),
            _ => self.generator.gradient(loss),
        }
    }

    fn batches_per_step(&self) -> usize {
        self.rules.d_steps as usize
    }

    fn train_step(&mut self, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        self.first_half(x, rng);
        self.second_half(rng).expect("its first half was taken")
    }

    fn has_halves(&self) -> bool {
        true
    }

    fn first_half(&mut self, x: Tensor<2>, rng: &mut Rng) {
        let steps = self.batches_per_step();
        let n = x.dims()[0] / steps;
        for step in 0..steps {
            let x = x.clone().narrow(0, step * n, n);
            let losses = self.discriminator_loss(x.clone(), rng);
            self.discriminator.descend(losses.clone().narrow(0, 0, 1));
            if self.rules.weight_clip > 0.0 {
                self.discriminator.clamp(self.rules.weight_clip);
            }
            self.discriminator.adjust(D::learned);
            self.met = Some((x, losses.inner()));
        }
    }

    fn second_half(&mut self, rng: &mut Rng) -> Option<Tensor<1>> {
        let (x, losses) = self.met.take()?;
        let g_loss = self.generator_loss(x, rng);
        self.generator.descend(g_loss.clone());
        let [loss, penalty, accuracy] = [0, 1, 2].map(|k| losses.clone().narrow(0, k, 1));
        // a critic's own loss is minus its estimate, and the penalty, which has a curve of its own
        let told = match self.objective {
            Objective::Wasserstein => penalty.clone() - loss,
            _ => loss,
        };
        Some(Tensor::cat(vec![told, g_loss.inner(), penalty, accuracy], 0))
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        self.generator.frozen().generate(self.latents(n, rng))
    }

    fn density(&self, _x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::None
    }

    fn discriminate(&self, x: Tensor<2>) -> Option<Tensor<1>> {
        let discriminator = self.discriminator.frozen();
        let ([n, d], pack) = (x.dims(), discriminator.pack());
        // m points at once: the same one m times
        let cases = x.reshape([n, 1, d]).repeat_dim(1, pack).reshape([n * pack, d]);
        Some(discriminator.discriminate(cases))
    }

    fn data_from_latent(&self, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(self.generator.frozen().generate(z))
    }

    fn set(&mut self, id: &str, value: f64) -> bool {
        match id {
            "average" => return self.generator.set(id, value),
            "pace" => self.generator.set_pace(value),
            _ if self.rules.set(id, value) => {}
            _ => return self.discriminator.set(id, value) && self.generator.set(id, value),
        }
        // another game: both learn it from the start of their schedule
        self.discriminator.restart_schedule();
        self.generator.restart_schedule();
        true
    }

    fn state(&self) -> State {
        let (mut tensors, d_counts) = self.discriminator.state();
        let (generator, g_counts) = self.generator.state();
        tensors.extend(generator);
        tensors.extend(self.discriminator.module().memory());
        State {
            tensors,
            counts: [d_counts, g_counts].concat(),
        }
    }

    fn load_state(&mut self, state: &State) {
        self.met = None;
        let (discriminator, rest) = state.tensors.split_at(Learner::<D>::STATE_TENSORS);
        let (generator, memory) = rest.split_at(Learner::<G>::STATE_TENSORS);
        let (d_counts, g_counts) = state.counts.split_at(Learner::<D>::STATE_COUNTS);
        self.discriminator.load_state(discriminator, d_counts);
        self.generator.load_state(generator, g_counts);
        if let Some(memory) = memory.first() {
            self.discriminator.adjust(|module| module.load_memory(memory.clone()));
        }
    }
}
