//! What all benchmarks use.

pub mod asking;
pub mod catalogue;
pub mod process;
pub mod raw;
