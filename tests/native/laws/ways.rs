//! What the way of a point through a model promises: it leads where the model's own maps lead, stop by stop, both ways through the same places.

use crate::common::{batch, device, small_model, values};
use burn::tensor::Tensor;
use dgm::{
    models::{
        spec::{Family, ModelSpec},
        way::{Stop, Toward},
    },
    rng::{Rng, Stream},
};

/// A sum of a divergence beside it makes a velocity of other roundings, and a solver asks for forty.
const AS_GOOD_AS_THE_SAME: f32 = 1e-3;

fn off(a: &Tensor<2>, b: &Tensor<2>) -> f32 {
    values((a.clone() - b.clone()).abs().max())[0]
}

pub fn a_way_leads_where_the_map_does(spec: &'static ModelSpec, dim: usize) {
    let what = format!("{} on {dim}-D data", spec.id);
    let model = small_model(spec, dim);
    let x = batch(64, dim, 5);
    let there = model.way(x.clone(), Toward::Latent);
    let mapped = model.latent_from_data(x.clone());
    assert_eq!(
        there.is_some(),
        mapped.is_some(),
        "{what}: a way to latents where there is a map to them"
    );
    let passes = matches!(spec.family, Family::Flow | Family::Diffusion);
    if let (Some(there), Some((z, _))) = (&there, mapped) {
        assert!(passes && there.len() > 2, "{what} has {} stops", there.len());
        assert_eq!(off(&there[0].1, &x), 0.0, "{what}: it begins at the data");
        let end = &there[there.len() - 1];
        assert!(off(&end.1, &z) < AS_GOOD_AS_THE_SAME, "{what}: it ends at the latents");
        let back = model.way(z.clone(), Toward::Data).expect("a way back");
        assert_eq!(off(&back[0].1, &z), 0.0, "{what}: the way back begins at the latents");
        let places = |way: &[(Stop, Tensor<2>)]| way.iter().map(|(stop, _)| *stop).collect::<Vec<_>>();
        let mut reversed = places(&back);
        reversed.reverse();
        assert_eq!(places(there).len(), reversed.len());
        for (i, (a, b)) in places(there).into_iter().zip(reversed).enumerate() {
            assert!(same(a, b), "{what}: place {i} is {a:?} there and {b:?} back");
            let (going, coming) = (&there[i].1, &back[back.len() - 1 - i].1);
            assert!(
                off(going, coming) < 2e-2,
                "{what}: {a:?} is passed {} apart",
                off(going, coming)
            );
        }
    }
    let codes = model.encode(x.clone());
    if let Some([mean, sigma]) = model.posterior(x) {
        let encoded = codes.clone().expect("what has a posterior encodes");
        assert_eq!(off(&mean, &encoded), 0.0, "{what}: codes lie about their means");
        assert!(values(sigma).iter().all(|&sigma| sigma >= 0.0), "{what}");
    }
    let latent = codes.map_or(dim, |codes| codes.dims()[1]);
    let z = Rng::new(3, Stream::Eval).normal_tensor([16, latent], &device());
    let data = model.data_from_latent(z.clone());
    let way = model.way(z, Toward::Data);
    assert_eq!(way.is_some(), data.is_some(), "{what}");
    if let (Some(way), Some(data)) = (way, data) {
        let end = &way[way.len() - 1].1;
        assert_eq!(off(end, &data), 0.0, "{what}: it ends at the data");
    }
}

/// Times are sums of steps from either end.
fn same(a: Stop, b: Stop) -> bool {
    match (a, b) {
        (Stop::Time { t: a }, Stop::Time { t: b }) => (a - b).abs() < 1e-9,
        _ => a == b,
    }
}

/// A code's width is that of the draws.
pub fn codes_are_drawn_as_wide_as_their_posterior(spec: &'static ModelSpec, dim: usize) {
    let model = small_model(spec, dim);
    let x = batch(1, dim, 5).repeat_dim(0, 4000);
    let Some([mean, sigma]) = model.posterior(x.clone()) else {
        return;
    };
    let drawn = model
        .draw_codes(x, &mut Rng::new(7, Stream::Eval))
        .expect("what has a posterior draws from it");
    let spread = values((drawn - mean).square().mean_dim(0).sqrt());
    for (spread, sigma) in spread.into_iter().zip(values(sigma)) {
        assert!(
            (spread - sigma).abs() <= 0.06 * sigma,
            "{} on {dim}-D data: draws spread {spread}, their posterior {sigma}",
            spec.id
        );
    }
}
