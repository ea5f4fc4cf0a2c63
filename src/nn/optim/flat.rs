//! A module's learning parameters as one vector, and back: a step then costs a dozen operations whatever the number of layers.

use super::pieces::{cut, join};
use crate::tensors::tensor;
use burn::{
    module::{Module, ModuleMapper, ModuleVisitor, Param, ParamId},
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
    joined(visited(module, grads.map_or(Wanted::Values, Wanted::Gradients)))
}

fn joined(found: Vec<Found>) -> Tensor<1> {
    join(found.into_iter().filter_map(|found| found.numbers).collect())
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
    shares(&visited(module, Wanted::Nothing), device)
}

fn shares(found: &[Found], device: &Device) -> Tensor<1> {
    let shares = found.iter().flat_map(|found| {
        let shrinks = found.shape.len() == 2 && found.in_linear;
        std::iter::repeat_n(f32::from(u8::from(shrinks)), found.count())
    });
    let shares: Vec<f32> = shares.collect();
    let length = shares.len();
    tensor(shares, [length], device)
}

/// How many numbers each parameter holds, in visiting order.
pub fn sizes<M: Module>(module: &M) -> Vec<usize> {
    counts(&visited(module, Wanted::Nothing))
}

fn counts(found: &[Found]) -> Vec<usize> {
    found.iter().map(Found::count).collect()
}

/// What a module of the plain device is made of: its parameters, and what is fixed in it.
pub fn weights<M: Module>(module: &M) -> Vec<Weight> {
    named(visited(module, Wanted::Everything))
}

fn named(found: Vec<Found>) -> Vec<Weight> {
    let weight = |found: Found| Weight {
        name: found.name,
        shape: found.shape,
        values: found.numbers.expect("everything brings its numbers"),
    };
    found.into_iter().map(weight).collect()
}

/// One tensor of a module.
#[derive(Clone, Debug)]
pub struct Weight {
    /// The way to it through the module's fields, joined by dots.
    pub name: String,
    pub shape: Vec<usize>,
    /// The last index first.
    pub values: Tensor<1>,
}

impl Weight {
    /// What a model remembers beside its parameters, `[m]`.
    #[inline(never)]
    pub fn memory(values: Tensor<1>) -> Self {
        Self {
            name: "memory".into(),
            shape: values.dims().to_vec(),
            values,
        }
    }
}

/// What a visitor brings of each parameter beside its shape.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    Nothing,
    /// On the plain device.
    Values,
    Gradients(&'a Gradients),
    /// Values, also of what is fixed, with their names.
    Everything,
}

/// A parameter that was visited.
struct Found {
    name: String,
    in_linear: bool,
    shape: Vec<usize>,
    numbers: Option<Tensor<1>>,
}

impl Found {
    fn count(&self) -> usize {
        self.shape.iter().product()
    }
}

/// All parameters, in visiting order. One visitor serves all who ask, and what they make of it knows no kind of module: code for each kind is what
/// a page has to load.
#[inline(never)]
fn visited<M: Module>(module: &M, wanted: Wanted) -> Vec<Found> {
    let mut visitor = Visitor {
        wanted,
        linear: Vec::new(),
        path: Vec::new(),
        found: Vec::new(),
    };
    module.visit(&mut visitor);
    visitor.found
}

struct Visitor<'a> {
    wanted: Wanted<'a>,
    /// Field by field, whether a linear layer holds it.
    linear: Vec<bool>,
    /// The fields' names, where they are wanted.
    path: Vec<String>,
    found: Vec<Found>,
}

impl Visitor<'_> {
    // Every field of every module calls it: once in the code is enough.
    #[inline(never)]
    fn push(&mut self, shape: Vec<usize>, numbers: Option<Tensor<1>>) {
        self.found.push(Found {
            name: self.path.join("."),
            in_linear: self.linear.last() == Some(&true),
            shape,
            numbers,
        });
    }
}

impl ModuleVisitor for Visitor<'_> {
    #[inline(never)]
    fn enter_module(&mut self, name: &str, container_type: &str) {
        self.linear.push(container_type == LINEAR);
        if matches!(self.wanted, Wanted::Everything) {
            self.path.push(name.into());
        }
    }

    #[inline(never)]
    fn exit_module(&mut self, _name: &str, _container_type: &str) {
        self.linear.pop();
        self.path.pop();
    }

    #[inline(never)]
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let numbers = match self.wanted {
            Wanted::Nothing => None,
            Wanted::Values => Some(param.val().inner()),
            Wanted::Gradients(grads) => {
                let value = param.val();
                Some(value.grad(grads).unwrap_or_else(|| value.inner().zeros_like()))
            }
            Wanted::Everything => Some(param.val()),
        };
        let shape = param.lazy_shape().as_slice().to_vec();
        self.push(shape, numbers.map(|numbers| numbers.reshape([-1])));
    }

    /// Of what is fixed.
    fn visit_float_with_path<const D: usize>(&mut self, _path: &[String], _id: ParamId, tensor: &Tensor<D>) {
        if matches!(self.wanted, Wanted::Everything) {
            self.push(tensor.dims().to_vec(), Some(tensor.clone().reshape([-1])));
        }
    }
}

/// Hands each parameter its piece of one vector, in visiting order.
struct Unflatten(vec::IntoIter<Tensor<1>>);

impl ModuleMapper for Unflatten {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, old, mapper) = param.consume();
        let shape: [usize; D] = old.dims();
        let piece = self.0.next().expect("a piece for each parameter").reshape(shape);
        Param::from_mapped_value(id, piece.autodiff().require_grad(), mapper)
    }
}
