//! The history: whoever changes the catalogue, and however, it is kept, and clients can read it.

mod beginning;
mod concurrency;
mod feed;
mod mutations;
mod raw;
mod reading;
mod tables;
mod writing;
