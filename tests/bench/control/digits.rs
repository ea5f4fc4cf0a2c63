//! What guidance buys and costs on the digits: how often a sample is of the digit asked for, by a classifier, and how far samples lie from images
//! that no model has learned.
//!
//! The classifier is a small perceptron on the pixels, learned from labels of the training images, slightly moved and blurred; its own accuracy on
//! images kept back is printed first, since nothing that it says of samples is surer.

use super::{HELD_OUT, Table, conditional, params, targets::median, value};
use burn::tensor::{Device, Tensor, activation::log_softmax};
use dgm::{
    data::{DIGITS_FILE, Points, Table as Rows, provide, registered},
    metrics::{energy_distance::energy_distance, precision_recall::precision_recall},
    models::{classes::one_hot, composition::Asked, registry},
    nn::{activation::Activation, mlp::Mlp, optim::Learner},
    rng::{Rng, Stream},
    session::Session,
    spec::training::{Optimizer, Training},
    tensors::tensor,
};
use pollster::block_on;

/// Models with the data and the steps of the bench of quality.
const MODELS: &[(&str, &str, usize)] = &[
    ("made-pixels", "digits", 3000),
    ("made-pixels-orders", "digits", 3000),
    ("vae-pixels", "digits-binary", 4000),
    ("vae-prior-pixels", "digits-binary", 4000),
    ("nsf-pixels", "digits", 1200),
];

const DIGITS: usize = 10;
const PIXELS: usize = 64;
const SIDE: usize = 8;

/// Samples of each digit.
const OF_A_DIGIT: usize = 100;

/// Strengths at which models that can be guided are looked at.
const STRENGTHS: [f64; 6] = [0.0, 0.25, 0.5, 1.0, 2.0, 4.0];

/// Neighbours behind precision and recall.
const NEIGHBOURS: usize = 5;

/// Updates of the classifier, and images in each.
const UPDATES: usize = 3000;
const BATCH: usize = 128;

/// Standard deviation of the noise on pixels that it learns with, as a share of the darkest grey.
const NOISE: f64 = 0.1;

/// Says of pictures which digit they are.
struct Classifier {
    net: Mlp,
    /// The darkest grey of the data.
    darkest: f32,
    device: Device,
}

impl Classifier {
    /// Learns from the labels of what models learn too.
    fn trained(data: &str) -> Self {
        let data = registered(data, 0.0).expect("registered");
        let darkest = (data.levels().expect("pixels have levels") - 1) as f32;
        let device = Device::flex();
        let mut rng = Rng::new(5, Stream::Init);
        let net = Mlp::new(
            &[PIXELS, 128, 64, DIGITS],
            Activation::Silu,
            1.0,
            &mut rng,
            &device.clone().autodiff(),
        );
        let training = Training {
            learning_rate: 2e-3,
            optimizer: Optimizer::AdamW,
            weight_decay: 0.1,
            average: 0.99,
            ..Training::DEFAULT
        };
        let mut learner = Learner::new(net, training);
        for _ in 0..UPDATES {
            let points = data.training(BATCH, &mut rng);
            let y = one_hot(points.labels.as_ref().expect("labels"), DIGITS, &device);
            let moved: Vec<f32> = points.rows().flat_map(|image| shifted(image, &mut rng)).collect();
            let x = tensor(moved, [BATCH, PIXELS], &device) / darkest;
            let x = x + rng.normal_tensor([BATCH, PIXELS], &device) * NOISE;
            let logits = learner.module().forward(x.autodiff());
            let loss = (log_softmax(logits, 1) * y.autodiff()).sum_dim(1).mean().neg();
            learner.descend(loss);
        }
        Self {
            net: learner.frozen(),
            darkest,
            device,
        }
    }

    /// The share of these images that it takes for what they are.
    fn accuracy(&self, images: &[f32], labels: &[u8]) -> f64 {
        let x = tensor(images.to_vec(), [labels.len(), PIXELS], &self.device) / self.darkest;
        let logits: Tensor<2> = self.net.forward(x);
        let logits = logits.into_data();
        let rows = logits.as_slice::<f32>().expect("f32").chunks_exact(DIGITS);
        let right = rows.zip(labels).filter(|(row, label)| {
            let found = (0..DIGITS).max_by(|&a, &b| row[a].total_cmp(&row[b]));
            found == Some(usize::from(**label))
        });
        right.count() as f64 / labels.len() as f64
    }
}

/// The image as it is, or one pixel to a side, where its margin is empty.
fn shifted(image: &[f32], rng: &mut Rng) -> Vec<f32> {
    let (down, right) = ([0, 0, 1, -1][rng.index(4)], [0, 0, 1, -1][rng.index(4)]);
    let at = |row: i32, column: i32| {
        let inside = |place: i32| (0..SIDE as i32).contains(&place);
        let here = inside(row) && inside(column);
        if here {
            image[row as usize * SIDE + column as usize]
        } else {
            0.0
        }
    };
    let places = (0..SIDE as i32).flat_map(|row| (0..SIDE as i32).map(move |column| (row, column)));
    places.map(|(row, column)| at(row - down, column - right)).collect()
}

/// 100 samples of each digit.
fn samples(session: &Session) -> (Points, Vec<u8>) {
    let (mut values, mut labels) = (Vec::new(), Vec::new());
    for digit in 0..DIGITS {
        let drawn: Rows = block_on(session.sample_of(OF_A_DIGIT, Asked::Class(digit))).expect("samples");
        values.extend(drawn.values.iter().map(|&value| value as f32));
        labels.extend([digit as u8; OF_A_DIGIT]);
    }
    (Points::new(PIXELS, values), labels)
}

/// Every model that can be told digits, guided where it can be.
pub fn measure(table: &mut Table, seeds: u32, words: &[String]) {
    provide(DIGITS_FILE, include_str!("../../../www/public/data/digits.csv")).expect("digits");
    let wanted = |model: &str| words.is_empty() || words.iter().any(|word| word == model || word == "digits");
    let chosen: Vec<_> = MODELS.iter().filter(|(model, ..)| wanted(model)).collect();
    if chosen.is_empty() {
        return;
    }
    table.row("");
    table.head("| model | data | w | of the digit asked for | energy distance to images kept back | precision | recall | −log P (nats) |");
    for &&(model, data, steps) in &chosen {
        let classifier = Classifier::trained(data);
        let set = registered(data, 0.0).expect("registered");
        let test = set.held_out(HELD_OUT, &mut Rng::new(1, Stream::Eval));
        let labels = test.labels.as_ref().expect("labels");
        let known = classifier.accuracy(&test.values, labels);
        table.row(&format!("| classifier | {data} | | {known:.4} | | | | |"));
        let able = registry::find(model)
            .expect("a row")
            .params
            .iter()
            .any(|param| param.id == "guidance");
        let strengths = if able { &STRENGTHS[..] } else { &STRENGTHS[..1] };
        let mut found = vec![Vec::new(); strengths.len()];
        for seed in 1..=seeds {
            let (mut session, _) = conditional(data, model, steps, seed);
            for (rows, &w) in found.iter_mut().zip(strengths) {
                if able {
                    session.configure(&params(&[("guidance", w)])).expect("within range");
                }
                let (drawn, asked) = samples(&session);
                let near = precision_recall(&drawn, &test, NEIGHBOURS);
                let scores = block_on(session.evaluate(HELD_OUT)).expect("scores");
                let distance = energy_distance(&drawn, &test).value / f64::from(classifier.darkest);
                let of_asked = classifier.accuracy(&drawn.values, &asked);
                rows.push([
                    of_asked,
                    distance,
                    near.precision.value,
                    near.recall.value,
                    value(&scores, "nll"),
                ]);
            }
        }
        for (rows, w) in found.iter().zip(strengths) {
            let [asked, distance, precision, recall, nll] =
                [0, 1, 2, 3, 4].map(|i| median(&rows.iter().map(|row| row[i]).collect::<Vec<_>>()));
            table.row(&format!(
                "| {model} | {data} | {w} | {asked:.4} | {distance:.4} | {precision:.3} | {recall:.3} | {nll:.2} |"
            ));
        }
    }
}
