//! An energy as a model: what it minimises, how it is drawn from, and the walkers on it.

use super::{
    Energy, Objective,
    lattice::{Domain, Lattice, SIDE},
    lifted,
    sampler::Sampler,
    temperature::{TEMPERATURE, Tempered},
    together::{Composition, Landscape},
};
use crate::{
    models::{
        Density, Extent, Model, Normalizer,
        act::Insides,
        composition::{Known, Product},
        one_player::{Effect, Method, OnePlayer},
        spec::Settings,
    },
    nn::classes::Conditional,
    rng::Rng,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use std::marker::PhantomData;

/// Steps of the walkers that show what an update changes.
const SHOWN_STEPS: usize = 20;

/// An energy with what it minimises and the chains that walk on it.
#[derive(Clone)]
pub struct EnergyMethod<E, O> {
    energy: PhantomData<E>,
    objective: O,
    /// Of the walkers on the page.
    sampler: Sampler,
    temperature: f64,
    /// Classes put together, where they are.
    composition: Option<Composition>,
    extent: Extent,
    dim: usize,
    device: Device,
}

impl<E: Module + Energy + Conditional + 'static, O: Objective<E> + Clone + 'static> EnergyMethod<E, O> {
    /// A model that learns `energy`, built on the autodiff `device` for `dim`-dimensional data.
    pub fn model(energy: E, objective: O, dim: usize, settings: &Settings, device: &Device) -> Box<dyn Model> {
        let method = Self {
            energy: PhantomData,
            objective,
            sampler: Sampler::of(settings),
            temperature: settings.float(TEMPERATURE.id),
            composition: None,
            extent: Extent::DEFAULT,
            dim,
            device: device.clone().inner(),
        };
        Box::new(OnePlayer::new(energy, method, settings.training()))
    }

    fn draw(&self, energy: &E, x: &Tensor<2>, rng: &mut Rng) -> Tensor<2> {
        self.objective.draw(&lifted(energy.valid()), x, rng)
    }

    /// What `with` makes of the lattice under what is seen of the energy.
    fn on_lattice<T>(&self, energy: &E, with: impl FnOnce(&Lattice) -> T) -> T {
        let energy = self.seen(energy);
        let domain = Domain {
            dim: self.dim,
            extent: self.extent,
            tail_scale: energy.tail_scale(),
            side: SIDE,
        };
        let log_integrand = |x: Tensor<2>| energy.energy(x).neg();
        with(&Lattice::new(
            &log_integrand,
            domain,
            &vec![0.5; self.dim],
            &self.device,
        ))
    }

    /// The energy as samples, densities and walkers have it.
    fn seen<'a>(&self, energy: &'a E) -> Landscape<'a, E> {
        match &self.composition {
            Some(composition) => Landscape::Together(composition.of(energy, self.temperature)),
            None => Landscape::One(self.tempered(energy)),
        }
    }

    /// What `with` makes of the same, on the autodiff device.
    fn on_slopes<T>(&self, energy: &E, with: impl FnOnce(&Landscape<E>) -> T) -> T {
        match &self.composition {
            Some(composition) => with(&Landscape::Together(composition.of(energy, self.temperature).lifted())),
            None => with(&Landscape::One(self.tempered(&lifted(energy.clone())))),
        }
    }

    fn tempered<'a>(&self, energy: &'a E) -> Tempered<'a, E> {
        Tempered {
            energy,
            temperature: self.temperature,
        }
    }
}

impl<E: Module + Energy + Conditional + 'static, O: Objective<E> + Clone + 'static> Method for EnergyMethod<E, O> {
    type Net = E;

    fn loss(&self, energy: &E, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let drawn = self.draw(energy, &x, rng);
        self.objective.loss(energy, x.autodiff(), drawn.autodiff())
    }

    fn training_loss(&mut self, energy: &E, x: Tensor<2>, rng: &mut Rng) -> Tensor<1> {
        let drawn = self.draw(energy, &x, rng);
        let losses = self.objective.loss(energy, x.autodiff(), drawn.clone().autodiff());
        self.objective.remember(drawn);
        losses
    }

    fn insides(&self, energy: &E, x: Tensor<2>, rng: &mut Rng) -> Insides {
        self.objective.insides(energy, &lifted(energy.valid()), x, rng)
    }

    /// Walkers from the Gaussian that the energy decays to.
    fn made_of_noise(&self, energy: &E, n: usize, rng: &mut Rng) -> Tensor<2> {
        let start = rng.normal_tensor([n, self.dim], &self.device) * energy.tail_scale();
        let energy = lifted(energy.clone());
        self.sampler.walk(&self.tempered(&energy), start, SHOWN_STEPS, rng)
    }

    fn composed(&self, product: &Product, known: &Known) -> Option<Self> {
        Some(Self {
            composition: Some(Composition {
                product: product.clone(),
                known: known.clone(),
            }),
            ..self.clone()
        })
    }

    fn sample(&self, energy: &E, n: usize, rng: &mut Rng) -> Tensor<2> {
        self.on_lattice(energy, |lattice| lattice.sample(n, rng))
    }

    fn density(&self, energy: &E, x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::Unnormalized(self.seen(energy).energy(x).neg())
    }

    fn score(&self, energy: &E, x: Tensor<2>) -> Option<Tensor<2>> {
        Some(self.on_slopes(energy, |energy| energy.score(x)))
    }

    fn surrogate_gradient(&self) -> bool {
        self.objective.surrogate_gradient()
    }

    fn tail_scale(&self, energy: &E) -> Option<f64> {
        Some(self.tempered(energy).tail_scale())
    }

    fn normalizer(&self, energy: &E) -> Option<Normalizer> {
        Some(Normalizer {
            log_z: self.on_lattice(energy, |lattice| lattice.log_z()),
            learned: self.seen(energy).learned_log_z(),
        })
    }

    fn set_extent(&mut self, extent: Extent) {
        self.extent = extent;
        self.objective.set_extent(extent);
    }

    fn blur(&self) -> Option<f64> {
        self.objective.blur()
    }

    fn walk(&self, energy: &E, walkers: Tensor<2>, steps: usize, rng: &mut Rng) -> Option<Tensor<2>> {
        Some(self.on_slopes(energy, |energy| self.sampler.walk(energy, walkers, steps, rng)))
    }

    fn set(&mut self, id: &str, value: f64) -> Effect {
        let temperature = id == TEMPERATURE.id;
        if temperature {
            self.temperature = value;
        }
        // Walkers and chains may share a setting: each is told.
        let walkers = self.sampler.set(id, value);
        match self.objective.set(id, value) {
            true => Effect::Learning,
            false if walkers || temperature => Effect::Looks,
            false => Effect::None,
        }
    }

    fn memory(&self) -> Option<Tensor<1>> {
        self.objective.memory()
    }

    fn load_memory(&mut self, memory: Tensor<1>) {
        self.objective.load_memory(memory);
    }
}
