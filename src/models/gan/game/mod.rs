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

mod acts;
mod model;

use super::{Discriminator, Generator, losses::Objective, penalties, rules::Rules, unrolled};
use crate::{
    models::classes::{Batch, Told},
    nn::{classes::Conditional, optim::Learner},
    rng::Rng,
    spec::training::Training,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

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
    told: Told,
}

/// `net` as it is for points of the classes `y`, where there are any.
fn given<N: Conditional>(net: N, y: Option<&Tensor<2>>) -> N {
    match y {
        Some(_) => net.given(y),
        None => net,
    }
}

impl<D: Module + Discriminator + Conditional + 'static, G: Module + Generator + Conditional + 'static> GanModel<D, G> {
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
            told: Told::default(),
        }
    }

    fn latents(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        rng.normal_tensor([n, self.latent], &self.device)
    }

    /// The first of `x` that make whole cases of the points judged at once, apart from their classes.
    fn whole_cases(&self, x: Tensor<2>, rng: &mut Rng) -> Batch {
        let n = x.dims()[0];
        let pack = self.discriminator.module().pack();
        assert!(n >= pack, "{pack} points are judged at once, got {n}");
        self.told.batch(x.narrow(0, 0, n - n % pack), 0.0, rng)
    }

    /// Samples by the generator as it plays, not its average: the discriminator must meet whom it teaches.
    fn fakes(&self, n: usize, y: Option<&Tensor<2>>, rng: &mut Rng) -> Tensor<2> {
        let generator = given(self.generator.module().valid(), y);
        generator.generate(self.latents(n, rng))
    }

    /// The averaged generator of the class that this model is of.
    fn frozen_generator(&self) -> G {
        given(self.generator.frozen(), self.told.class())
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
    fn judged(&self, discriminator: &D, x: Tensor<2>, gamma: f64) -> (Tensor<1>, Tensor<1>) {
        if gamma == 0.0 {
            let none = Tensor::zeros([1], &self.device);
            return (discriminator.discriminate(x.autodiff()), none.autodiff());
        }
        let (logits, squares) = penalties::logits_and_squared_slopes(discriminator, x.autodiff());
        (logits, squares.mean() * (0.5 * gamma))
    }

    /// The discriminator's loss, the penalties in it and its accuracy on pairs, `[3]`, on data `x` and as many samples.
    fn discriminator_loss(&self, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let Batch { x, y } = self.whole_cases(x, rng);
        let fakes = self.fakes(x.dims()[0], y.as_ref(), rng);
        let discriminator = &given(self.discriminator.module().clone(), y.map(Tensor::autodiff).as_ref());
        let (x, fakes) = (self.blurred(x, rng), self.blurred(fakes, rng));
        let (real, r1) = self.judged(discriminator, x.clone(), self.rules.r1_gamma);
        let (fake, r2) = self.judged(discriminator, fakes.clone(), self.rules.r2_gamma);
        let mut penalty = r1 + r2;
        if self.rules.gradient_penalty > 0.0 {
            let between = penalties::between(x, fakes, discriminator.pack(), rng).autodiff();
            penalty = penalty + penalties::gradient_penalty(discriminator, between) * self.rules.gradient_penalty;
        }
        let accuracy = (real.clone() - fake.clone()).inner().greater_elem(0.0).float().mean();
        let loss = self.objective.discriminator(real, fake) + penalty.clone();
        Tensor::cat(vec![loss, penalty, accuracy.autodiff()], 0)
    }

    /// One step of the discriminator on data `x`.
    fn meet(&mut self, x: Tensor<2>, rng: &mut Rng) {
        let losses = self.discriminator_loss(x.clone(), rng);
        self.discriminator.descend(losses.clone().narrow(0, 0, 1));
        if self.rules.weight_clip > 0.0 {
            self.discriminator.clamp(self.rules.weight_clip);
        }
        self.discriminator.adjust(D::learned);
        self.met = Some((x, losses.inner()));
    }

    /// What is told of the discriminator's losses: of a critic, whose own loss is minus its estimate and the penalty, the estimate, since the penalty
    /// has a curve of its own.
    ///
    /// # Shapes
    /// - `losses`: `[3]`, returns `[1]`
    fn told_loss(&self, losses: Tensor<1>) -> Tensor<1> {
        let [loss, penalty] = [0, 1].map(|k| losses.clone().narrow(0, k, 1));
        match self.objective {
            Objective::Wasserstein => penalty - loss,
            _ => loss,
        }
    }

    /// The generator's loss, `[1]`, on as many samples as there are data `x`.
    fn generator_loss(&self, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let Batch { x, y } = self.whole_cases(x, rng);
        let y = y.map(Tensor::autodiff);
        let z = self.latents(x.dims()[0], rng);
        let fakes = given(self.generator.module().clone(), y.as_ref()).generate(z.autodiff());
        self.loss_of_fakes(x, fakes, y, rng)
    }

    /// The same with those samples, of the classes `y`.
    fn loss_of_fakes(&self, x: Tensor<2>, fakes: Tensor<2>, y: Option<Tensor<2>>, rng: &mut Rng) -> Tensor<1> {
        let (x, fakes) = (self.blurred(x, rng), self.blurred(fakes, rng));
        if self.rules.unroll > 0.0 {
            let steps = self.rules.unroll as usize;
            return unrolled::generator_loss(self.objective, &self.discriminator, &x, fakes, steps, y.as_ref());
        }
        // only the generator learns here
        let discriminator = given(self.discriminator.module().clone().no_grad(), y.as_ref());
        let real = if self.objective.pairs() {
            discriminator.discriminate(x.autodiff())
        } else {
            Tensor::zeros([1], &self.device).autodiff()
        };
        self.objective.generator(real, discriminator.discriminate(fakes))
    }
}
