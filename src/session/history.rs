//! The learning curve in bounded memory: even over all steps, so that the beginning of a long run is seen as well as its end.

use super::report::HistoryRow;
use serde::{Deserialize, Serialize};

/// Rows kept: more than a chart has pixels, and about a hundred kilobytes of a snapshot.
pub const MOST: usize = 4096;

/// Rows in the order of their steps.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct History(Vec<HistoryRow>);

impl History {
    /// Rows up to `step`, oldest first.
    pub fn until(&self, step: u64) -> &[HistoryRow] {
        &self.0[..self.0.partition_point(|row| row.step <= step)]
    }

    /// Logs a row; past [`MOST`] rows, neighbours become one.
    pub fn push(&mut self, row: HistoryRow) {
        self.0.push(row);
        if self.0.len() > MOST {
            self.thin();
        }
    }

    /// Neighbours become one as long as they stand for no more than their share of all steps, which leaves at most half of the rows.
    fn thin(&mut self) {
        let rows = std::mem::take(&mut self.0);
        let share = 4 * rows.last().map_or(0, |row| row.step) / MOST as u64;
        let mut start = 0;
        for row in rows {
            match self.0.last_mut() {
                Some(last) if row.step - start <= share => *last = joined(start, last, row),
                last => {
                    start = last.map_or(0, |row| row.step);
                    self.0.push(row);
                }
            }
        }
    }

    /// What came after `step` did not happen.
    pub fn forget_after(&mut self, step: u64) {
        self.0.truncate(self.until(step).len());
    }
}

/// One row in the place of two that follow the step `start`: means of their losses, weighted by the steps that each stands for.
fn joined(start: u64, first: &HistoryRow, second: HistoryRow) -> HistoryRow {
    let share = (first.step - start) as f64 / (second.step - start) as f64;
    let mean = |(&a, &b): (&f32, &f32)| (share * f64::from(a) + (1.0 - share) * f64::from(b)) as f32;
    HistoryRow {
        losses: first.losses.iter().zip(&second.losses).map(mean).collect(),
        ..second
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
            let before = history.0.last().map_or(0, |row: &HistoryRow| row.step);
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
        let rows = &history.0;
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
        let widest = rows.windows(2).map(|two| two[1].step - two[0].step).max();
        let even = 4 * 2 * turns / MOST as u64 + 3;
        assert!(
            widest <= Some(even),
            "no row stands for more than its share: {widest:?} of {even}"
        );
        assert!(rows.len() >= MOST / 4, "{} rows are left", rows.len());
    }

    #[test]
    fn a_short_run_keeps_every_row() {
        assert_eq!(of(MOST as u64).0.len(), MOST);
    }
}
