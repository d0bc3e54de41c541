//! The program itself, run as an operator runs it.

mod commands;
mod download;
pub mod process;
mod resilience;
mod serve;
mod starts;
mod transfer;
