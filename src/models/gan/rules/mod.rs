//! The rules of a game beside its objective: what keeps the discriminator gentle, and what each player may do.
//!
//! References: K. Roth et al., *Stabilizing Training of GANs through Regularization*, 2017, arXiv:1705.09367; C. Sønderby et al., *Amortised
//! MAP Inference for Image Super-resolution*, 2017, arXiv:1610.04490 (instance noise); Z. Lin et al., *PacGAN: The Power of Two Samples in
//! Generative Adversarial Networks*, 2018, arXiv:1712.04086; L. Metz et al., *Unrolled Generative Adversarial Networks*, 2017,
//! arXiv:1611.02163; M. Heusel et al., *GANs Trained by a Two Time-Scale Update Rule*, 2017, arXiv:1706.08500.

mod rows;

use crate::{
    models::spec::Settings,
    nn::activation::Activation,
    spec::{
        DEPTH, ParamSpec, WIDTH,
        classes::{CONDITION, CONDITIONAL},
    },
};

/// A row's defaults, and at run time the values in force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Weight γ of ½ γ R1.
    pub r1_gamma: f64,
    /// Weight γ of ½ γ R2.
    pub r2_gamma: f64,
    /// Weight λ of the gradient penalty.
    pub gradient_penalty: f64,
    /// Largest size of a discriminator weight; 0 for any.
    pub weight_clip: f64,
    /// 1 where every layer of the discriminator is divided by its largest singular value.
    pub spectral_norm: f64,
    /// Standard deviation σ of what is added to all that the discriminator sees, in the data's own standard deviations.
    pub instance_noise: f64,
    /// Steps over which σ falls to 0; 0 for never.
    pub noise_steps: f64,
    /// Points that the discriminator judges at once.
    pub pack: f64,
    /// Discriminator steps that the generator looks ahead.
    pub unroll: f64,
    /// Discriminator steps for each of the generator's.
    pub d_steps: f64,
    /// The generator's learning rate over the discriminator's.
    pub pace: f64,
    /// Waves through which the discriminator sees the data.
    pub waves: f64,
    /// Index of the discriminator's non-linearity in [`Rules::UNITS`].
    pub units: f64,
}

/// How many settings [`Rules::specs`] gives.
pub const OWN: usize = 17;

impl Rules {
    /// The game of 2014: no help of any kind.
    pub const PLAIN: Self = Self {
        r1_gamma: 0.0,
        r2_gamma: 0.0,
        gradient_penalty: 0.0,
        weight_clip: 0.0,
        spectral_norm: 0.0,
        instance_noise: 0.0,
        noise_steps: 0.0,
        pack: 1.0,
        unroll: 0.0,
        d_steps: 1.0,
        pace: 1.0,
        waves: 0.0,
        units: 0.0,
    };

    /// Non-linearities of the discriminator, in the order of the setting's options.
    pub const UNITS: [Activation; 2] = [Activation::LeakyRelu, Activation::Silu];

    /// The settings of every GAN, with these defaults.
    pub const fn specs(&self) -> [ParamSpec; OWN] {
        [
            rows::R1_GAMMA.with_default(self.r1_gamma),
            rows::R2_GAMMA.with_default(self.r2_gamma),
            rows::GRADIENT_PENALTY.with_default(self.gradient_penalty),
            rows::WEIGHT_CLIP.with_default(self.weight_clip),
            rows::SPECTRAL_NORM.with_default(self.spectral_norm),
            rows::INSTANCE_NOISE.with_default(self.instance_noise),
            rows::NOISE_STEPS.with_default(self.noise_steps),
            rows::PACK.with_default(self.pack),
            rows::UNROLL.with_default(self.unroll),
            rows::D_STEPS.with_default(self.d_steps),
            rows::PACE.with_default(self.pace),
            rows::WAVES.with_default(self.waves),
            rows::UNITS.with_default(self.units),
            WIDTH,
            DEPTH.with_default(3.0),
            CONDITIONAL,
            CONDITION,
        ]
    }

    /// The rules among a model's settings.
    pub fn of(settings: &Settings) -> Self {
        let mut rules = Self::PLAIN;
        for (id, value) in settings.iter() {
            rules.set(id, value);
        }
        rules
    }

    /// Changes one value; `false` where `id` is none of these.
    pub fn set(&mut self, id: &str, value: f64) -> bool {
        let rule = match id {
            "r1_gamma" => &mut self.r1_gamma,
            "r2_gamma" => &mut self.r2_gamma,
            "gradient_penalty" => &mut self.gradient_penalty,
            "weight_clip" => &mut self.weight_clip,
            "spectral_norm" => &mut self.spectral_norm,
            "instance_noise" => &mut self.instance_noise,
            "noise_steps" => &mut self.noise_steps,
            "pack" => &mut self.pack,
            "unroll" => &mut self.unroll,
            "d_steps" => &mut self.d_steps,
            "pace" => &mut self.pace,
            "waves" => &mut self.waves,
            "units" => &mut self.units,
            _ => return false,
        };
        *rule = value;
        true
    }

    /// σ of the instance noise after `t` generator updates.
    pub fn noise_at(&self, t: u64) -> f64 {
        if self.noise_steps == 0.0 {
            return self.instance_noise;
        }
        self.instance_noise * (1.0 - t as f64 / self.noise_steps).max(0.0)
    }
}
