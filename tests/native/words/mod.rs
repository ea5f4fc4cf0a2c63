//! Texts, and the models that predict their next token.

mod floor;
mod foretold;
mod laws;
mod session;
mod text;
mod writing;

use crate::common::device;
use dgm::{
    data::text::Sequence,
    models::{
        language::{LanguageModel, registry::LANGUAGE_MODELS, spec::LanguageSpec},
        settings::Settings,
    },
    rng::{Rng, Stream},
    session::words::{WordsPatch, WordsSession},
};

/// Sizes that learn in a moment; what a row does not know is left out.
const SMALL: [(&str, f64); 7] = [
    ("width", 0.0),
    ("embedding", 12.0),
    ("depth", 2.0),
    ("heads", 2.0),
    ("length", 16.0),
    ("batch", 8.0),
    ("dropout", 0.0),
];

/// A row's settings at [`SMALL`]; a width that is a number is 24, one that is a choice the smallest.
fn small(spec: &'static LanguageSpec) -> Vec<(&'static str, f64)> {
    let known = SMALL
        .iter()
        .filter(|(id, _)| spec.params.iter().any(|param| param.id == *id));
    known
        .map(|&(id, value)| (id, if (id, spec.id) == ("width", "gru") { 24.0 } else { value }))
        .collect()
}

/// Every row, small, at its start.
fn models(vocabulary: usize) -> impl Iterator<Item = (&'static str, Box<dyn LanguageModel>)> {
    LANGUAGE_MODELS.iter().map(move |spec| {
        let mut settings = Settings::defaults(spec.params);
        for (id, value) in small(spec) {
            settings.set(spec.params, id, value).expect("within range");
        }
        let mut rng = Rng::new(3, Stream::Init);
        (
            spec.id,
            (spec.build)(&Sequence::even(vocabulary), &settings, &mut rng, &device().autodiff()),
        )
    })
}

/// A text of some sentences again and again, with turns that take a memory to foretell.
fn rhyme() -> String {
    let lines = [
        "the cat sat on the mat, ",
        "a dog ran to the log, ",
        "the hen is in the pen, ",
        "an owl saw a fowl. ",
    ];
    (0..60).map(|i| lines[(i * i + i / 3) % 4]).collect()
}

fn utf16(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

/// A session of a small model of that row with [`rhyme`].
fn session(model: &'static LanguageSpec, seed: f64) -> WordsSession {
    let mut session = WordsSession::new(device());
    session.set_text(&utf16(&rhyme())).expect("a sound text");
    let patch = WordsPatch {
        model: Some(model.id.into()),
        seed: Some(seed),
        params: small(model).into_iter().map(|(id, value)| (id.into(), value)).collect(),
        ..WordsPatch::default()
    };
    session.configure(&patch).expect("within range");
    session
}
