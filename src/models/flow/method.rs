//! A flow as a model: maximum likelihood, and both ways through the map.

use super::{Bijector, stack::Stack};
use crate::{
    models::{
        Density, Model,
        one_player::{Method, OnePlayer},
    },
    rng::Rng,
    spec::training::Training,
};
use burn::tensor::{Device, Tensor};

/// Maximum likelihood for a flow.
pub struct FlowMethod {
    dim: usize,
    device: Device,
}

impl FlowMethod {
    /// A model that learns `flow`, built on the autodiff `device` for `dim`-dimensional data.
    pub fn model(flow: Stack, dim: usize, training: Training, device: &Device) -> Box<dyn Model> {
        let method = Self {
            dim,
            device: device.clone().inner(),
        };
        Box::new(OnePlayer::new(flow, method, training))
    }
}

impl Method for FlowMethod {
    type Net = Stack;

    fn loss(&self, flow: &Stack, x: Tensor<2>, _rng: &mut Rng) -> Tensor<1> {
        flow.log_prob(x.autodiff()).mean().neg()
    }

    fn sample(&self, flow: &Stack, n: usize, rng: &mut Rng) -> Tensor<2> {
        let z = rng.normal_tensor([n, self.dim], &self.device);
        flow.inverse_and_log_det(z).0
    }

    fn density(&self, flow: &Stack, x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::Exact(flow.log_prob(x))
    }

    fn latent_from_data(&self, flow: &Stack, x: Tensor<2>) -> Option<(Tensor<2>, Tensor<1>)> {
        Some(flow.forward_and_log_det(x))
    }

    fn data_from_latent(&self, flow: &Stack, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(flow.inverse_and_log_det(z).0)
    }
}
