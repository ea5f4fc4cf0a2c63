//! A straight-through gradient is the slope of the loss with its choices held; codes that nobody chose come back.

use crate::common::{batch, device, values};
use burn::tensor::Tensor;
use dgm::{
    models::{
        spec::FieldKind,
        vae::vector_quantized::{Held, Size, VectorQuantized},
    },
    nn::optim::Learner,
    rng::{Rng, Stream},
    session::{Session, config::Patch, frame::FrameRequest},
    spec::training::Training,
};
use pollster::block_on;

const SIZE: Size = Size {
    latent: 2,
    codes: 12,
    width: 16,
    depth: 2,
};

/// Another weight than 1, so that the commitment and the codebook term cannot be taken for each other.
const COMMITMENT: f64 = 0.25;

fn learner(dim: usize) -> Learner<VectorQuantized> {
    let mut rng = Rng::new(21, Stream::Init);
    Learner::new(
        VectorQuantized::new(dim, SIZE, &mut rng, &device().autodiff()),
        Training::DEFAULT,
    )
}

fn loss(net: &VectorQuantized, x: &Tensor<2>, held: &Held) -> Tensor<1> {
    let [reconstruction, codebook, commitment] = net.terms(x.clone().autodiff(), held);
    reconstruction + codebook + commitment * COMMITMENT
}

#[test]
fn a_straight_through_gradient_is_the_slope_of_the_loss_with_its_choices_held() {
    const H: f64 = 1e-2;
    for dim in [1, 2] {
        let x = batch(64, dim, 8);
        let mut learner = learner(dim);
        let held = learner.module().hold(x.clone().autodiff());
        let theta = learner.parameters();
        let gradient = learner.gradient(loss(learner.module(), &x, &held));
        let mut rng = Rng::new(9, Stream::Eval);
        let mut start = 0;
        // tensor by tensor, so that encoder, decoder and codebook answer each for itself
        for (index, size) in learner.parameter_sizes().into_iter().enumerate() {
            let own = gradient.clone().narrow(0, start, size);
            let random = rng.normal_tensor([1, size], &device()).reshape([size]) / (size as f64).sqrt();
            let u = own.clone() / own.clone().square().sum().sqrt() * 0.7 + random * 0.5;
            let expected: f64 = values((own * u.clone()).sum())[0].into();
            let mut at = |sign: f64| {
                let moved = theta.clone().narrow(0, start, size) + u.clone() * (sign * H);
                learner.set_parameters(theta.clone().slice_assign(start..start + size, moved));
                f64::from(values(loss(learner.module(), &x, &held).inner())[0])
            };
            let found = (at(1.0) - at(-1.0)) / (2.0 * H);
            let error = (found - expected).abs() / expected.abs().max(0.05);
            assert!(
                error < 0.02,
                "{dim}-D data, tensor {index}: slope {found}, gradient says {expected}"
            );
            start += size;
        }
    }
}

#[test]
fn each_point_takes_the_nearest_code() {
    let net = learner(2).frozen();
    let held = net.hold(batch(50, 2, 3));
    let distance = |a: &[f32], b: &[f32]| -> f32 { a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum() };
    let codebook = values(net.codes());
    let (encoded, code) = (values(held.encoded), values(held.code));
    for (z, chosen) in encoded.chunks(2).zip(code.chunks(2)) {
        let best = codebook.chunks(2).map(|e| distance(z, e)).fold(f32::INFINITY, f32::min);
        assert!(
            (distance(z, chosen) - best).abs() < 1e-6,
            "{z:?} takes {chosen:?}, at {best} there is a nearer one"
        );
    }
}

#[test]
fn codes_that_nobody_chose_come_back() {
    const FAR: f64 = 3.0;
    let mut learner = learner(2);
    // The codebook comes last. All but the first few codes start far from everything.
    let theta = learner.parameters();
    let (codes, start) = (SIZE.codes * SIZE.latent, theta.dims()[0] - SIZE.codes * SIZE.latent);
    let far = theta.clone().narrow(0, start + 4, codes - 4) + FAR;
    learner.set_parameters(theta.slice_assign(start + 4..start + codes, far));
    let unused = |learner: &Learner<VectorQuantized>| {
        values(learner.module().hold(batch(256, 2, 1).autodiff()).unused.sum().inner())[0]
    };
    let before = unused(&learner);
    assert!(before >= 8.0, "{before} codes are out of use at first");
    for step in 0..600 {
        let x = batch(128, 2, 100 + step);
        let held = learner.module().hold(x.clone().autodiff());
        let loss = loss(learner.module(), &x, &held);
        learner.set("learning_rate", 1e-2);
        learner.descend(loss);
    }
    let after = unused(&learner);
    assert!(after <= 1.0, "{after} of {} codes are still out of use", SIZE.codes);
}

#[test]
fn a_snapshot_keeps_the_counts_of_the_codes() {
    let mut session = Session::new(device());
    let patch = Patch {
        data: Some("8gaussians".into()),
        model: Some("vq-vae".into()),
        seed: Some(3.0),
        ..Patch::default()
    };
    session.configure(&patch).expect("configures");
    block_on(session.step(50)).expect("steps");
    let density = |session: &mut Session| {
        let request = FrameRequest {
            field: Some(FieldKind::LogDensity),
            side: 16,
            ..FrameRequest::default()
        };
        block_on(session.frame(&request))
            .expect("a frame")
            .field
            .expect("a density")
            .values
    };
    let expected = density(&mut session);
    let mut resumed = Session::new(device());
    let bytes = block_on(session.snapshot()).expect("a snapshot");
    resumed.restore(&bytes).expect("restores");
    assert_eq!(density(&mut resumed), expected);
}
