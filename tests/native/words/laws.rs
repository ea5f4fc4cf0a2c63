//! What must hold of every row, whatever it has learned.

use super::models;
use crate::common::{device, values};
use dgm::{
    data::text::{Sequence, Windows},
    models::{
        language::{
            gru::{GRU, Gru},
            predictor::Predictor,
            transformer::Transformer,
        },
        settings::Settings,
    },
    rng::{Rng, Stream},
};

const VOCABULARY: usize = 9;

fn tokens(n: usize) -> Vec<u32> {
    let mut rng = Rng::new(5, Stream::Data);
    (0..n).map(|_| rng.index(VOCABULARY) as u32).collect()
}

/// The derivative of what is foretold after place `at` in everything that is read, by place.
fn influence(net: &impl Predictor, at: usize) -> Vec<f32> {
    let (n, t) = (2, 10);
    let embedded = net.embed(&tokens(n * t), [n, t]).detach().require_grad();
    let logits = net.logits(net.foretelling(embedded.clone(), None)); // [n t, v]
    let here = logits.reshape([n, t, VOCABULARY]).narrow(1, at, 1);
    // a sum alone would be deaf to what moves logits against each other
    let mixed = here.square().sum()
        + net
            .logits(net.foretelling(embedded.clone(), None))
            .reshape([n, t, VOCABULARY])
            .narrow(1, at, 1)
            .sum();
    let grad = embedded.grad(&mixed.backward()).expect("the embedding is read");
    values(grad.abs().sum_dim(2).sum_dim(0))
}

fn looks_back_alone(net: &impl Predictor, name: &str) {
    for at in [0, 4, 9] {
        let by_place = influence(net, at);
        for (place, &size) in by_place.iter().enumerate() {
            assert_eq!(
                size > 0.0,
                place <= at,
                "{name}: place {place} has a share of {size} in what follows {at}"
            );
        }
    }
}

#[test]
fn no_derivative_towards_the_future() {
    let device = device().autodiff();
    let mut rng = Rng::new(1, Stream::Init);
    let sequence = Sequence::even(VOCABULARY);
    looks_back_alone(
        &Gru::new(&sequence, &Settings::defaults(GRU.params), &mut rng, &device),
        "gru",
    );
    let net = Transformer::sized(&sequence, 10, [16, 2, 4], 0.0, &mut rng, &device);
    looks_back_alone(&net, "transformer");
}

#[test]
fn cached_writing_is_the_uncached_pass_and_its_probabilities_sum_to_one() {
    for (name, mut model) in models(VOCABULARY) {
        // larger than at the start, so that what differs is seen
        let theta = model.parameters();
        model.set_parameters(theta * 2.0);
        let length = model.length();
        let all = tokens(length + 1);
        let uncached = values(model.log_prob(&Windows::at(&all, &[0], length)));
        let mut writer = model.writer();
        for (i, pair) in all.windows(2).enumerate() {
            let log_prob = values(writer.read(pair[0]));
            let total: f64 = log_prob.iter().map(|&log_p| f64::from(log_p).exp()).sum();
            assert!(
                (total - 1.0).abs() < 1e-5,
                "{name}: the shares at place {i} sum to {total}"
            );
            let cached = log_prob[pair[1] as usize];
            assert!(
                (cached - uncached[i]).abs() < 1e-4,
                "{name}, place {i}: {cached} cached, {} not",
                uncached[i]
            );
        }
    }
}

#[test]
fn who_writes_past_the_window_goes_on_from_its_younger_half() {
    for (name, model) in models(VOCABULARY) {
        let length = model.length();
        let all = tokens(length + 3);
        let mut long = model.writer();
        let last = all.iter().map(|&token| long.read(token)).last().expect("tokens");
        assert!(values(last.clone()).iter().all(|log_p| log_p.is_finite()), "{name}");
        if name == "transformer" {
            let mut short = model.writer();
            let again = all[length / 2..]
                .iter()
                .map(|&token| short.read(token))
                .last()
                .expect("tokens");
            assert_eq!(values(last), values(again), "{name}");
        }
    }
}

#[test]
fn heads_share_all_of_their_look_among_what_was_read() {
    for (name, model) in models(VOCABULARY) {
        let mut writer = model.writer();
        tokens(5).into_iter().for_each(|token| drop(writer.read(token)));
        let Some(shares) = writer.attention() else {
            assert_eq!(name, "gru", "only a state has nothing to show");
            continue;
        };
        assert_eq!(shares.dims(), [4, 5], "two layers of two heads, five tokens");
        for sum in values(shares.sum_dim(1)) {
            assert!((sum - 1.0).abs() < 1e-5, "{name}: {sum}");
        }
    }
}

#[test]
fn dropout_thins_a_step_and_nothing_else() {
    let mut settings = Settings::defaults(GRU.params);
    settings.set(GRU.params, "dropout", 0.5).expect("within range");
    let sequence = Sequence::even(VOCABULARY);
    let mut model = (GRU.build)(
        &sequence,
        &settings,
        &mut Rng::new(1, Stream::Init),
        &device().autodiff(),
    );
    let windows = Windows::at(&tokens(40), &[0, 7], 20);
    let loss = |rng: Option<&mut Rng>| values(model.loss(&windows, rng).inner())[0];
    let (plain, mean) = (loss(None), -values(model.log_prob(&windows).mean())[0]);
    assert!(
        (plain - mean).abs() < 1e-5,
        "what is measured is whole: {plain}, {mean}"
    );
    let mut rng = Rng::new(2, Stream::Noise);
    assert_ne!(loss(Some(&mut rng)), plain, "a thinned network is not");
    assert_ne!(
        values(model.train_step(&windows, &mut rng))[0],
        plain,
        "and a step thins"
    );
}
