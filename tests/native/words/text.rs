//! What a text is read as, and which are refused.

use super::{rhyme, utf16};
use crate::common::device;
use dgm::{
    data::text::{BYTES, FEWEST, MOST, PASSAGES, Stretch, Text, UNKNOWN, Windows},
    error::Error,
    models::language::registry::LANGUAGE_MODELS,
    rng::{Rng, Stream},
    session::words::WordsSession,
};
use pollster::block_on;

/// The file of a passage that ships.
fn shipped(file: &str) -> String {
    let path = format!("{}/www/public/data/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("it ships")
}

#[test]
fn what_cannot_be_learned_is_refused_by_code_and_changes_nothing() {
    let mut session = super::session(&LANGUAGE_MODELS[0], 1.0);
    block_on(session.step(1)).expect("a finite loss");
    let before = block_on(session.snapshot()).expect("bytes");
    let mut broken = utf16(&rhyme());
    broken[300] = 0xd83d;
    let refused = [
        (Vec::new(), "passage_too_short"),
        (utf16(&"ab".repeat(FEWEST / 2 - 1)), "passage_too_short"),
        (utf16(&"ab".repeat(BYTES / 2)), "passage_too_long"),
        (utf16(&"文".repeat(FEWEST)), "passage_constant"),
        (broken, "passage_broken"),
    ];
    for (text, code) in refused {
        let error = session.set_text(&text).expect_err(code);
        assert_eq!(error.code(), code);
        assert_eq!(block_on(session.snapshot()).expect("bytes"), before, "{code}");
    }
    let mut fresh = WordsSession::new(device());
    let missing = fresh.configure(&Default::default()).expect_err("no file was given");
    assert_eq!(missing.code(), "data_not_loaded");
    assert_eq!(
        fresh.provide("hamlet", "to be").expect_err("not registered").code(),
        "unknown_id"
    );
}

#[test]
fn a_broken_pair_is_named_by_its_place() {
    let units = [0x61, 0xd83d, 0xde00, 0xdc00];
    let error = dgm::data::text::decoded(&units).expect_err("half of a pair");
    assert_eq!(error, Error::TextBroken { index: 2 });
}

#[test]
fn any_script_is_read_by_its_characters() {
    let line = "שלום 🙂👩‍💻 你好 é\r\n";
    let text = Text::of_utf16(&utf16(&line.repeat(20))).expect("a sound text");
    let back: String = text
        .tokens()
        .iter()
        .map(|&token| text.vocabulary().character(token))
        .collect();
    assert_eq!(back, line.replace("\r\n", "\n").repeat(20));
}

#[test]
fn a_rare_character_is_unknown_and_pays_for_its_spelling() {
    let text = Text::new(&format!("x{}yz", "ab".repeat(300))).expect("a sound text");
    let vocabulary = text.vocabulary();
    assert_eq!(vocabulary.size(), 3, "a, b and the unknown");
    let [first, .., y, z] = text.tokens() else {
        panic!("tokens")
    };
    assert_eq!(
        [*first, *y, *z],
        [UNKNOWN; 3],
        "met once, and never where it is learned"
    );
    assert_eq!(text.passage(600..603), "byz", "and is shown as itself");
    assert!((vocabulary.spelling(UNKNOWN) - 1_112_064_f64.ln()).abs() < 1e-12);
    assert_eq!(vocabulary.spelling(vocabulary.token('a')), 0.0);
}

#[test]
fn stretches_part_a_text_and_batches_come_from_the_first() {
    let text = Text::new(&rhyme()).expect("a sound text");
    let [learned, choosing, scores] =
        [Stretch::Training, Stretch::Choosing, Stretch::Scores].map(|which| text.stretch(which));
    assert_eq!(
        [learned.start, learned.end, choosing.end, scores.end],
        [0, choosing.start, scores.start, text.tokens().len()]
    );
    let (learned, length) = (text.training(), 30);
    let draw = |seed| text.windows(50, length, &mut Rng::new(seed, Stream::Data));
    let windows = draw(4);
    assert_eq!(windows, draw(4), "the same stream draws the same");
    assert_ne!(windows, draw(5));
    for (row, (read, next)) in windows.tokens.chunks_exact(length + 1).zip(
        windows
            .read()
            .chunks_exact(length)
            .zip(windows.next().chunks_exact(length)),
    ) {
        assert!(
            learned.windows(length + 1).any(|place| place == row),
            "a stretch of what is learned"
        );
        assert_eq!((read, next), (&row[..length], &row[1..]));
    }
    let short = Windows::at(&[1, 2, 3], &[0, 1], 1);
    assert_eq!(short.tokens, [1, 2, 2, 3]);
}

#[test]
fn the_passages_that_ship_are_sound() {
    for row in PASSAGES {
        let file = shipped(row.file);
        assert!(
            (200_000..=500_000).contains(&file.len()),
            "{}: {} bytes",
            row.id,
            file.len()
        );
        let text = Text::new(&file).expect("a sound text");
        let size = text.vocabulary().size();
        assert!(size < MOST, "{}: {size} tokens", row.id);
        let unknown = text.tokens().iter().filter(|&&token| token == UNKNOWN).count();
        assert!(
            unknown < text.tokens().len() / 100,
            "{}: {unknown} unknown characters",
            row.id
        );
    }
}
