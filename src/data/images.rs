//! Small grey pictures, from a file that ships beside the page.
//!
//! Handwritten digits: E. Alpaydin and C. Kaynak, *Optical Recognition of Handwritten Digits*, UCI Machine Learning Repository, CC BY 4.0.

use super::Points;
use crate::{
    error::{Error, Result},
    rng::{Rng, Stream},
};
use std::sync::OnceLock;

/// Their file.
pub const DIGITS_FILE: &str = "digits.csv";

/// Pixels along a side of a digit.
const SIDE: usize = 8;

/// Grey levels of a digit's pixel, 0 for paper and 16 for ink.
pub const GREYS: usize = 17;

/// How many digits there are: the classes.
pub const DIGITS: usize = 10;

/// Images kept back for the scores, and as many again for choosing settings. No model trains on either.
const KEPT_BACK: usize = 250;

/// Seed of the split. Another one served while the defaults were chosen, so that this one's test images had no part in that.
const SPLIT: u64 = 1;

static DIGITS_READ: OnceLock<Images> = OnceLock::new();

/// Pictures to train on and pictures to score, parted at random once and for all.
#[derive(Debug)]
pub struct Images {
    pub training: Points,
    pub test: Points,
}

/// Takes the text of the digits' file; a second time changes nothing.
pub(super) fn take(text: &str) -> Result<()> {
    if DIGITS_READ.get().is_none() {
        let images = Images::parse(DIGITS_FILE, text)?;
        DIGITS_READ.get_or_init(|| images);
    }
    Ok(())
}

/// Whether it has been given.
pub(super) fn is_taken() -> bool {
    DIGITS_READ.get().is_some()
}

/// The digits.
///
/// # Panics
/// Before they were given; [`super::registered`] looks first.
pub(super) fn digits() -> &'static Images {
    DIGITS_READ.get().expect("the digits were provided")
}

impl Images {
    /// Reads lines of pixels and a label, parted by commas.
    fn parse(file: &str, text: &str) -> Result<Self> {
        let bad = |reason: String| Error::BadFile {
            file: file.into(),
            reason,
        };
        let mut rows: Vec<(Vec<f32>, u8)> = Vec::new();
        for (i, line) in text.lines().enumerate() {
            let numbers: std::result::Result<Vec<usize>, _> =
                line.split(',').map(|number| number.trim().parse()).collect();
            let numbers = numbers.map_err(|error| bad(format!("line {}: {error}", i + 1)))?;
            let Some((pixels, &[digit])) = numbers.split_first_chunk::<{ SIDE * SIDE }>() else {
                return Err(bad(format!(
                    "line {} holds {} numbers, not {}",
                    i + 1,
                    numbers.len(),
                    SIDE * SIDE + 1
                )));
            };
            if let Some(pixel) = pixels.iter().find(|&&pixel| pixel >= GREYS) {
                return Err(bad(format!("line {}: a pixel of {pixel}", i + 1)));
            }
            if digit >= DIGITS {
                return Err(bad(format!("line {}: a digit of {digit}", i + 1)));
            }
            rows.push((pixels.iter().map(|&pixel| pixel as f32).collect(), digit as u8));
        }
        if rows.len() <= 2 * KEPT_BACK {
            return Err(bad(format!("{} images are too few", rows.len())));
        }
        let mut rng = Rng::new(SPLIT, Stream::Eval);
        for last in (1..rows.len()).rev() {
            rows.swap(last, rng.index(last + 1));
        }
        let part = |rows: &[(Vec<f32>, u8)]| Points {
            dim: SIDE * SIDE,
            values: rows.iter().flat_map(|(pixels, _)| pixels).copied().collect(),
            labels: Some(rows.iter().map(|(_, digit)| *digit).collect()),
        };
        Ok(Self {
            test: part(&rows[..KEPT_BACK]),
            training: part(&rows[2 * KEPT_BACK..]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::registered;

    const TEXT: &str = include_str!("../../www/public/data/digits.csv");

    /// The first `n` lines with the last changed.
    fn broken(n: usize, change: impl Fn(&str) -> String) -> String {
        let mut lines: Vec<String> = TEXT.lines().take(n).map(str::to_owned).collect();
        let last = lines.last_mut().expect("there are lines");
        *last = change(last);
        lines.join("\n")
    }

    #[test]
    fn digits_wait_for_their_file_and_refuse_a_broken_one() {
        let waiting = registered("digits", 0.0)
            .err()
            .expect("nothing was provided in this process");
        assert_eq!(waiting.code(), "data_not_loaded");
        let texts = [
            broken(600, |line| line.replacen(',', ";", 1)),
            broken(600, |line| line.replacen("0,", "17,", 1)),
            broken(600, |line| format!("{line},1")),
            broken(600, |line| format!("{line}0")),
            broken(500, str::to_owned),
            String::new(),
        ];
        for text in texts {
            assert_eq!(take(&text).expect_err("refused").code(), "bad_file");
        }
        assert!(!is_taken());
    }

    #[test]
    fn every_image_of_the_file_is_in_one_part_or_kept_back() {
        let images = Images::parse(DIGITS_FILE, TEXT).expect("the file that ships is sound");
        assert_eq!((images.training.len(), images.test.len()), (1297, KEPT_BACK));
    }
}
