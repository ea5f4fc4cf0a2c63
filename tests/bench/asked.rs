//! What a bench is asked for: `[--seeds N] [WORD …]`.

/// How many seeds the command line asks for, and its other words.
pub fn asked() -> (u32, Vec<String>) {
    // Cargo passes --bench to every benchmark.
    let mut words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let seeds = match words.iter().position(|word| word == "--seeds") {
        Some(at) => {
            let number = words
                .get(at + 1)
                .and_then(|n| n.parse().ok())
                .expect("--seeds takes a number");
            words.drain(at..=at + 1);
            number
        }
        None => 5,
    };
    (seeds, words)
}
