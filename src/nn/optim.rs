//! Adam over one flat vector, and the learner that joins it to a module.
//!
//! ```text
//! m ← β₁ m + (1 − β₁) g      v ← β₂ v + (1 − β₂) g²      θ ← θ − lr · m̂ / (√v̂ + ε)
//! ```
//!
//! All parameters of a module live in one 1-D tensor θ; the module holds views of it. A step then costs a dozen operations whatever the
//! number of layers, the gradient's global norm is one reduction, and a snapshot is three tensors.
//!
//! References: D. Kingma and J. Ba, *Adam: A Method for Stochastic Optimization*, 2015, arXiv:1412.6980; B. Polyak and A. Juditsky,
//! *Acceleration of Stochastic Approximation by Averaging*, 1992.

use burn::{
    module::{Module, ModuleMapper, ModuleVisitor, Param},
    tensor::{Gradients, Tensor},
};

const EPSILON: f64 = 1e-8;
/// Kingma and Ba's choice.
const BETAS: [f64; 2] = [0.9, 0.999];

/// A module that learns by gradient descent on a loss.
#[derive(Clone, Debug)]
pub struct Learner<M: Module> {
    /// Tracked by autodiff: what a loss is computed with.
    module: M,
    theta: Tensor<1>,
    m: Tensor<1>,
    v: Tensor<1>,
    /// Updates so far.
    updates: u64,
    /// β₁, β₂.
    betas: [f64; 2],
    /// Largest global norm of a gradient; longer ones are scaled down to it.
    clip: Option<f64>,
    average: Option<Average>,
    /// Updates after which the learning rate has fallen by √2.
    cooling: Option<f64>,
}

/// A running average of θ, used in its place to sample and to measure.
#[derive(Clone, Debug)]
struct Average {
    theta: Tensor<1>,
    decay: f64,
}

impl Average {
    /// Follows `theta`: at first over a tenth of the past, so that a young average is not old, then with the full decay.
    fn follow(&mut self, theta: &Tensor<1>, updates: u64) {
        let decay = self.decay.min((1 + updates) as f64 / (10 + updates) as f64);
        self.theta = self.theta.clone() * decay + theta.clone() * (1.0 - decay);
    }
}

impl<M: Module> Learner<M> {
    /// Learns `module` by Adam with β₁ = 0.9. The module must have been built on an autodiff device.
    pub fn new(module: M) -> Self {
        let theta = flatten(&module, None);
        let zeros = theta.zeros_like();
        Self {
            module,
            m: zeros.clone(),
            v: zeros,
            theta,
            updates: 0,
            betas: BETAS,
            clip: None,
            average: None,
            cooling: None,
        }
    }

    /// Other decays β₁, β₂ of the moments (0 and 0.99 are usual for GANs).
    pub fn with_betas(self, betas: [f64; 2]) -> Self {
        Self { betas, ..self }
    }

    /// Scales gradients down to this global norm.
    pub fn with_clip(self, norm: f64) -> Self {
        Self {
            clip: Some(norm),
            ..self
        }
    }

    /// Samples and measures with an exponential moving average of the parameters, which the last batches' noise does not move.
    pub fn with_average(self, decay: f64) -> Self {
        let theta = self.theta.clone();
        Self {
            average: Some(Average { theta, decay }),
            ..self
        }
    }

    /// Lets the learning rate fall as 1/√(1 + t/`steps`) over the updates t: fast at first, fine later, and never at an end.
    pub fn with_cooling(self, steps: f64) -> Self {
        Self {
            cooling: Some(steps),
            ..self
        }
    }

    /// The module to compute losses with.
    pub fn module(&self) -> &M {
        &self.module
    }

    /// The module without gradient tracking, on the plain device, averaged if [`Learner::with_average`]: to sample and to measure.
    pub fn frozen(&self) -> M {
        match &self.average {
            None => self.module.valid(),
            Some(average) => unflatten(self.module.clone(), average.theta.clone()).valid(),
        }
    }

    /// All parameters in the module's own order.
    ///
    /// # Shapes
    /// - returns `[p]`, on the plain device
    pub fn parameters(&self) -> Tensor<1> {
        self.theta.clone()
    }

    /// How many numbers each parameter tensor holds, in the order of [`Learner::parameters`].
    pub fn parameter_sizes(&self) -> Vec<usize> {
        struct Sizes(Vec<usize>);
        impl ModuleVisitor for Sizes {
            fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
                self.0.push(param.lazy_shape().num_elements());
            }
        }
        let mut sizes = Sizes(Vec::new());
        self.module.visit(&mut sizes);
        sizes.0
    }

    /// Puts other parameters in place, keeping the optimiser's moments. An average starts anew from them.
    pub fn set_parameters(&mut self, theta: Tensor<1>) {
        if let Some(average) = &mut self.average {
            average.theta = theta.clone();
        }
        self.move_to(theta);
    }

    fn move_to(&mut self, theta: Tensor<1>) {
        assert_eq!(
            theta.dims(),
            self.theta.dims(),
            "a learner's parameters keep their number"
        );
        self.module = unflatten(self.module.clone(), theta.clone());
        self.theta = theta;
    }

    /// Gradient of `loss` (`[1]`) in all parameters, zero where it does not depend on one.
    ///
    /// # Shapes
    /// - returns `[p]`, on the plain device
    pub fn gradient(&self, loss: Tensor<1>) -> Tensor<1> {
        flatten(&self.module, Some(&loss.backward()))
    }

    /// One Adam update down `loss` (`[1]`).
    pub fn descend(&mut self, loss: Tensor<1>, learning_rate: f64) {
        let mut g = self.gradient(loss);
        if let Some(limit) = self.clip {
            let norm = g.clone().square().sum().sqrt();
            g = g * (norm.clamp_min(limit).recip() * limit);
        }
        let [beta_1, beta_2] = self.betas;
        self.updates += 1;
        self.m = self.m.clone() * beta_1 + g.clone() * (1.0 - beta_1);
        self.v = self.v.clone() * beta_2 + g.square() * (1.0 - beta_2);
        let t = self.updates.min(i32::MAX as u64) as i32;
        let cooled = self.cooling.map_or(learning_rate, |steps| {
            learning_rate / (1.0 + f64::from(t - 1) / steps).sqrt()
        });
        let rate = cooled / (1.0 - beta_1.powi(t));
        let correction = (1.0 - beta_2.powi(t)).sqrt();
        let update = self.m.clone() * (rate * correction) / (self.v.clone().sqrt() + EPSILON * correction);
        self.move_to(self.theta.clone() - update);
        if let Some(average) = &mut self.average {
            average.follow(&self.theta, self.updates);
        }
    }

    /// θ, m, v and the average if there is one, each `[p]`, and the number of updates: all that resuming needs.
    pub fn state(&self) -> (Vec<Tensor<1>>, u64) {
        let mut tensors = vec![self.theta.clone(), self.m.clone(), self.v.clone()];
        tensors.extend(self.average.as_ref().map(|average| average.theta.clone()));
        (tensors, self.updates)
    }

    /// Undoes [`Learner::state`].
    pub fn load_state(&mut self, tensors: &[Tensor<1>], updates: u64) {
        let [theta, m, v, average @ ..] = tensors else {
            panic!("a learner's state is at least 3 tensors, got {}", tensors.len())
        };
        self.move_to(theta.clone());
        (self.m, self.v, self.updates) = (m.clone(), v.clone(), updates);
        if let (Some(own), [saved]) = (&mut self.average, average) {
            own.theta = saved.clone();
        }
    }
}

/// Joins the learning parameters, or their gradients, into one vector in visiting order.
struct Flatten<'a> {
    grads: Option<&'a Gradients>,
    parts: Vec<Tensor<1>>,
}

impl ModuleVisitor for Flatten<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let value = param.val();
        let part = match self.grads {
            None => value.inner(),
            Some(grads) => value.grad(grads).unwrap_or_else(|| value.inner().zeros_like()),
        };
        self.parts.push(part.reshape([-1]));
    }
}

fn flatten<M: Module>(module: &M, grads: Option<&Gradients>) -> Tensor<1> {
    let mut flatten = Flatten {
        grads,
        parts: Vec::new(),
    };
    module.visit(&mut flatten);
    Tensor::cat(flatten.parts, 0)
}

fn unflatten<M: Module>(module: M, theta: Tensor<1>) -> M {
    module.map(&mut Unflatten { theta, offset: 0 })
}

/// Hands each parameter its piece of one vector, in the order of [`Flatten`].
struct Unflatten {
    theta: Tensor<1>,
    offset: usize,
}

impl ModuleMapper for Unflatten {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, old, mapper) = param.consume();
        let shape: [usize; D] = old.dims();
        let count = shape.iter().product();
        let piece = self.theta.clone().narrow(0, self.offset, count).reshape(shape);
        self.offset += count;
        Param::from_mapped_value(id, piece.autodiff().require_grad(), mapper)
    }
}
