//! Which modes of a mixture a sampler finds, and how many of its samples lie near one.
//!
//! ```text
//! high quality: within 3 σ of a centre (per VEEGAN)      a mode is found when it has a high-quality sample
//! mode KL = Σ share log(share · modes), over the shares of high-quality samples
//! ```
//!
//! References: A. Srivastava et al., *VEEGAN*, 2017, arXiv:1705.07761; Z. Lin et al., *PacGAN*, 2018, arXiv:1712.04086.

use crate::data::{Modes, Points};

/// Radius around a centre, in standard deviations, within which a sample counts.
const RADIUS: f64 = 3.0;

/// The three customary figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// Modes with at least one high-quality sample.
    pub modes: usize,
    /// Share of samples that are of high quality, 0 to 1.
    pub high_quality: f64,
    /// KL of the mode counts to the uniform distribution, in nats; infinite where nothing is of high quality.
    pub mode_kl: f64,
}

/// Assigns each sample to its nearest centre and counts.
pub fn coverage(samples: &Points, modes: &Modes) -> Coverage {
    let mut counts = vec![0usize; modes.centres.len()];
    for sample in samples.rows() {
        let squared = |centre: &Vec<f64>| {
            sample
                .iter()
                .zip(centre)
                .map(|(x, c)| (f64::from(*x) - c).powi(2))
                .sum::<f64>()
        };
        let nearest = modes
            .centres
            .iter()
            .map(squared)
            .enumerate()
            .min_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((mode, squared)) = nearest
            && squared <= (RADIUS * modes.sigma).powi(2)
        {
            counts[mode] += 1;
        }
    }
    let good: usize = counts.iter().sum();
    let shares = counts
        .iter()
        .map(|&count| count as f64 / good as f64)
        .filter(|share| *share > 0.0);
    Coverage {
        modes: counts.iter().filter(|&&count| count > 0).count(),
        high_quality: good as f64 / samples.len() as f64,
        mode_kl: if good == 0 {
            f64::INFINITY
        } else {
            shares.map(|share| share * (share * counts.len() as f64).ln()).sum()
        },
    }
}
