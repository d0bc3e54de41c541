//! The tests that need more than one module: a database, a server, or the files of the repository.
//!
//! Each test has databases of its own and leaves nothing behind, so all of them run side by side. Those on PostgreSQL
//! need a server, which `make test` starts: see [`support::database`].

mod support;
mod transfer;
