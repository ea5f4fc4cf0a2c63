//! What a session knows of the game.

use super::{GanModel, given};
use crate::{
    models::{
        Density, Model, State,
        act::Act,
        classes::Told,
        gan::{Discriminator, Generator},
    },
    nn::{
        classes::Conditional,
        optim::{Learner, Weight},
    },
    rng::Rng,
};
use burn::{module::Module, tensor::Tensor};

/// The player of that number in [`Model::loss`]; the other is the generator.
const DISCRIMINATOR: usize = 0;

impl<D: Module + Discriminator + Conditional + 'static, G: Module + Generator + Conditional + 'static> Model
    for GanModel<D, G>
{
    fn twin(&self) -> Box<dyn Model> {
        Box::new(self.clone())
    }

    fn learn_classes(&mut self, classes: usize) {
        self.discriminator.rebuild(|net| net.with_classes(classes));
        self.generator.rebuild(|net| net.with_classes(classes));
        self.told = Told::classes(classes);
    }

    fn given(&self, y: Option<Tensor<2>>) -> Box<dyn Model> {
        Box::new(Self {
            told: self.told.given(y),
            ..self.clone()
        })
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
            self.meet(x.clone().narrow(0, step * n, n), rng);
        }
    }

    fn second_half(&mut self, rng: &mut Rng) -> Option<Tensor<1>> {
        let (x, losses) = self.met.take()?;
        let g_loss = self.generator_loss(x, rng);
        self.generator.descend(g_loss.clone());
        let [penalty, accuracy] = [1, 2].map(|k| losses.clone().narrow(0, k, 1));
        let told = self.told_loss(losses);
        Some(Tensor::cat(vec![told, g_loss.inner(), penalty, accuracy], 0))
    }

    fn acts(&self, x: Tensor<2>, rng: &mut Rng) -> Vec<Act> {
        self.both_halves(x, rng)
    }

    fn second_acts(&self, rng: &mut Rng) -> Option<Vec<Act>> {
        let (x, _) = self.met.clone()?;
        Some(self.generators_half(x, rng))
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Tensor<2> {
        self.frozen_generator().generate(self.latents(n, rng))
    }

    fn density(&self, _x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::None
    }

    fn discriminate(&self, x: Tensor<2>) -> Option<Tensor<1>> {
        let discriminator = given(self.discriminator.frozen(), self.told.class());
        let ([n, d], pack) = (x.dims(), discriminator.pack());
        // m points at once: the same one m times
        let cases = x.reshape([n, 1, d]).repeat_dim(1, pack).reshape([n * pack, d]);
        Some(discriminator.discriminate(cases))
    }

    fn data_from_latent(&self, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(self.frozen_generator().generate(z))
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
