//! The `modelry` command.

use std::process::ExitCode;

use clap::Parser as _;
use modelry::cli::{Cli, run};

/// Answers are made of many small pieces, and the system's allocator took a quarter of the time that they take.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    run(Cli::parse()).await
}
