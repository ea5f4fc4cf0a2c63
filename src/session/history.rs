//! The learning curve in bounded memory: the farther back, the coarser.

use super::report::HistoryRow;
use serde::{Deserialize, Serialize};

/// Rows kept: more than a chart has pixels, and about a hundred kilobytes of a snapshot.
pub const MOST: usize = 4096;

/// Rows in the order of their steps.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct History(Vec<HistoryRow>);

impl History {
    /// All rows, oldest first.
    pub fn rows(&self) -> &[HistoryRow] {
        &self.0
    }

    /// Logs a row; past [`MOST`] rows, every two of the older half become one.
    pub fn push(&mut self, row: HistoryRow) {
        self.0.push(row);
        if self.0.len() > MOST {
            let newer = self.0.split_off(MOST / 2);
            let mut start = 0;
            self.0 = self.0.chunks(2).map(|rows| joined(rows, &mut start)).collect();
            self.0.extend(newer);
        }
    }

    /// What came after `step` did not happen.
    pub fn forget_after(&mut self, step: u64) {
        self.0.retain(|row| row.step <= step);
    }
}

/// One row in the place of some: means of their losses, weighted by the steps that each stands for. `start` is the last step before them, and
/// then their last.
fn joined(rows: &[HistoryRow], start: &mut u64) -> HistoryRow {
    let last = rows.last().expect("chunks hold a row").clone();
    let mut losses = vec![0.0; last.losses.len()];
    let all = (last.step - *start) as f64;
    for row in rows {
        let share = (row.step - *start) as f64 / all;
        *start = row.step;
        losses
            .iter_mut()
            .zip(&row.losses)
            .for_each(|(sum, &loss)| *sum += share * f64::from(loss));
    }
    HistoryRow {
        losses: losses.into_iter().map(|loss| loss as f32).collect(),
        ..last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(turns: u64) -> History {
        let mut history = History::default();
        for turn in 1..=turns {
            // Turns of one and of three steps, whose loss is their middle.
            let step = 2 * turn + turn % 2;
            let before = history.rows().last().map_or(0, |row: &HistoryRow| row.step);
            history.push(HistoryRow {
                step,
                losses: vec![(step + before + 1) as f32 / 2.0],
                seconds: step as f64,
            });
        }
        history
    }

    #[test]
    fn a_long_run_keeps_few_rows_and_its_means() {
        let turns = 100_000;
        let history = of(turns);
        let rows = history.rows();
        assert!(rows.len() <= MOST, "{} rows", rows.len());
        let mut before = 0;
        for row in rows {
            assert!(row.step > before, "steps rise");
            let middle = (row.step + before + 1) as f32 / 2.0;
            assert!(
                (row.losses[0] / middle - 1.0).abs() < 1e-5,
                "steps {before} to {}: {}",
                row.step,
                row.losses[0]
            );
            before = row.step;
        }
        assert_eq!(before, 2 * turns, "the last turn stands");
        let newest = &rows[rows.len() - MOST / 2 + 1..];
        assert!(
            newest.windows(2).all(|two| two[1].step - two[0].step <= 3),
            "new rows are as they came"
        );
    }

    #[test]
    fn a_short_run_keeps_every_row() {
        assert_eq!(of(MOST as u64).rows().len(), MOST);
    }
}
