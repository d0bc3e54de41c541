//! Modelry: a model registry behind one GraphQL endpoint.
//!
//! # Layout
//!
//! Calls go from left to right, and so do imports:
//!
//! ```text
//! read:   http -> graphql -> loader -> store -> database
//! write:  http -> graphql -> registry -> store -> database
//! import, export and the command line enter at registry
//! ```
//!
//! - [`domain`]: the words of the field, known to every layer.
//! - [`store`]: the only door to the database, for SQLite and PostgreSQL alike.
//! - [`registry`]: what makes a write allowed and complete; catalogues in and out.
//! - [`loader`]: relations, loaded for a whole page at once.
//! - [`backup`]: the whole database as one portable file.
//! - [`push`]: the feed of changes, handed to whoever follows it.
//! - [`auth`]: who asks, and what they may do.
//! - [`secrets`]: secrets at rest, and the master keys that they are sealed with.
//! - [`graphql`]: the schema.
//! - [`http`]: the server.
//! - [`cache`]: answers that were given before, and are still true.
//! - [`limits`]: what documents may come to, and callers may spend.
//! - [`telemetry`]: metrics, traces and the log.
//! - [`config`], [`app`], [`cli`]: settings, what a request can reach, and the commands.

// The ring of types that leads from rows by their relations to rows is long.
#![recursion_limit = "256"]

pub mod app;
pub mod auth;
pub mod backup;
pub mod cache;
pub mod cli;
pub mod config;
pub mod domain;
pub mod graphql;
pub mod http;
pub mod limits;
pub mod loader;
pub mod push;
pub mod registry;
pub mod secrets;
pub mod store;
pub mod telemetry;
