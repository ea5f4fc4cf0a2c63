//! What a GAN's losses are made of.

use crate::common::{batch, device, tensor, values};
use dgm::{
    models::gan::{
        Discriminator,
        losses::{discriminator, logits_and_r1},
        perceptron::PerceptronDiscriminator,
    },
    rng::{Rng, Stream},
};

#[test]
fn r1_is_the_squared_slope_of_the_logits() {
    const H: f32 = 3e-3; // f32: rounding ε/h ≈ 4e-5; a kink of leaky ReLU inside the step changes that point's slope
    for dim in [1, 2] {
        let net = PerceptronDiscriminator::new(dim, 16, 3, &mut Rng::new(2, Stream::Init), &device());
        let x = batch(256, dim, 7);
        let (logits, r1) = logits_and_r1(&net, x.clone());
        let off = values((logits - net.discriminate(x.clone())).abs().max())[0];
        assert!(off < 1e-5, "logits differ by {off}");
        let expected: f32 = (0..dim)
            .map(|axis| {
                let step = tensor((0..dim).map(|i| if i == axis { H } else { 0.0 }).collect(), dim);
                let rise = net.discriminate(x.clone() + step.clone()) - net.discriminate(x.clone() - step);
                values((rise / (2.0 * H)).square().mean())[0]
            })
            .sum();
        let found = values(r1)[0];
        assert!(
            (found / expected - 1.0).abs() < 0.02,
            "{dim}-D data: R1 is {found}, differences give {expected}"
        );
    }
}

#[test]
fn a_discriminator_that_cannot_tell_loses_twice_log_2() {
    let logits = batch(64, 1, 1).reshape([64]) * 0.0;
    let loss = values(discriminator(logits.clone(), logits))[0];
    assert!((loss - 2.0 * std::f32::consts::LN_2).abs() < 1e-6, "{loss}");
}
