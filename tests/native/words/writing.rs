//! Writing on: which tokens may be chosen, and how.

use super::{session, utf16};
use dgm::{
    models::language::registry::LANGUAGE_MODELS,
    session::words::{Taste, WordsSession},
};
use pollster::block_on;

/// log of shares of the unknown and four tokens.
fn log_prob() -> Vec<f32> {
    [0.2, 0.4, 0.1, 0.2, 0.1].map(f32::ln).into()
}

fn shares(taste: Taste) -> Vec<(u32, f64)> {
    taste.shares(&log_prob())
}

fn agree(found: &[(u32, f64)], expected: &[(u32, f64)]) {
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (a, b) in found.iter().zip(expected) {
        assert!(
            a.0 == b.0 && (a.1 - b.1).abs() < 1e-6,
            "{found:?} where {expected:?} is right"
        );
    }
}

#[test]
fn the_unknown_is_never_written_and_the_rest_keep_their_proportions() {
    agree(
        &shares(Taste::default()),
        &[(1, 0.5), (3, 0.25), (2, 0.125), (4, 0.125)],
    );
}

#[test]
fn temperature_sharpens_and_zero_takes_the_likeliest() {
    let sharp = Taste {
        temperature: 0.5,
        ..Taste::default()
    };
    agree(
        &shares(sharp),
        &[(1, 16.0 / 22.0), (3, 4.0 / 22.0), (2, 1.0 / 22.0), (4, 1.0 / 22.0)],
    );
    let greedy = Taste {
        temperature: 0.0,
        ..Taste::default()
    };
    assert_eq!(shares(greedy)[0], (1, 1.0));
}

#[test]
fn top_k_and_nucleus_leave_the_fewest_that_they_should() {
    agree(
        &shares(Taste {
            top_k: 2,
            ..Taste::default()
        }),
        &[(1, 2.0 / 3.0), (3, 1.0 / 3.0)],
    );
    agree(
        &shares(Taste {
            top_p: 0.6,
            ..Taste::default()
        }),
        &[(1, 2.0 / 3.0), (3, 1.0 / 3.0)],
    );
    agree(
        &shares(Taste {
            top_p: 0.0,
            ..Taste::default()
        }),
        &[(1, 1.0)],
    );
}

#[test]
fn what_is_written_follows_the_prompt_its_seed_and_nothing_else() {
    for row in LANGUAGE_MODELS {
        let mut session = session(row, 1.0);
        block_on(session.step(60)).expect("a finite loss");
        let write = |prompt: &str, n, seed| {
            let taste = Taste {
                seed,
                ..Taste::default()
            };
            block_on(session.write(&utf16(prompt), n, &taste)).expect("written")
        };
        assert_eq!(write("the c", 60, 1), write("the c", 60, 1), "{}", row.id);
        assert_ne!(write("the c", 60, 1), write("the c", 60, 2), "{}", row.id);
        let (short, long) = (write("the c", 20, 1), write("the c", 60, 1));
        assert!(long.starts_with(&short), "{}: {short:?} grows to {long:?}", row.id);
        assert_eq!(write("", 5, 1).chars().count(), 5, "{}", row.id);
        // frequencies of the first letter are the cursor's shares
        let cursor = block_on(session.cursor(&utf16("on the "), 3)).expect("expected");
        let likeliest = &cursor.next[0];
        let n = 200;
        let met = (0..n)
            .filter(|&seed| write("on the ", 1, seed).starts_with(likeliest.character))
            .count();
        let (share, p) = (met as f64 / f64::from(n), likeliest.probability);
        let error = (p * (1.0 - p) / f64::from(n)).sqrt();
        assert!(
            (share - p).abs() < 5.0 * error + 0.01,
            "{}: {share} of samples, {p} expected",
            row.id
        );
        assert_eq!(cursor.attention.is_empty(), !row.attends, "{}", row.id);
    }
}

#[test]
fn a_choice_that_is_none_is_refused() {
    let session = session(&LANGUAGE_MODELS[0], 1.0);
    for taste in [
        Taste {
            temperature: -1.0,
            ..Taste::default()
        },
        Taste {
            temperature: f64::NAN,
            ..Taste::default()
        },
        Taste {
            top_p: 1.5,
            ..Taste::default()
        },
    ] {
        let error = block_on(session.write(&utf16("a"), 3, &taste)).expect_err("no such choice");
        assert_eq!(error.code(), "out_of_range");
    }
    let lone = [0xd83d];
    let error = block_on(session.write(&lone, 3, &Taste::default())).expect_err("half a character");
    assert_eq!(error.code(), "passage_broken");
}

/// Who goes on where the pen stopped gets what a reader of all of it would get, also after the model has learned more.
#[test]
fn writing_in_pieces_reads_no_less_than_writing_from_the_start() {
    for row in LANGUAGE_MODELS {
        let mut session = session(row, 1.0);
        let greedy = Taste {
            temperature: 0.0,
            ..Taste::default()
        };
        let write = |session: &WordsSession, prompt: &str, n| {
            block_on(session.write(&utf16(prompt), n, &greedy)).expect("written")
        };
        for _ in 0..2 {
            block_on(session.step(20)).expect("a finite loss");
            let whole = write(&session, "the hen", 8);
            let first = write(&session, "the hen", 4);
            let second = write(&session, &format!("the hen{first}"), 4);
            assert_eq!(whole, first + &second, "{}", row.id);
        }
    }
}
