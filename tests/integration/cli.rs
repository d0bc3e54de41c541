//! The program itself, run as an operator runs it.

mod commands;
mod diff;
mod download;
mod files;
pub mod process;
mod resilience;
mod serve;
mod starts;
mod transfer;
pub mod way;
