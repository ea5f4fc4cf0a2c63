//! States of a run to go back to, thinned so that they fit into a stated budget.
//!
//! A gap between two that are kept is as long, about, as a share of the way from it to the nearer end: close together where learning began, where most
//! happens, and where it stands, where a reader has just seen something; far apart in between. So the first and the last stay, and a run of any
//! length keeps about as many as another.

/// Bytes that the states of one run may take.
pub const BUDGET: usize = 64_000_000;

/// States kept: places enough on a slider.
pub const MOST: usize = 128;

struct Kept<T> {
    step: u64,
    bytes: usize,
    state: T,
}

/// States by their steps, which rise.
pub struct Timeline<T> {
    kept: Vec<Kept<T>>,
}

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self { kept: Vec::new() }
    }
}

impl<T> Timeline<T> {
    /// Keeps the state at `step`, in the place of one that was there; others go until all fit.
    pub fn keep(&mut self, step: u64, bytes: usize, state: T) {
        let at = self.kept.partition_point(|kept| kept.step < step);
        let kept = Kept { step, bytes, state };
        match self.kept.get_mut(at) {
            Some(there) if there.step == step => *there = kept,
            _ => self.kept.insert(at, kept),
        }
        while self.kept.len() > 2 && (self.kept.len() > MOST || self.bytes() > BUDGET) {
            self.kept.remove(self.least_missed());
        }
    }

    /// Bytes of all that is kept.
    pub fn bytes(&self) -> usize {
        self.kept.iter().map(|kept| kept.bytes).sum()
    }

    /// The one between the first and the last without which the gap is the smallest share of the way to the nearer end.
    fn least_missed(&self) -> usize {
        let step = |i: usize| self.kept[i].step;
        let last = self.kept.len() - 1;
        let share = |i: usize| {
            let (before, after) = (step(i - 1), step(i + 1));
            (after - before) as f64 / (after - step(0)).min(step(last) - before) as f64
        };
        (1..last)
            .min_by(|&a, &b| share(a).total_cmp(&share(b)))
            .expect("something stands between the first and the last")
    }

    /// Steps that can be gone to, rising.
    pub fn steps(&self) -> impl Iterator<Item = u64> {
        self.kept.iter().map(|kept| kept.step)
    }

    /// All states.
    pub fn states(&self) -> impl Iterator<Item = &T> {
        self.kept.iter().map(|kept| &kept.state)
    }

    /// The last state at or before `step`.
    pub fn at(&self, step: u64) -> Option<&T> {
        let after = self.kept.partition_point(|kept| kept.step <= step);
        Some(&self.kept[after.checked_sub(1)?].state)
    }

    /// The first state.
    pub fn first(&self) -> Option<&T> {
        self.kept.first().map(|kept| &kept.state)
    }

    /// What came after `step` did not happen.
    pub fn forget_after(&mut self, step: u64) {
        self.kept.retain(|kept| kept.step <= step);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A run of that many turns, each of `turn` steps, whose states take `bytes`.
    fn of(turns: u64, turn: u64, bytes: usize) -> Timeline<u64> {
        let mut timeline = Timeline::default();
        for step in (0..turns).map(|i| i * turn) {
            timeline.keep(step, bytes, step);
            assert!(timeline.bytes() <= BUDGET, "{} bytes at step {step}", timeline.bytes());
        }
        timeline
    }

    #[test]
    fn however_long_a_run_its_first_and_last_states_and_few_between_are_kept() {
        for (turns, turn) in [(2000, 1), (20_000, 7), (20_000, 400)] {
            let timeline = of(turns, turn, 1000);
            let steps: Vec<u64> = timeline.steps().collect();
            let last = (turns - 1) * turn;
            assert_eq!((steps[0], steps[steps.len() - 1]), (0, last));
            assert_eq!(steps.len(), MOST, "none was dropped without need");
            for pair in steps.windows(2) {
                let [before, after] = [pair[0], pair[1]];
                let way = after.min(last - before) as f64;
                let gap = (after - before) as f64;
                assert!(
                    gap <= (0.35 * way).max(turn as f64),
                    "{turns} turns: nothing between {before} and {after} of {last}"
                );
            }
            // as many near either end as between them: even spacing would leave one or two there
            let near = |end: u64| steps.iter().filter(|&&step| step.abs_diff(end) <= last / 20).count();
            assert!(
                near(0) > MOST / 5 && near(last) > MOST / 5,
                "{} and {}",
                near(0),
                near(last)
            );
        }
    }

    #[test]
    fn states_too_large_for_all_of_them_are_thinned_to_the_budget() {
        let timeline = of(1000, 10, BUDGET / 10);
        let steps: Vec<u64> = timeline.steps().collect();
        assert_eq!(steps.len(), 10, "as many as fit");
        assert_eq!((steps[0], steps[9]), (0, 9990));
    }

    #[test]
    fn a_state_is_found_by_its_step_or_a_later_one_until_it_did_not_happen() {
        let mut timeline = of(11, 10, 1);
        assert_eq!(
            (timeline.at(40), timeline.at(49), timeline.at(1000)),
            (Some(&40), Some(&40), Some(&100))
        );
        timeline.forget_after(35);
        assert_eq!((timeline.at(40), timeline.first()), (Some(&30), Some(&0)));
        timeline.keep(30, 1, 31);
        assert_eq!(
            (timeline.at(30), timeline.steps().count()),
            (Some(&31), 4),
            "one state a step"
        );
    }
}
