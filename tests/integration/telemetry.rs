//! What the server shows of itself: metrics, traces, the log.

mod logs;
mod metrics;
mod request_ids;
mod traces;
