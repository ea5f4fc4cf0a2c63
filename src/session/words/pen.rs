//! What writes, kept so that who goes on where it stopped need not read everything again.

use crate::{error::Result, models::language::Writer, session::frame::read};

/// What has read a beginning and can go on from it.
pub struct Pen {
    pub writer: Box<dyn Writer>,
    /// log P of what may come next; empty before anything is read.
    pub log_prob: Vec<f32>,
    /// What it has read, and how many steps the model had learned for.
    pub behind: Vec<u32>,
    pub step: u64,
}

impl Pen {
    /// Before it has read anything.
    pub fn new(writer: Box<dyn Writer>, step: u64) -> Self {
        Self {
            writer,
            log_prob: Vec::new(),
            behind: Vec::new(),
            step,
        }
    }

    /// Reads one more token.
    pub async fn read(&mut self, token: u32) -> Result<()> {
        self.behind.push(token);
        self.log_prob = read(self.writer.read(token)).await?;
        Ok(())
    }
}
