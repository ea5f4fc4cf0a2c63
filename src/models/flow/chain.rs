//! Which flows the GPU engine goes through in one operation: affine couplings of plain perceptrons, with or without turns between them.

use super::link::Link;
use crate::nn::{
    couplings::{Chain, Couplings, Layer},
    cpu::is_cpu,
};
use burn::tensor::Device;

/// The operation for these pieces, from the data's side to the latents'; none where one of them is another, or too large, or on the CPU.
pub fn chain<'a>(links: impl IntoIterator<Item = Option<Link<'a>>>, device: &Device) -> Option<Chain> {
    if is_cpu(device) {
        return None;
    }
    let mut layers: Vec<Layer> = Vec::new();
    let (mut parameters, mut frequencies) = (Vec::new(), Vec::new());
    let mut alike = None;
    for link in links {
        match link? {
            Link::Turn => {
                let last = layers.last_mut().filter(|layer| !layer.turned)?;
                last.turned = true;
            }
            Link::Affine { largest, leader, net } => {
                let (waves, perceptron) = net.plain()?;
                let features = waves.as_ref().map_or(0, |waves| waves.dims()[1]);
                let [_, width] = perceptron[0].weight.dims();
                let sizes = ([features, width, perceptron.len() - 1], largest);
                if *alike.get_or_insert(sizes) != sizes {
                    return None;
                }
                layers.push(Layer { leader, turned: false });
                for linear in perceptron {
                    parameters.push(linear.weight.val().into_dispatch());
                    parameters.push(linear.bias.as_ref()?.val().into_dispatch());
                }
                frequencies.extend(waves);
            }
        }
    }
    let ([features, width, depth], largest) = alike?;
    let couplings = Couplings {
        features,
        width,
        depth,
        largest,
        layers,
    };
    couplings.fit().then(|| Chain::new(couplings, parameters, frequencies))
}
