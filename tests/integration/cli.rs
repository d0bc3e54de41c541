//! The program itself, run as an operator runs it.

mod commands;
mod download;
mod process;
mod resilience;
mod serve;
mod starts;
mod transfer;
