//! Couplings: one coordinate of the plane decides how the other moves, and itself stays or follows a curve of its own.
//!
//! ```text
//! x = (a, b)      z = (g(a), f(b; net(a)))      log|det ∂z/∂x| = log g'(a) + log ∂f/∂b
//! ```
//!
//! The Jacobian is triangular, and a comes back first, then b: both directions take one pass of the network.
//!
//! References: L. Dinh, D. Krueger, Y. Bengio, *NICE: Non-linear Independent Components Estimation*, 2014, arXiv:1410.8516; L. Dinh,
//! J. Sohl-Dickstein, S. Bengio, *Density estimation using Real NVP*, 2017, arXiv:1605.08803.

#[cfg(feature = "gpu")]
use super::link::Link;
use super::{
    Bijector,
    conditioner::{Size, conditioner},
    elementwise::Elementwise,
    monotone::Monotone,
    plane::Lead,
};
#[cfg(feature = "gpu")]
use crate::nn::curve::Curve;
use crate::{
    nn::{classes::Conditional, masked_waves::MaskedWaves},
    rng::Rng,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

/// One coupling on the plane.
#[derive(Module, Debug)]
pub struct Coupling {
    /// g; the leader stays where there is none.
    own: Option<Elementwise>,
    net: MaskedWaves,
    #[module(skip)]
    map: Monotone,
    #[module(skip)]
    lead: Lead,
}

impl Coupling {
    /// The follower moves by `map`; the leader stays.
    pub fn new(map: Monotone, lead: Lead, size: Size, rng: &mut Rng, device: &Device) -> Self {
        Self {
            own: None,
            net: conditioner(1, map, size, rng, device),
            map,
            lead,
        }
    }

    /// The follower moves by `map`, and so does the leader, by numbers of its own.
    pub fn of_both(map: Monotone, lead: Lead, size: Size, rng: &mut Rng, device: &Device) -> Self {
        let own = Some(Elementwise::new(1, map, rng, device));
        Self {
            own,
            ..Self::new(map, lead, size, rng, device)
        }
    }
}

impl Bijector for Coupling {
    #[cfg(feature = "gpu")]
    fn link(&self) -> Option<Link<'_>> {
        match (&self.own, self.map.kernel()) {
            (None, Some(Curve::Affine { largest })) => Some(Link::Affine {
                largest,
                leader: match self.lead {
                    Lead::First => 0,
                    Lead::Second => 1,
                },
                net: &self.net,
            }),
            _ => None,
        }
    }

    fn forward_and_log_det(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let (leader, follower) = self.lead.split(x);
        let (moved, log_slope) = self.map.forward(follower, self.net.forward(leader.clone()));
        let log_slope = log_slope.squeeze_dim(1);
        let Some(own) = &self.own else {
            return (self.lead.join(leader, moved), log_slope);
        };
        let (led, log_det) = own.forward_and_log_det(leader);
        (self.lead.join(led, moved), log_slope + log_det)
    }

    fn inverse(&self, z: Tensor<2>) -> Tensor<2> {
        let (led, moved) = self.lead.split(z);
        let leader = match &self.own {
            Some(own) => own.inverse(led),
            None => led,
        };
        let (follower, _) = self.map.inverse(moved, self.net.forward(leader.clone()));
        self.lead.join(leader, follower)
    }
}

impl Conditional for Coupling {
    fn with_classes(self, classes: usize) -> Self {
        Self {
            own: self.own.map(|own| own.with_classes(classes)),
            net: self.net.with_classes(classes),
            ..self
        }
    }

    fn given(&self, y: Option<&Tensor<2>>) -> Self {
        Self {
            own: self.own.as_ref().map(|own| own.given(y)),
            net: self.net.given(y),
            ..self.clone()
        }
    }
}
