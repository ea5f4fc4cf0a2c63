//! A module's learning parameters as one vector, and back: a step then costs a dozen operations whatever the number of layers.

use super::pieces::{cut, join};
use crate::tensors::tensor;
use burn::{
    module::{Module, ModuleMapper, ModuleVisitor, Param},
    tensor::{Device, Gradients, Tensor},
};
use std::vec;

/// What a visitor is told on entering a field of a linear layer.
const LINEAR: &str = "Struct:Linear";

/// All parameters, or their gradients (zero where there is none), in visiting order.
///
/// # Shapes
/// - returns `[p]`, on the plain device
pub fn flatten<M: Module>(module: &M, grads: Option<&Gradients>) -> Tensor<1> {
    let mut flatten = Flatten {
        grads,
        parts: Vec::new(),
    };
    module.visit(&mut flatten);
    join(flatten.parts)
}

/// Puts the pieces of `theta` (`[p]`) in the place of the parameters, tracked.
pub fn unflatten<M: Module>(module: M, theta: Tensor<1>) -> M {
    let pieces = cut(theta, sizes(&module));
    module.map(&mut Unflatten(pieces.into_iter()))
}

/// 1 for every number that weight decay shrinks, 0 for the rest. It shrinks the matrices of linear layers alone: what they multiply should weigh
/// little. A bias, a starting value, a codebook or the means of a prior stand where they must stand, and zero is no better place for them.
///
/// # Shapes
/// - returns `[p]`, on the plain `device`
pub fn decaying<M: Module>(module: &M, device: &Device) -> Tensor<1> {
    let mut decaying = Decaying::default();
    module.visit(&mut decaying);
    let length = decaying.shares.len();
    tensor(decaying.shares, [length], device)
}

/// How many numbers each parameter holds, in visiting order.
pub fn sizes<M: Module>(module: &M) -> Vec<usize> {
    let mut sizes = Sizes(Vec::new());
    module.visit(&mut sizes);
    sizes.0
}

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

/// Hands each parameter its piece of one vector, in the order of [`Flatten`].
struct Unflatten(vec::IntoIter<Tensor<1>>);

impl ModuleMapper for Unflatten {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, old, mapper) = param.consume();
        let shape: [usize; D] = old.dims();
        let piece = self.0.next().expect("a piece for each parameter").reshape(shape);
        Param::from_mapped_value(id, piece.autodiff().require_grad(), mapper)
    }
}

struct Sizes(Vec<usize>);

impl ModuleVisitor for Sizes {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.push(param.lazy_shape().num_elements());
    }
}

/// Notes, field by field, whether a linear layer holds it.
#[derive(Default)]
struct Decaying {
    linear: Vec<bool>,
    shares: Vec<f32>,
}

impl ModuleVisitor for Decaying {
    fn enter_module(&mut self, _name: &str, container_type: &str) {
        self.linear.push(container_type == LINEAR);
    }

    fn exit_module(&mut self, _name: &str, _container_type: &str) {
        self.linear.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let shrinks = D == 2 && self.linear.last() == Some(&true);
        let count = param.lazy_shape().num_elements();
        self.shares
            .extend(std::iter::repeat_n(f32::from(u8::from(shrinks)), count));
    }
}
