//! The tables of counts, against sums by hand.

use dgm::models::language::ngram::Table;

const TEXT: [u32; 7] = [1, 2, 1, 2, 1, 3, 2];
const VOCABULARY: usize = 4;

fn close(found: f64, expected: f64, what: &str) {
    assert!(
        (found.exp() - expected).abs() < 1e-12,
        "{what}: {} where {expected} is right",
        found.exp()
    );
}

/// Pairs: 12 and 21 twice, 13 and 32 once, so D = 2 / (2 + 2 · 2) = 1/3. Ends of different pairs: 2 after 1 and 3, 1 after 2, 3 after 1, so D = 2 / (2 + 2) = 1/2
/// and p(2) = (3/2 + 1/2 · 3 · 1/4) / 4.
#[test]
fn pairs_are_as_by_hand() {
    let table = Table::new(&TEXT, 2, VOCABULARY);
    close(table.log_prob(&[], 2), 0.46875, "2 alone");
    close(table.log_prob(&[], 0), 0.09375, "the unknown alone");
    close(
        table.log_prob(&[1], 2),
        (2.0 - 1.0 / 3.0 + 2.0 / 3.0 * 0.46875) / 3.0,
        "2 after 1",
    );
    close(
        table.log_prob(&[1], 1),
        2.0 / 3.0 * 0.21875 / 3.0,
        "1 after 1, which never was",
    );
    close(table.log_prob(&[0], 3), 0.21875, "3 after what was never read");
}

/// Triples: 121 twice, 212, 213 and 132 once, so D = 3/5; of the pairs that different triples end on each is one, so D = 1.
#[test]
fn triples_are_as_by_hand() {
    let table = Table::new(&TEXT, 3, VOCABULARY);
    close(
        table.log_prob(&[3, 1, 2], 1),
        (2.0 - 0.6 + 0.6 * 0.21875) / 2.0,
        "1 after 12",
    );
    close(table.log_prob(&[3, 1], 2), 0.46875, "2 after 31, which never was");
}

#[test]
fn shares_after_any_context_sum_to_one() {
    for order in 1..=5 {
        let table = Table::new(&TEXT, order, VOCABULARY);
        for context in [
            &[][..],
            &[1],
            &[1, 2],
            &[2, 1, 2],
            &[1, 2, 1, 2],
            &[3, 3, 3, 3],
            &[2, 0],
        ] {
            let total: f64 = (0..VOCABULARY as u32)
                .map(|token| table.log_prob(context, token).exp())
                .sum();
            assert!((total - 1.0).abs() < 1e-12, "order {order} after {context:?}: {total}");
        }
    }
}
