//! What codes are drawn from: the standard Gaussian, or a mixture of Gaussians that moves to where the codes lie.
//!
//! ```text
//! p(z) = Σ_c π_c N(z; m_c, diag s_c²)      π = softmax(logits)
//! ```
//!
//! The bound is best when p(z) is the average of all q(z|x). The standard Gaussian is not, so some of what it draws is no code of anything; a
//! mixture that learns by the same bound comes closer.
//!
//! References: M. Hoffman and M. Johnson, *ELBO surgery*, NIPS workshop on advances in approximate Bayesian inference, 2016. J. Tomczak and
//! M. Welling, *VAE with a VampPrior*, 2018, arXiv:1705.07120, which has this mixture to compare with.

use crate::{
    nn::{distributions::categorical, gaussian::DiagonalGaussian, standard_normal_log_prob},
    rng::Rng,
};
use burn::{
    module::{Module, Param},
    tensor::{
        Device, Tensor,
        activation::{log_softmax, softmax},
    },
};

/// p(z) over a latent of some dimension.
#[derive(Module, Debug)]
pub struct Prior {
    mixture: Option<Mixture>,
    #[module(skip)]
    latent: usize,
}

/// What a learned prior learns.
#[derive(Module, Debug)]
struct Mixture {
    logits: Param<Tensor<2>>,  // [c, 1]
    mu: Param<Tensor<2>>,      // [c, latent]
    log_var: Param<Tensor<2>>, // [c, latent]
}

impl Prior {
    /// N(0, I), which learns nothing.
    pub fn standard(latent: usize) -> Self {
        Self { mixture: None, latent }
    }

    /// A mixture of so many equal Gaussians of variance 1, their means drawn from N(0, I); a single one is N(0, I) and stays so.
    pub fn new(components: usize, latent: usize, rng: &mut Rng, device: &Device) -> Self {
        let mixture = (components > 1).then(|| Mixture {
            logits: Param::from_tensor(Tensor::zeros([components, 1], device)),
            mu: Param::from_tensor(rng.normal_tensor([components, latent], device)),
            log_var: Param::from_tensor(Tensor::zeros([components, latent], device)),
        });
        Self { mixture, latent }
    }

    /// log p(z) in nats.
    ///
    /// # Shapes
    /// - `z`: `[n, latent]`, returns `[n]`
    pub fn log_prob(&self, z: Tensor<2>) -> Tensor<1> {
        let Some(mixture) = &self.mixture else {
            return standard_normal_log_prob(z);
        };
        let gaussians = DiagonalGaussian {
            mu: mixture.mu.val(),
            log_var: mixture.log_var.val(),
        };
        gaussians.mixture_log_prob(z, log_softmax(mixture.logits.val(), 0))
    }

    /// Draws.
    ///
    /// # Shapes
    /// - returns `[n, latent]`
    pub fn sample(&self, n: usize, rng: &mut Rng, device: &Device) -> Tensor<2> {
        let eps = rng.normal_tensor([n, self.latent], device);
        let Some(mixture) = &self.mixture else { return eps };
        let logits = mixture.logits.val().swap_dims(0, 1).unsqueeze_dim::<3>(1); // [1, 1, c]
        let component = categorical(logits.repeat_dim(0, n), rng).flatten::<1>(0, 2);
        let chosen = DiagonalGaussian {
            mu: mixture.mu.val().select(0, component.clone()),
            log_var: mixture.log_var.val().select(0, component),
        };
        chosen.sample(eps)
    }

    /// KL(q ‖ p) in nats, estimated without bias from the one draw `z` of each q.
    ///
    /// # Shapes
    /// - `q`: n Gaussians, `z`: `[n, latent]`, returns `[n]`
    pub fn kl_at(&self, q: &DiagonalGaussian, z: Tensor<2>) -> Tensor<1> {
        q.log_prob(z.clone()) - self.log_prob(z)
    }

    /// KL(q ‖ p) in nats, coordinate by coordinate: under N(0, I), where it falls apart so and has a closed form.
    ///
    /// # Shapes
    /// - `q`: n Gaussians, returns `[n, latent]`
    pub fn kl_by_coordinate(&self, q: &DiagonalGaussian) -> Option<Tensor<2>> {
        self.mixture.is_none().then(|| q.kl_by_coordinate())
    }

    /// What can be drawn of it: weight, means and standard deviations of every component.
    ///
    /// # Shapes
    /// - returns `[c, 1 + 2 latent]`
    pub fn components(&self, device: &Device) -> Tensor<2> {
        let [weight, mean, deviation] = match &self.mixture {
            None => [
                Tensor::ones([1, 1], device),
                Tensor::zeros([1, self.latent], device),
                Tensor::ones([1, self.latent], device),
            ],
            Some(mixture) => [
                softmax(mixture.logits.val(), 0),
                mixture.mu.val(),
                (mixture.log_var.val() * 0.5).exp(),
            ],
        };
        Tensor::cat(vec![weight, mean, deviation], 1)
    }
}
