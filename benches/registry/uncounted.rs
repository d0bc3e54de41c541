//! Servers that set no limits to their callers, of which a benchmark is a hasty one.

use std::time::Duration;

use crate::Outcome;
use crate::shared::process::Server;

/// What makes a server execute everything, so that it is not its cache that is measured.
pub const EXECUTING: &str = "[cache]\nmax_bytes = 0\n";

/// A configuration in which no caller is counted.
pub const UNCOUNTED: &str = "[limits]\ncost_per_minute = 0\nrequests_per_second = 0\nmutations_per_minute = 0\n\
    streams_per_caller = 0\nsubscriptions_per_caller = 0\npublish_cost = false\n";

impl Server {
    /// Starts a server that counts no caller and tells how long each answer took; returns it with the time from start to
    /// first answer.
    pub fn start(database: &str) -> Outcome<(Self, Duration)> {
        Self::start_with(database, &format!("{UNCOUNTED}{EXECUTING}[http]\nserver_timing = true\n"))
    }
}
