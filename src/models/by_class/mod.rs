//! A conditional model as a whole: one class of it, several put together, or all of them mixed as they are in the data.
//!
//! ```text
//! p(x | y)      the model's own, given y
//! p(x) = Σ_y p(y) p(x | y)      p(y | x) = p(y) p(x | y) / p(x)
//! ```
//!
//! p(y) are the shares of the classes in the data. An unnormalised p(x | y) is divided by its own Z first. A mixture of bounds bounds the mixture.

mod choice;
mod model;

use super::{
    Density, Model,
    classes::one_hot,
    composition::{Asked, Known, Product},
};
use crate::{nn::log_sum_exp, rng::Rng};
use burn::tensor::{Device, Int, Tensor, TensorData};
use choice::Choice;
use std::cell::OnceCell;

/// A model that learns classes, looked at one class at a time or as the mixture.
pub struct ByClass {
    model: Box<dyn Model>,
    /// p(y).
    shares: Vec<f64>,
    /// What settings say of the classes looked at.
    choice: Choice,
    /// Which those are.
    asked: Asked,
    /// log Z and its error for every class, `[2]` each, where the densities have one; of the model as it learned.
    normalizers: OnceCell<Option<Vec<Tensor<1>>>>,
    /// The same of the classes as they are guided.
    guided: OnceCell<Option<Vec<Tensor<1>>>>,
}

impl ByClass {
    /// `model`, which has learned nothing yet, learns so many classes, equally common unless told otherwise.
    pub fn new(mut model: Box<dyn Model>, classes: usize) -> Self {
        model.learn_classes(classes);
        Self {
            model,
            shares: vec![1.0 / classes as f64; classes],
            choice: Choice::default(),
            asked: Asked::All,
            normalizers: OnceCell::new(),
            guided: OnceCell::new(),
        }
    }

    /// To be changed: what was worked out of it no longer holds.
    fn learning(&mut self) -> &mut dyn Model {
        self.normalizers = OnceCell::new();
        self.guided = OnceCell::new();
        self.model.as_mut()
    }

    fn device(&self) -> Device {
        self.model.parameters(0).device()
    }

    fn one_hot(&self, labels: &[u8]) -> Tensor<2> {
        one_hot(labels, self.shares.len(), &self.device())
    }

    /// As it has learned the class.
    fn learned(&self, class: usize) -> Box<dyn Model> {
        self.model.given(Some(self.one_hot(&[class as u8])))
    }

    /// The class, guided. A model that is not guided by itself, as an energy, is by its own p(y | x).
    fn of_class(&self, class: usize) -> Box<dyn Model> {
        let guided = || {
            self.normalizers()?;
            let (of, without) = (vec![class], Vec::new());
            self.model.composed(&Product { of, without }, &self.known())
        };
        let guided = (self.choice.guidance != 0.0).then(guided).flatten();
        guided.unwrap_or_else(|| self.learned(class))
    }

    /// What a family needs to put classes together.
    fn known(&self) -> Known {
        let classes = 0..self.shares.len();
        // A class that the data do not have is as good as impossible.
        let log_share = |class: usize| self.shares[class].max(f64::MIN_POSITIVE).ln();
        let offset = |(class, log_z): (usize, &Tensor<1>)| log_z.clone().narrow(0, 0, 1).neg() + log_share(class);
        Known {
            classes: classes.map(|class| self.one_hot(&[class as u8])).collect(),
            offsets: self
                .normalizers()
                .map(|each| each.iter().enumerate().map(offset).collect()),
            guidance: self.choice.guidance,
        }
    }

    /// What is looked at, where it is no mixture.
    fn one(&self) -> Option<Box<dyn Model>> {
        match &self.asked {
            Asked::All | Asked::Any(_) => None,
            Asked::Class(class) => Some(self.of_class(*class)),
            Asked::Product(product) => {
                let composed = self.model.composed(product, &self.known());
                Some(composed.expect("a family is asked only for what it can put together"))
            }
        }
    }

    /// The share of each class in what is looked at, where that is a mixture.
    fn weights(&self) -> Vec<f64> {
        let Asked::Any(classes) = &self.asked else {
            return self.shares.clone();
        };
        let share = |class: usize| {
            if classes.contains(&class) {
                self.shares[class]
            } else {
                0.0
            }
        };
        let kept: Vec<f64> = (0..self.shares.len()).map(share).collect();
        let sum: f64 = kept.iter().sum();
        kept.into_iter().map(|share| share / sum).collect()
    }

    /// Each class of the mixture, with its share and its model.
    fn parts(&self) -> impl Iterator<Item = (usize, f64, Box<dyn Model>)> {
        let known = self.weights().into_iter().enumerate().filter(|&(_, share)| share > 0.0);
        known.map(|(class, share)| (class, share, self.of_class(class)))
    }

    /// The classes of `n` points, drawn.
    fn drawn_classes(&self, n: usize, rng: &mut Rng) -> Vec<u8> {
        match &self.asked {
            Asked::Class(class) => return vec![*class as u8; n],
            // a point of several classes counts as one of the first
            Asked::Product(product) => return vec![product.of[0] as u8; n],
            Asked::All | Asked::Any(_) => {}
        }
        let shares = self.weights();
        (0..n).map(|_| class_at(&shares, rng.uniform())).collect()
    }

    /// Draws of points of drawn classes by `draw`, in the order in which the classes were drawn.
    fn draw(
        &self,
        n: usize,
        rng: &mut Rng,
        draw: impl Fn(&dyn Model, usize, &mut Rng) -> Option<Tensor<2>>,
    ) -> Option<Tensor<2>> {
        if let Some(one) = self.one() {
            return draw(one.as_ref(), n, rng);
        }
        let classes = self.drawn_classes(n, rng);
        let (mut places, mut parts) = (vec![0_i32; n], Vec::new());
        let mut before = 0;
        for class in 0..self.shares.len() {
            let mine = (0..n).filter(|&i| usize::from(classes[i]) == class);
            let count = mine.zip(before..).map(|(i, place)| places[i] = place).count();
            if count > 0 {
                parts.push(draw(self.of_class(class).as_ref(), count, rng)?);
            }
            before += count as i32;
        }
        let drawn = Tensor::cat(parts, 0);
        let places = Tensor::<1, Int>::from_data(TensorData::new(places, [n]), &drawn.device());
        Some(drawn.select(0, places))
    }

    /// log Z of every class and its error, as it was learned.
    fn normalizers(&self) -> Option<&[Tensor<1>]> {
        let found = self.normalizers.get_or_init(|| self.each_log_z(Self::learned));
        found.as_deref()
    }

    /// The same of the classes as they are guided.
    fn guided_normalizers(&self) -> Option<&[Tensor<1>]> {
        if self.choice.guidance == 0.0 {
            return self.normalizers();
        }
        let found = self.guided.get_or_init(|| self.each_log_z(Self::of_class));
        found.as_deref()
    }

    fn each_log_z(&self, of: impl Fn(&Self, usize) -> Box<dyn Model>) -> Option<Vec<Tensor<1>>> {
        let log_z = |class| of(self, class).normalizer().map(|normalizer| normalizer.log_z);
        (0..self.shares.len()).map(log_z).collect()
    }

    /// log p(x | y) as a model of one class gives it, divided by Z where it has to be.
    fn log_prob(&self, class: usize, density: Density) -> Option<Tensor<1>> {
        match density {
            Density::Exact(log_prob) | Density::Estimate(log_prob) | Density::LowerBound(log_prob) => Some(log_prob),
            Density::Unnormalized(log_prob) => {
                let normalizers = self
                    .guided_normalizers()
                    .expect("an unnormalised density has an integral");
                Some(log_prob - normalizers[class].clone().narrow(0, 0, 1))
            }
            Density::None => None,
        }
    }

    /// log Σ_y p(y) exp(log p(x | y)), where `of` gives log p(x | y).
    fn mixed(&self, mut of: impl FnMut(usize, &dyn Model) -> Option<Tensor<1>>) -> Option<Tensor<1>> {
        let each: Option<Vec<_>> = self
            .parts()
            .map(|(class, share, model)| Some(of(class, model.as_ref())? + share.ln()))
            .collect();
        Some(log_sum_exp(Tensor::stack(each?, 0)))
    }

    /// The density of the class looked at or of the mixture, from that of a class.
    fn density_of(&self, mut of: impl FnMut(&dyn Model) -> Density) -> Density {
        if let Some(one) = self.one() {
            return of(one.as_ref());
        }
        let mut as_kind: fn(Tensor<1>) -> Density = |_| Density::None;
        let mixed = self.mixed(|class, model| {
            let density = of(model);
            as_kind = match &density {
                Density::Exact(_) => Density::Exact,
                Density::Estimate(_) => Density::Estimate,
                Density::LowerBound(_) => Density::LowerBound,
                Density::Unnormalized(_) => Density::Unnormalized,
                Density::None => |_| Density::None,
            };
            self.log_prob(class, density)
        });
        mixed.map_or(Density::None, as_kind)
    }

    /// For walkers and other points that stay in their row: as many of each class as its share says, in their order.
    fn spread_classes(&self, n: usize) -> Vec<u8> {
        let shares = self.weights();
        let class = |i: usize| class_at(&shares, (i as f64 + 0.5) / n as f64);
        (0..n).map(class).collect()
    }
}

/// The class in whose part of [0, 1] u lies, where parts as long as the shares follow each other.
fn class_at(shares: &[f64], u: f64) -> u8 {
    let last = shares
        .iter()
        .rposition(|&share| share > 0.0)
        .expect("some class has points");
    let mut sum = 0.0;
    let found = shares.iter().position(|share| {
        sum += share;
        u < sum
    });
    // shares add up to one but for rounding
    found.unwrap_or(last).min(last) as u8
}
