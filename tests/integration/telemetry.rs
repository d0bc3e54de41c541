//! What the server shows of itself: metrics, traces, the log.

pub mod collector;
mod logs;
mod metrics;
mod request_ids;
mod traces;
