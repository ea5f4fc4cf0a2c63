//! What fresh data score against data by the measures that samples are judged by.

use super::config::{CUSTOM, Choice};
use crate::{
    breath::breathe,
    data::{Dataset, Modes, Points},
    metrics::{
        Estimate,
        coverage::coverage,
        density_coverage::density_coverage,
        energy_distance::energy_distance,
        floor::floor,
        mmd::{median_distance, mmd_squared},
        precision_recall::precision_recall,
        sliced_wasserstein::sliced_wasserstein,
    },
    rng::Rng,
};
use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::{Rc, Weak},
};

/// Points of each set in what costs the square of their number.
const PAIRED: usize = 800;

/// Points of each set whose neighbours are sought, and which neighbour bounds a ball (Naeem et al. 2020).
const NEIGHBOURS: usize = 2000;
const K: usize = 5;

/// Pairs of fresh data sets behind a floor, and single ones behind that of modes: the error of a floor is then itself known to a quarter.
const FLOOR_PAIRS: usize = 8;

/// Two sets compared: the same seven numbers of samples and data, and of data and data.
const COMPARISONS: usize = 7;

/// What depends on the data and the seed alone, so that it is worked out once for all runs on them.
pub struct Floors {
    /// The points that samples are compared with.
    pub data: Points,
    /// Of the Gaussian kernel, in data units.
    pub bandwidth: f64,
    pub comparisons: [Estimate; COMPARISONS],
    /// Of modes found, high quality and mode KL.
    pub modes: Option<[Estimate; 3]>,
}

impl Floors {
    /// Those of `source`, from sets of `count` points each.
    pub async fn of(source: &dyn Dataset, count: usize, rng: &mut Rng) -> Self {
        let data = source.held_out(count, rng);
        let bandwidth = median_distance(&data).max(f64::MIN_POSITIVE);
        let mut pairs = Vec::with_capacity(FLOOR_PAIRS);
        for _ in 0..FLOOR_PAIRS {
            let [one, other] = source.two_sets(count, rng);
            pairs.push(compare(&one, &other, bandwidth).await.map(|score| score.value));
        }
        let comparisons = floor(&pairs);
        let modes = source.modes().map(|modes| {
            let sets: Vec<_> = (0..FLOOR_PAIRS)
                .map(|_| mode_scores(&source.held_out(count, rng), &modes).map(|score| score.value))
                .collect();
            floor(&sets)
        });
        Self {
            data,
            bandwidth,
            comparisons,
            modes,
        }
    }
}

/// Floors as the runs on one data set and seed share them, in whatever sessions of this thread they are.
#[derive(Default)]
pub struct Shared {
    known: OnceCell<Floors>,
    /// Whether somebody works them out.
    busy: Cell<bool>,
}

thread_local! {
    static ALL: RefCell<Vec<(Choice, Weak<Shared>)>> = const { RefCell::new(Vec::new()) };
}

impl Shared {
    /// Those of all runs that measure as `choice` does. A reader's own data are known by name to one session alone.
    pub fn of(choice: &Choice) -> Rc<Self> {
        if choice.data == CUSTOM {
            return Rc::default();
        }
        ALL.with_borrow_mut(|all| {
            all.retain(|(_, shared)| shared.strong_count() > 0);
            let same = all.iter().find(|(known, _)| known.measures_the_same_as(choice));
            same.and_then(|(_, shared)| shared.upgrade()).unwrap_or_else(|| {
                let shared = Rc::default();
                all.push((choice.clone(), Rc::downgrade(&shared)));
                shared
            })
        })
    }

    /// The floors, where they are known.
    #[cfg(test)]
    pub fn get(&self) -> Option<&Floors> {
        self.known.get()
    }

    /// The floors, worked out by whoever comes first; the others wait.
    pub async fn get_or_work_out(&self, source: &dyn Dataset, count: usize, rng: &mut Rng) -> &Floors {
        while self.busy.get() && self.known.get().is_none() {
            breathe().await;
        }
        if self.known.get().is_none() {
            let _busy = Busy::at(&self.busy);
            let floors = Floors::of(source, count, rng).await;
            // nobody else was at it
            let _ = self.known.set(floors);
        }
        self.known.get().expect("known by now")
    }
}

/// Set while this lives, also where the work is given up in the middle.
struct Busy<'a>(&'a Cell<bool>);

impl<'a> Busy<'a> {
    fn at(busy: &'a Cell<bool>) -> Self {
        busy.set(true);
        Self(busy)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

/// A score that so few points do not have.
const UNKNOWN: Estimate = Estimate {
    value: f64::NAN,
    stderr: f64::NAN,
};

/// Every two-sample score: sliced Wasserstein, energy distance, MMD², precision, recall, density, coverage; NaN for what the sets are too small for.
pub async fn compare(samples: &Points, data: &Points, bandwidth: f64) -> [Estimate; COMPARISONS] {
    let [few_samples, few_data] = [samples, data].map(|points| points.first(PAIRED));
    let [some_samples, some_data] = [samples, data].map(|points| points.first(NEIGHBOURS));
    let fewest = samples.len().min(data.len());
    breathe().await;
    // Its directions are those of the plane.
    let distance = if data.dim <= 2 {
        sliced_wasserstein(samples, data)
    } else {
        UNKNOWN
    };
    breathe().await;
    let pairs = |of: &dyn Fn() -> Estimate| if fewest > 1 { of() } else { UNKNOWN };
    let energy = pairs(&|| energy_distance(&few_samples, &few_data));
    breathe().await;
    let mmd = pairs(&|| mmd_squared(&few_samples, &few_data, bandwidth));
    breathe().await;
    let neighbours = if fewest > K {
        let shares = precision_recall(&some_samples, &some_data, K);
        breathe().await;
        let balls = density_coverage(&some_samples, &some_data, K);
        [shares.precision, shares.recall, balls.density, balls.coverage]
    } else {
        [UNKNOWN; 4]
    };
    let [precision, recall, density, coverage] = neighbours;
    [distance, energy, mmd, precision, recall, density, coverage]
}

/// Every score of a mixture's components: modes found, high quality, mode KL.
pub fn mode_scores(samples: &Points, modes: &Modes) -> [Estimate; 3] {
    let found = coverage(samples, modes);
    [Estimate::exactly(found.modes as f64), found.high_quality, found.mode_kl]
}
