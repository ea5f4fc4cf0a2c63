//! What a session with a text promises.

use super::{rhyme, session, utf16};
use crate::common::values;
use dgm::{
    data::text::{Stretch, Text, Windows},
    models::language::registry::LANGUAGE_MODELS,
    session::words::{Part, WordsPatch, WordsSession},
};
use pollster::block_on;

/// All characters of a part.
const ALL: usize = usize::MAX >> 1;

fn bits(session: &WordsSession, part: Part) -> f64 {
    block_on(session.evaluation(part, ALL).expect("configured"))
        .expect("measured")
        .value
}

fn weights(session: &WordsSession) -> Vec<u8> {
    block_on(session.snapshot()).expect("bytes")
}

#[test]
fn every_row_learns_what_a_table_of_pairs_cannot() {
    for row in LANGUAGE_MODELS {
        let mut session = session(row, 1.0);
        let floors = block_on(session.floors(Part::HeldOut, ALL).expect("configured")).expect("counted");
        assert_eq!(
            floors.iter().map(|floor| floor.id.as_str()).collect::<Vec<_>>(),
            ["ngram-2", "ngram-3", "ngram-4", "ngram-5"]
        );
        let start = bits(&session, Part::HeldOut);
        block_on(session.step(250)).expect("a finite loss");
        let end = bits(&session, Part::HeldOut);
        assert!(
            end < start - 2.0 && end < floors[0].value - 0.5,
            "{}: from {start} to {end}, pairs {}",
            row.id,
            floors[0].value
        );
    }
}

#[test]
fn the_same_seed_is_the_same_run_and_a_snapshot_goes_on_with_it() {
    for row in LANGUAGE_MODELS {
        let (mut a, mut b, mut other) = (session(row, 7.0), session(row, 7.0), session(row, 8.0));
        block_on(a.step(6)).expect("a finite loss");
        block_on(b.step(3)).expect("a finite loss");
        let halfway = weights(&b);
        let mut resumed = WordsSession::new(crate::common::device());
        assert_eq!(resumed.restore(&halfway).expect("its own bytes").step, 3);
        block_on(resumed.step(3)).expect("a finite loss");
        let losses = |session: &WordsSession| -> Vec<f32> {
            let rows = session.history().expect("configured");
            vec![rows.last().expect("a step").losses[0]]
        };
        block_on(b.step(3)).expect("a finite loss");
        block_on(other.step(6)).expect("a finite loss");
        assert_eq!(losses(&b), losses(&resumed), "{}", row.id);
        let written =
            |session: &WordsSession| block_on(session.write(&utf16("the "), 40, &Default::default())).expect("written");
        assert_eq!(
            bits(&a, Part::Choosing).to_bits(),
            bits(&resumed, Part::Choosing).to_bits(),
            "{}",
            row.id
        );
        assert_eq!(written(&a), written(&resumed), "{}", row.id);
        assert_ne!(bits(&a, Part::Choosing), bits(&other, Part::Choosing), "{}", row.id);
    }
}

#[test]
fn bytes_that_are_no_snapshot_change_nothing() {
    let mut session = session(&LANGUAGE_MODELS[0], 1.0);
    let before = weights(&session);
    for bytes in [&b""[..], b"dgmsnap5", &before[..before.len() / 2]] {
        assert_eq!(session.restore(bytes).expect_err("no snapshot").code(), "bad_snapshot");
        assert_eq!(weights(&session), before);
    }
}

#[test]
fn a_setting_acts_at_once_or_restarts_and_a_bad_one_changes_nothing() {
    let mut session = session(&LANGUAGE_MODELS[0], 1.0);
    block_on(session.step(2)).expect("a finite loss");
    let set = |session: &mut WordsSession, id: &str, value: f64| {
        session.configure(&WordsPatch {
            params: [(id.to_owned(), value)].into(),
            ..WordsPatch::default()
        })
    };
    let live = set(&mut session, "learning_rate", 0.01).expect("within range");
    assert!(!live.restarted && live.step == 2);
    assert_eq!(
        set(&mut session, "dropout", 2.0).expect_err("out of range").code(),
        "out_of_range"
    );
    assert_eq!(
        set(&mut session, "heads", 2.0).expect_err("a GRU has none").code(),
        "unknown_id"
    );
    assert_eq!(session.config().expect("configured"), live.config);
    let rebuilt = set(&mut session, "width", 30.0).expect("within range");
    assert!(rebuilt.restarted && rebuilt.step == 0);
}

/// Each character is foretold once, from half a window or more.
#[test]
fn surprise_is_that_of_the_model_character_by_character() {
    for row in LANGUAGE_MODELS {
        let mut session = session(row, 2.0);
        block_on(session.step(20)).expect("a finite loss");
        let text = Text::new(&rhyme()).expect("a sound text");
        let held_out = text.stretch(Stretch::Scores);
        let (characters, whole) = block_on(session.surprise(0, text.tokens().len())).expect("measured");
        assert_eq!(characters, rhyme());
        assert_eq!(whole.len(), characters.chars().count());
        let mean = |bits: &[f32]| bits.iter().map(|&bits| f64::from(bits)).sum::<f64>() / bits.len() as f64;
        let (_, alone) = block_on(session.surprise(held_out.start, held_out.len())).expect("measured");
        let score = bits(&session, Part::HeldOut);
        assert!(
            (mean(&alone) - score).abs() < 1e-4,
            "{}: {} against {score}",
            row.id,
            mean(&alone)
        );
        // the first window is read from the text's beginning, so a reader of all that came before agrees with it
        let cursor = block_on(session.cursor(&utf16(&rhyme()[..9]), 30)).expect("expected");
        let next = cursor
            .next
            .iter()
            .find(|likely| likely.character == rhyme().as_bytes()[9] as char)
            .expect("a known letter");
        assert!(
            (-next.probability.log2() - f64::from(whole[9])).abs() < 1e-3,
            "{}",
            row.id
        );
        assert!(block_on(session.surprise(held_out.end, 1)).is_err(), "past the end");
    }
}

#[test]
fn log_probabilities_of_windows_do_not_depend_on_their_neighbours() {
    for (name, model) in super::models(9) {
        let tokens: Vec<u32> = (0..40).map(|i| i * i % 9).collect();
        let of = |starts: &[usize]| values(model.log_prob(&Windows::at(&tokens, starts, 12)));
        let both = of(&[3, 20]);
        for (a, b) in both[12..].iter().zip(of(&[20])) {
            assert!((a - b).abs() < 1e-5, "{name}: {a}, {b}");
        }
    }
}

/// A text of one's own begins after a line's end; what a writer says of it, character by character, is what it costs.
#[test]
fn a_text_that_was_never_learned_costs_what_a_writer_says() {
    for row in LANGUAGE_MODELS {
        let mut session = session(row, 2.0);
        block_on(session.step(20)).expect("a finite loss");
        let text = "the hen sat";
        let found = block_on(session.log_prob(&utf16(text))).expect("measured");
        assert_eq!(found.len(), text.len());
        for (at, log_prob) in found.iter().enumerate() {
            let before = format!("\n{}", &text[..at]);
            let cursor = block_on(session.cursor(&utf16(&before), 40)).expect("expected");
            let character = text.as_bytes()[at] as char;
            let share = cursor.next.iter().find(|likely| likely.character == character);
            let expected = share.expect("a known letter").probability.ln();
            assert!(
                (f64::from(*log_prob) - expected).abs() < 1e-3,
                "{}, {character}: {log_prob}, not {expected}",
                row.id
            );
        }
        // one without a token is any of them, and is spelled
        let spelled = block_on(session.log_prob(&utf16("🙂"))).expect("measured");
        assert!(spelled[0] < -13.0, "{}: {}", row.id, spelled[0]);
        assert!(block_on(session.log_prob(&[])).expect("measured").is_empty());
        let broken = block_on(session.log_prob(&[0xd83d])).expect_err("half of a pair");
        assert_eq!(broken.code(), "passage_broken");
    }
}

#[test]
fn a_model_begins_with_how_often_each_token_is_met() {
    let text = Text::new(&rhyme()).expect("a sound text");
    let sequence = text.sequence();
    let shares: Vec<f64> = sequence.log_shares().iter().map(|&log| f64::from(log).exp()).collect();
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-6);
    let learned = text.training();
    let space = text.vocabulary().token(' ');
    let met = learned.iter().filter(|&&token| token == space).count() as f64 + 1.0;
    let all = (learned.len() + text.vocabulary().size()) as f64;
    assert!((shares[space as usize] - met / all).abs() < 1e-6);
    assert!(shares.iter().all(|&share| share > 0.0), "none is impossible");
    // without having learned, a state that says little needs few more bits; a transformer's first guess is what it has just read
    let entropy: f64 = shares.iter().map(|share| -share * share.log2()).sum();
    let start = bits(&session(&LANGUAGE_MODELS[0], 1.0), Part::HeldOut);
    assert!(start < entropy + 0.8, "{start} bits, {entropy} by the shares");
}
