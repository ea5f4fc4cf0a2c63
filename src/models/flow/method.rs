//! A flow as a model: maximum likelihood, and both ways through the map.

use super::Bijector;
use crate::{
    models::{
        Density, Model,
        act::{Act, Deed, Insides},
        one_player::{Method, OnePlayer},
        way::{Stop, Toward, Way},
    },
    nn::classes::Conditional,
    rng::Rng,
    spec::training::Training,
};
use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use std::marker::PhantomData;

/// Maximum likelihood for a flow.
#[derive(Clone)]
pub struct FlowMethod<F> {
    flow: PhantomData<F>,
    dim: usize,
    device: Device,
}

impl<F: Module + Bijector + Conditional + 'static> FlowMethod<F> {
    /// A model that learns `flow`, built on the autodiff `device` for `dim`-dimensional data.
    pub fn model(flow: F, dim: usize, training: Training, device: &Device) -> Box<dyn Model> {
        let method = Self {
            flow: PhantomData,
            dim,
            device: device.clone().inner(),
        };
        Box::new(OnePlayer::new(flow, method, training))
    }
}

impl<F: Module + Bijector + Conditional + 'static> Method for FlowMethod<F> {
    type Net = F;

    fn loss(&self, flow: &F, x: Tensor<2>, _rng: &mut Rng) -> Tensor<1> {
        flow.log_prob(x.autodiff()).mean().neg()
    }

    fn insides(&self, flow: &F, x: Tensor<2>, rng: &mut Rng) -> Insides {
        let latents = flow.forward_and_log_det(x.clone().autodiff()).0.inner();
        Insides::of_data(x.clone(), |x| self.loss(flow, x, rng)).with(Act::moves(Deed::Latents, x, latents))
    }

    fn sample(&self, flow: &F, n: usize, rng: &mut Rng) -> Tensor<2> {
        let z = rng.normal_tensor([n, self.dim], &self.device);
        flow.inverse(z)
    }

    fn density(&self, flow: &F, x: Tensor<2>, _rng: &mut Rng) -> Density {
        Density::Exact(flow.log_prob(x))
    }

    fn latent_from_data(&self, flow: &F, x: Tensor<2>) -> Option<(Tensor<2>, Tensor<1>)> {
        Some(flow.forward_and_log_det(x))
    }

    fn data_from_latent(&self, flow: &F, z: Tensor<2>) -> Option<Tensor<2>> {
        Some(flow.inverse(z))
    }

    fn way(&self, flow: &F, points: Tensor<2>, toward: Toward) -> Option<Way> {
        let mut pieces = flow.pieces();
        if pieces.is_empty() {
            pieces.push(flow);
        }
        let place = |index: usize| match index.checked_sub(1) {
            None => Stop::Data,
            Some(last) => Stop::Layer {
                index,
                kind: pieces[last].kind(),
            },
        };
        let mut at = points;
        let mut way = Vec::new();
        match toward {
            Toward::Latent => {
                way.push((place(0), at.clone()));
                for (i, piece) in pieces.iter().enumerate() {
                    at = piece.forward_and_log_det(at).0;
                    way.push((place(i + 1), at.clone()));
                }
            }
            Toward::Data => {
                way.push((place(pieces.len()), at.clone()));
                for (i, piece) in pieces.iter().enumerate().rev() {
                    at = piece.inverse(at);
                    way.push((place(i), at.clone()));
                }
            }
        }
        Some(way)
    }
}
