//! Stretches of a text as a model reads them.

/// `count` windows of one length, each of `length` tokens and the one after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Windows {
    pub count: usize,
    /// How many tokens of each are read, and as many are predicted.
    pub length: usize,
    /// `[count, length + 1]`.
    pub tokens: Vec<u32>,
}

impl Windows {
    /// Those of `tokens` that begin at `starts`.
    ///
    /// # Panics
    /// Where one reaches over the end.
    pub fn at(tokens: &[u32], starts: &[usize], length: usize) -> Self {
        Self {
            count: starts.len(),
            length,
            tokens: starts
                .iter()
                .flat_map(|&start| &tokens[start..=start + length])
                .copied()
                .collect(),
        }
    }

    fn rows(&self) -> impl Iterator<Item = &[u32]> {
        self.tokens.chunks_exact(self.length + 1)
    }

    /// What is read, `[count · length]`.
    pub fn read(&self) -> Vec<u32> {
        self.rows().flat_map(|row| &row[..self.length]).copied().collect()
    }

    /// What is to be predicted, `[count · length]`.
    pub fn next(&self) -> Vec<u32> {
        self.rows().flat_map(|row| &row[1..]).copied().collect()
    }
}
