//! Modelry's command.

use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main]
async fn main() -> ExitCode {
    modelry::cli::run(modelry::cli::Cli::parse()).await
}
