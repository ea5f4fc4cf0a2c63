//! Small tables of real measurements, two columns of numbers and perhaps one of classes, from files that ship beside the page. They are to a model
//! what a reader's own data are: finitely many points, of which some are held out, without a known density.
//!
//! Palmer penguins: K. Gorman, T. Williams, W. Fraser, PLoS ONE 9(3), 2014; A. Horst, A. Hill, K. Gorman, *palmerpenguins*, CC0. Old Faithful: W.
//! Härdle, *Smoothing Techniques with Implementation in S*, 1991. Irises: R. A. Fisher, *The Use of Multiple Measurements in Taxonomic Problems*,
//! 1936.

use super::{
    Dataset,
    own::{Own, OwnClasses, OwnColumn, OwnData, OwnDraws},
};
use crate::error::{Error, Result};
use std::sync::{Arc, OnceLock};

/// The files there are.
pub(super) const FILES: [&str; 3] = ["penguins.csv", "faithful.csv", "iris.csv"];

/// Columns of a file that are learned; a third one names classes.
const LEARNED: usize = 2;

static TABLES: [Table; 3] = [Table::of(FILES[0]), Table::of(FILES[1]), Table::of(FILES[2])];

/// A table that may have been read.
pub(super) struct Table {
    file: &'static str,
    own: OnceLock<Arc<Own>>,
}

/// Flipper length and body mass of three species of penguins.
pub fn penguins(noise: f64) -> Box<dyn Dataset> {
    TABLES[0].draws(noise)
}

/// Duration of a geyser's eruptions and the time to the next one.
pub fn faithful(noise: f64) -> Box<dyn Dataset> {
    TABLES[1].draws(noise)
}

/// Petal length and width of three species of irises.
pub fn iris(noise: f64) -> Box<dyn Dataset> {
    TABLES[2].draws(noise)
}

/// The table of that file.
pub(super) fn find(file: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.file == file)
}

impl Table {
    const fn of(file: &'static str) -> Self {
        Self {
            file,
            own: OnceLock::new(),
        }
    }

    /// Reads the text of its file; a second time changes nothing.
    pub fn take(&self, text: &str) -> Result<()> {
        if self.own.get().is_none() {
            let bad = |reason: String| Error::BadFile {
                file: self.file.into(),
                reason,
            };
            let data = OwnData {
                classes: classes(text),
                ..OwnData::of_columns(columns(text).map_err(bad)?)
            };
            let own = Own::new(data).map_err(|error| bad(error.to_string()))?;
            self.own.get_or_init(|| Arc::new(own));
        }
        Ok(())
    }

    pub fn is_taken(&self) -> bool {
        self.own.get().is_some()
    }

    /// # Panics
    /// Before its text was taken; [`super::registered`] looks first.
    fn draws(&self, noise: f64) -> Box<dyn Dataset> {
        let own = self.own.get().expect("the table was provided");
        Box::new(OwnDraws::new(own.clone(), noise))
    }
}

/// The columns to learn, below a line of names; cells are parted by commas.
fn columns(text: &str) -> std::result::Result<Vec<OwnColumn>, String> {
    let mut lines = text.lines();
    let names = lines.next().unwrap_or_default().split(',').take(LEARNED);
    let mut columns: Vec<OwnColumn> = names
        .map(|name| OwnColumn {
            name: name.into(),
            values: Vec::new(),
        })
        .collect();
    for (i, line) in lines.enumerate() {
        let mut cells = line.split(',');
        for column in &mut columns {
            let value = cells.next().and_then(|cell| cell.parse().ok());
            column
                .values
                .push(value.ok_or_else(|| format!("line {}: {line}", i + 2))?);
        }
    }
    Ok(columns)
}

/// What a third column says, in the order in which its names come.
fn classes(text: &str) -> Option<OwnClasses> {
    let mut names: Vec<String> = Vec::new();
    let mut labels = Vec::new();
    for line in text.lines().skip(1) {
        let name = line.split(',').nth(LEARNED)?;
        let known = names.iter().position(|known| known == name);
        labels.push(known.unwrap_or(names.len()) as u8);
        if known.is_none() {
            names.push(name.into());
        }
    }
    Some(OwnClasses { names, labels })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::registered;

    #[test]
    fn a_table_waits_for_its_file_and_refuses_a_broken_one() {
        let waiting = registered("iris", 0.0)
            .err()
            .expect("nothing was provided in this process");
        assert_eq!(waiting.code(), "data_not_loaded");
        let table = find("iris.csv").expect("one of the files");
        for text in [
            "",
            "length,width,species\n",
            "length,width\n1,2\n3\n",
            "length,width\n1,2\n3,four\n",
            "a,b\n1,2\n1,2\n",
        ] {
            assert_eq!(table.take(text).expect_err("refused").code(), "bad_file", "{text}");
        }
        assert!(!table.is_taken());
    }

    #[test]
    fn every_row_of_a_table_is_read() {
        for (text, rows, last) in [
            (include_str!("../../www/public/data/penguins.csv"), 342, [198.0, 3775.0]),
            (include_str!("../../www/public/data/faithful.csv"), 272, [4.467, 74.0]),
            (include_str!("../../www/public/data/iris.csv"), 150, [5.1, 1.8]),
        ] {
            for (column, last) in columns(text).expect("sound").iter().zip(last) {
                assert_eq!(
                    (column.values.len(), column.values.last()),
                    (rows, Some(&last)),
                    "{}",
                    column.name
                );
            }
        }
    }
}
