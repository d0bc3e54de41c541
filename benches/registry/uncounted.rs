//! Servers that set no limits to their callers, of which a benchmark is a hasty one.

use std::time::Duration;

use crate::Outcome;
use crate::shared::process::Server;

/// A configuration in which no caller is counted.
pub const UNCOUNTED: &str = "[limits]\ncost_per_minute = 0\nrequests_per_second = 0\nmutations_per_minute = 0\n\
    streams_per_caller = 0\nsubscriptions_per_caller = 0\npublish_cost = false\n";

impl Server {
    /// Starts a server that counts no caller and tells how long each answer took; returns it with the time from start to
    /// first answer.
    pub fn start(database: &str) -> Outcome<(Self, Duration)> {
        Self::start_with(database, &format!("{UNCOUNTED}[http]\nserver_timing = true\n"))
    }
}
