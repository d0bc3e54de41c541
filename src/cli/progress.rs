//! What a command is at, on a terminal; nothing anywhere else.

use std::time::Duration;

use indicatif::{HumanBytes, ProgressBar};

/// How often the sign of life moves.
const TICK: Duration = Duration::from_millis(100);

/// A line on standard error that says what is going on, and goes away in the end.
pub struct Progress(ProgressBar);

impl Progress {
    /// Shows `what`, if standard error is a terminal.
    pub fn start(what: &'static str) -> Self {
        let bar = ProgressBar::new_spinner();
        bar.set_message(what);
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// Goes on to something else.
    pub fn next(&self, what: &'static str) {
        self.0.set_message(what);
    }

    /// Shows how much has come in so far.
    pub fn received(&self, bytes: u64) {
        self.0.set_message(format!("reading: {}", HumanBytes(bytes)));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
