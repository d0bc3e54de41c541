//! The command line.

pub mod serve;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Config, Overrides};

/// A model registry behind one GraphQL endpoint.
#[derive(Debug, Parser)]
#[command(name = "modelry", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Which database, and which settings.
#[derive(Debug, Args)]
pub struct DatabaseOptions {
    /// Where the catalogue is kept: sqlite://path or postgres://user@host/database [env: MODELRY_DATABASE_URL]
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// Configuration file; ./modelry.toml is read if there is one
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the registry
    Serve {
        #[command(flatten)]
        database: DatabaseOptions,
        /// Address and port to listen on [env: MODELRY_LISTEN]
        #[arg(long, value_name = "ADDR:PORT")]
        listen: Option<SocketAddr>,
        /// Send a Server-Timing header with every answer
        #[arg(long)]
        server_timing: bool,
    },
    /// Print the GraphQL schema
    Schema,
}

impl Cli {
    /// Runs the command; errors go to standard error.
    pub async fn run(self) -> ExitCode {
        let result: Result<(), Box<dyn std::error::Error>> = match self.command {
            Command::Serve { database, listen, server_timing } => {
                let overrides =
                    Overrides { file: database.config, database_url: database.database_url, listen, server_timing };
                async { Ok(serve::run(Config::load(&overrides)?).await?) }.await
            }
            Command::Schema => Ok(()),
        };
        match result {
            Ok(()) => ExitCode::SUCCESS,
            Err(e) => {
                eprintln!("{e}");
                ExitCode::FAILURE
            }
        }
    }
}
