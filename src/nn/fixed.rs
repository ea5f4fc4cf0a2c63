//! Numbers that a module is built with and that never learn.

use burn::{
    module::{Content, Devices, Module, ModuleDisplay, ModuleDisplayDefault, ModuleMapper, ModuleVisitor, ParamId},
    tensor::{Device, Tensor},
};
use std::ops::Deref;

/// A tensor that travels with its module and is no parameter of it, as Burn has it too. It tells visitors of its numbers: without them a module
/// cannot be built again elsewhere.
#[derive(Clone, Debug)]
pub struct Fixed<const D: usize>(pub Tensor<D>);

impl<const D: usize> Deref for Fixed<D> {
    type Target = Tensor<D>;

    fn deref(&self) -> &Tensor<D> {
        &self.0
    }
}

impl<const D: usize> Module for Fixed<D> {
    fn visit<V: ModuleVisitor>(&self, visitor: &mut V) {
        // Whoever gathers parameters looks at those alone; the id is none of theirs.
        visitor.visit_float_with_path(&[], ParamId::from(0), &self.0);
    }

    fn map<M: ModuleMapper>(self, _mapper: &mut M) -> Self {
        self
    }

    fn to_device(self, device: &Device) -> Self {
        Self(self.0.to_device(device))
    }

    fn fork(self, device: &Device) -> Self {
        self.to_device(device)
    }

    fn collect_devices(&self, devices: Devices) -> Devices {
        Module::collect_devices(&self.0, devices)
    }

    fn materialize(self) -> Self {
        self
    }

    fn valid(&self) -> Self {
        Self(Module::valid(&self.0))
    }

    fn train(self) -> Self {
        Self(Module::train(self.0))
    }
}

impl<const D: usize> ModuleDisplayDefault for Fixed<D> {
    fn content(&self, content: Content) -> Option<Content> {
        self.0.content(content)
    }
}

impl<const D: usize> ModuleDisplay for Fixed<D> {}
