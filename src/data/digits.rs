//! Handwritten digits of 8 × 8 pixels, in grey or in black and white. Finitely many images have no known density: models are compared by what
//! they say of images kept back.

use super::{
    Bounds, Dataset, Points,
    images::{DIGITS, GREYS, Images, digits},
    shares,
};
use crate::rng::{Rng, Stream};

/// The darkest grey that still counts as white.
const WHITE_UP_TO: f32 = 7.0;

/// The digits with so many values a pixel.
#[derive(Debug)]
struct Digits {
    images: &'static Images,
    levels: usize,
    /// Standard deviation of Gaussian noise on every pixel before it is rounded to a level.
    noise: f64,
}

/// With all their greys.
pub fn grey(noise: f64) -> Box<dyn Dataset> {
    with_levels(GREYS, noise)
}

/// In black and white.
pub fn binary(noise: f64) -> Box<dyn Dataset> {
    with_levels(2, noise)
}

fn with_levels(levels: usize, noise: f64) -> Box<dyn Dataset> {
    Box::new(Digits {
        images: digits(),
        levels,
        noise,
    })
}

impl Digits {
    fn pixel(&self, grey: f32, rng: &mut Rng) -> f32 {
        let level = match self.levels {
            2 => f32::from(u8::from(grey > WHITE_UP_TO)),
            _ => grey,
        };
        if self.noise == 0.0 {
            return level;
        }
        let moved = f64::from(level) + self.noise * rng.normal();
        moved.round().clamp(0.0, (self.levels - 1) as f64) as f32
    }

    fn draw(&self, n: usize, rng: &mut Rng, from: &Points, place: impl Fn(usize, &mut Rng) -> usize) -> Points {
        let mut points = Points::new(from.dim, Vec::with_capacity(n * from.dim));
        let mut chosen = Vec::with_capacity(n);
        for i in 0..n {
            let image = place(i, rng);
            points
                .values
                .extend(from.row(image).iter().map(|&grey| self.pixel(grey, rng)));
            chosen.push(image);
        }
        points.labels = from.labels_of(&chosen);
        points
    }
}

impl Dataset for Digits {
    fn dim(&self) -> usize {
        self.images.training.dim
    }

    fn levels(&self) -> Option<usize> {
        Some(self.levels)
    }

    fn is_finite(&self) -> bool {
        true
    }

    fn class_shares(&self) -> Vec<f64> {
        shares(self.images.training.labels.iter().flatten(), DIGITS)
    }

    /// Training images, with replacement.
    fn sample(&self, n: usize, rng: &mut Rng) -> Points {
        let images = &self.images.training;
        self.draw(n, rng, images, |_, rng| rng.index(images.len()))
    }

    /// The test images, each once: at most as many as there are.
    fn held_out(&self, n: usize, rng: &mut Rng) -> Points {
        let images = &self.images.test;
        self.draw(n.min(images.len()), rng, images, |i, _| i)
    }

    fn known(&self) -> Option<Points> {
        let mut rng = Rng::new(0, Stream::Data);
        let clean = Self { noise: 0.0, ..*self };
        let from = &self.images.training;
        Some(clean.draw(from.len(), &mut rng, from, |i, _| i))
    }

    fn log_prob(&self, _x: &[f64]) -> Option<f64> {
        None
    }

    fn bounds(&self) -> Bounds {
        Bounds::interval(0.0, (self.levels - 1) as f64)
    }
}
