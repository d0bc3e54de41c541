//! What the migrations make of an empty database: the same on both, and as the rest of the code takes it to be.

pub mod catalogue;
mod concurrency;
mod constraints;
mod migrations;
mod names;
mod opening;
mod references;
