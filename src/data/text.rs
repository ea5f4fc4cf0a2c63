//! Pasted text as points: a list of numbers, two columns of them, or a CSV with a header or a column of names.
//!
//! A line's cells end at commas, semicolons or tabs; within a cell, and on a line without any of these, spaces end words. A single line may also
//! end its rows with semicolons. Where every row that has numbers has exactly two, and there are at least two such rows, they are points of the
//! plane; anything else is points of the line, in reading order. A comma never is a decimal point: "1,5" is two numbers.

use super::Points;
use crate::error::{Error, Result};
use serde::Serialize;

/// How many of the entries that were left out are named.
const NAMED: usize = 5;

/// Longest name of one, in characters.
const NAME_LENGTH: usize = 24;

/// What a text held beside numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Skipped {
    /// How many entries were not numbers.
    pub count: usize,
    /// The first of them, shortened.
    pub first: Vec<String>,
}

impl Skipped {
    fn add(&mut self, entry: &str) {
        self.count += 1;
        if self.first.len() < NAMED {
            let mut name: String = entry.chars().take(NAME_LENGTH).collect();
            if name.len() < entry.len() {
                name.push('…');
            }
            self.first.push(name);
        }
    }
}

/// Reads the numbers of `text`; points of the line are `[n, 1]`, of the plane `[n, 2]`.
///
/// # Errors
/// [`Error::NoNumbers`], and [`Error::DataNotFinite`] for NaN, an infinity or a number too large to compute with. How many points are too few or
/// too many is for [`super::Custom`] to say.
pub fn points_from_text(text: &str) -> Result<(Points, Skipped)> {
    let mut skipped = Skipped::default();
    let mut rows: Vec<Vec<f32>> = Vec::new();
    for line in lines(text) {
        let row = numbers(line, &mut skipped);
        if !row.is_empty() {
            rows.push(row);
        }
    }
    let plane = rows.len() > 1 && rows.iter().all(|row| row.len() == 2);
    let values = rows.concat();
    if values.is_empty() {
        return Err(Error::NoNumbers);
    }
    if let Some(index) = values.iter().position(|value| !value.is_finite()) {
        return Err(Error::DataNotFinite { index });
    }
    let dim = if plane { 2 } else { 1 };
    Ok((Points { dim, values }, skipped))
}

fn ends_cell(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | ';' | '；' | '\t')
}

fn lines(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    match lines[..] {
        [only] if !only.contains('"') => only.split([';', '；']).collect(),
        _ => lines,
    }
}

/// The numbers of one line; what is none is counted.
fn numbers(line: &str, skipped: &mut Skipped) -> Vec<f32> {
    let mut found = Vec::new();
    for cell in cells(line) {
        let words: Vec<&str> = cell.split_whitespace().collect();
        let read: Vec<Option<f32>> = words.iter().map(|word| number(word)).collect();
        // A cell of a table is one entry: "Student 7" is a name, not the number 7. A line without cells is a list of words.
        if read.iter().all(Option::is_some) || cell.len() == line.len() {
            for (word, value) in words.iter().zip(read) {
                match value {
                    Some(value) => found.push(value),
                    None => skipped.add(word),
                }
            }
        } else {
            skipped.add(cell);
        }
    }
    found
}

/// The cells of a line, without their quotation marks; separators inside these do not count.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let split = line.split(move |c: char| {
        quoted ^= c == '"';
        !quoted && ends_cell(c)
    });
    split.map(|cell| cell.trim().trim_matches('"').trim())
}

fn number(word: &str) -> Option<f32> {
    match word {
        "∞" | "+∞" => Some(f32::INFINITY),
        "-∞" | "−∞" => Some(f32::NEG_INFINITY),
        _ => word.replace('−', "-").parse::<f64>().ok().map(|value| value as f32),
    }
}
