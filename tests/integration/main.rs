//! The tests that need more than one module: a database, a server, or the files of the repository.
//!
//! Each test has databases of its own and leaves nothing behind, so all of them run side by side. Those on PostgreSQL
//! need a server, which `make test` starts: see [`support::database`].

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and so do the functions that it is made of, which Clippy doesn't take for tests"
)]

mod access;
mod backup;
mod cache;
mod cli;
mod graphql;
mod history;
mod hostile;
mod http;
mod layers;
mod lifecycle;
mod mutations;
mod past;
mod promises;
mod push;
mod replicas;
mod scaling;
mod schema;
mod secrets;
mod support;
mod telemetry;
mod torture;
mod transfer;
