//! Trains models of texts on the passages that ship, for a while each, and prints bits per character beside those of the tables of counts.
//!
//! `words [SECONDS [MODEL [TEXT [SETTING=VALUE …]]]]`, by default 300 seconds of every model on every text.

use dgm::{
    data::text::PASSAGES,
    models::language::registry::LANGUAGE_MODELS,
    session::words::{Part, Taste, WordsPatch, WordsSession},
};
use pollster::block_on;
use std::fs;

/// All characters of a part.
const ALL: usize = usize::MAX >> 1;

/// Seconds that this thread has computed: others may share the machine.
fn computed() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let nanoseconds: f64 = stat.split(' ').next().expect("a number").parse().expect("a number");
    nanoseconds / 1e9
}

fn main() {
    // Cargo passes --bench to every benchmark.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let budget: f64 = words.first().map_or(300.0, |word| word.parse().expect("seconds"));
    let wanted = |at: usize, id: &str| words.get(at).is_none_or(|word| word == id || word == "all");
    let params = words.iter().skip(3).map(|word| {
        let (id, value) = word.split_once('=').expect("SETTING=VALUE");
        (id.to_owned(), value.parse().expect("a number"))
    });
    let params: std::collections::BTreeMap<String, f64> = params.collect();
    for passage in PASSAGES.iter().filter(|row| wanted(2, row.id)) {
        for model in LANGUAGE_MODELS.iter().filter(|row| wanted(1, row.id)) {
            let mut session = WordsSession::new(burn::tensor::Device::flex());
            let path = format!("{}/www/public/data/{}", env!("CARGO_MANIFEST_DIR"), passage.file);
            let text = fs::read_to_string(path).expect("the passage ships");
            session.provide(passage.id, &text).expect("a sound text");
            let patch = WordsPatch {
                text: Some(passage.id.into()),
                model: Some(model.id.into()),
                params: params.clone(),
                ..WordsPatch::default()
            };
            let applied = session.configure(&patch).expect("within range");
            println!(
                "{} on {}: {} tokens, {params:?}",
                model.id, passage.id, applied.vocabulary
            );
            let floors = block_on(session.floors(Part::HeldOut, ALL).expect("configured")).expect("counted");
            for floor in floors {
                println!("  {} {:.3} ± {:.3}", floor.id, floor.value, floor.stderr);
            }
            let (mut seconds, mut told) = (0.0, 0.0);
            while seconds < budget {
                let start = computed();
                let report = block_on(session.step(10)).expect("a finite loss");
                seconds += computed() - start;
                if seconds >= told + budget / 6.0 || seconds >= budget {
                    told = seconds;
                    let bits = |part| block_on(session.evaluation(part, ALL).expect("configured")).expect("measured");
                    let (choosing, held_out) = (bits(Part::Choosing), bits(Part::HeldOut));
                    println!(
                        "  {seconds:.0} s, step {}: loss {:.3} bits, choosing {:.3}, held out {:.3} ± {:.3}",
                        report.step,
                        report.losses[0] / std::f32::consts::LN_2,
                        choosing.value,
                        held_out.value,
                        held_out.stderr
                    );
                }
            }
            let prompt: Vec<u16> = "\n".encode_utf16().collect();
            let taste = Taste {
                temperature: 0.7,
                ..Taste::default()
            };
            println!(
                "  {:?}",
                block_on(session.write(&prompt, 200, &taste)).expect("written")
            );
        }
    }
}
