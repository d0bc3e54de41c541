//! `modelry serve`.

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::backups::back_up_regularly;
use super::settle::settle_regularly;
use super::{CliError, DatabaseOptions, output, sign_in};
use crate::app::{App, AppError};
use crate::config::{Config, Overrides};
use crate::http;
use crate::registry::clock::Clock;
use crate::registry::master_key;
use crate::registry::transfer::apply::{ImportError, seed};
use crate::store::StoreError;
use crate::telemetry::logging;

/// Serve the registry over HTTP
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    database: DatabaseOptions,
    /// A streaming replica of the PostgreSQL server, which reads go to while it has caught up; may be repeated. The variable
    /// holds several, with spaces between them
    #[arg(
        long = "replica-url",
        env = "MODELRY_REPLICA_URLS",
        hide_env_values = true,
        value_delimiter = ' ',
        value_name = "URL"
    )]
    replica_urls: Vec<String>,
    /// Address and port to listen on
    #[arg(long, env = "MODELRY_LISTEN", value_name = "ADDR:PORT")]
    listen: Option<SocketAddr>,
    /// Say in a Server-Timing header how long each phase of a request took
    #[arg(long)]
    server_timing: bool,
    /// Execute only the documents in this file: Apollo's manifest of persisted queries, or an object of documents by id
    #[arg(long, value_name = "FILE")]
    trusted_documents: Option<PathBuf>,
}

/// How long to wait before trying again to reach the database.
const RETRY: Duration = Duration::from_secs(1);
/// How long the last spans may take to be sent when the server stops.
const LAST_SPANS: Duration = Duration::from_secs(2);

/// The server can't start, or ended badly.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The parts don't fit together.
    #[error(transparent)]
    App(#[from] AppError),
    /// The database can't be used, now or later.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The starter catalogue could not be put in.
    #[error("the starter catalogue can't be put in: {0}")]
    Starter(#[from] ImportError),
    /// The address can't be listened on.
    #[error("can't listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The listener failed, or standard output did.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl ServeError {
    /// Whether the same may work later: the database could not be reached.
    const fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Store(StoreError::Unreachable(_))
                | Self::App(AppError::Store(StoreError::Unreachable(_)))
                | Self::Starter(ImportError::Store(StoreError::Unreachable(_)))
        )
    }
}

/// Serves until a signal says to stop; requests in flight are then finished.
///
/// # Errors
/// If the settings or the database can't be used or the address can't be listened on. A PostgreSQL server that is away
/// is waited for.
pub async fn run(command: Serve) -> Result<(), CliError> {
    let config = Config::load(&Overrides {
        file: command.database.config,
        database_url: command.database.database_url,
        replica_urls: command.replica_urls.into_iter().filter(|url| !url.is_empty()).collect(),
        listen: command.listen,
        server_timing: command.server_timing,
        trusted_documents: command.trusted_documents,
    })?;
    logging::to_stderr(config.telemetry.log_format);
    let app = App::new(config, Clock::system()).map_err(ServeError::from)?;
    app.keyring().check().await?;
    start(&app).await?;
    tokio::spawn(settle_regularly(app.clone()));
    tokio::spawn(back_up_regularly(app.clone()));
    let address = app.config().listen;
    let listener = bind(address).await?;
    serve_metrics(&app).await?;
    let address = listener.local_addr().map_err(ServeError::from)?;
    let stop = stop_signal().map_err(ServeError::from)?;
    output::tell(&format!("Modelry is ready: http://{address}/ (GraphQL at http://{address}/graphql)"))?;
    tokio::spawn(sign_in::offer_first(app.clone(), address));
    serve(&app, listener, stop).await.map_err(ServeError::from)?;
    if let Err(error) = app.access().write_noted().await {
        tracing::warn!(%error, "what the audit log is to tell could not be written");
    }
    app.close();
    app.telemetry().flush(LAST_SPANS).await;
    Ok(())
}

async fn bind(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })
}

/// Serves metrics at an address of their own, if there is one, for as long as the process lives.
async fn serve_metrics(app: &App) -> Result<(), ServeError> {
    let Some(address) = app.config().telemetry.metrics_listen else { return Ok(()) };
    let listener = bind(address).await?;
    let address = listener.local_addr()?;
    tracing::info!("metrics are at http://{address}/metrics");
    let app = app.clone();
    tokio::spawn(async move {
        let router = http::metrics_router(app.clone());
        let never = std::future::pending();
        if let Err(error) = http::server::serve(listener, router, &app.config().http, never).await {
            tracing::error!(%error, "metrics are no longer served");
        }
    });
    Ok(())
}

/// Prepares the database, now or as soon as its server is there.
async fn start(app: &App) -> Result<(), ServeError> {
    match prepare(app).await {
        Err(error) if app.config().is_on_server() && error.is_passing() => {
            tracing::warn!(%error, "requests are turned away until the database can be reached");
            tokio::spawn(prepare_when_reachable(app.clone()));
            Ok(())
        }
        result => result,
    }
}

async fn serve(
    app: &App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let timeout = Duration::from_millis(app.config().http.shutdown_timeout_ms);
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let streams = app.streams().clone();
    let server = http::server::serve(listener, http::router(app.clone()), &app.config().http, async move {
        stop.await;
        tracing::info!("stopping: requests in flight are finished, streams are ended");
        streams.stop();
        // The receiver is gone only when the server is.
        let _ = stopping.send(());
    });
    let too_late = async {
        match stopped.await {
            Ok(()) => tokio::time::sleep(timeout).await,
            Err(_) => std::future::pending().await,
        }
    };
    let server = async {
        server.await?;
        // WebSockets are no longer the server's own connections.
        app.streams().ended().await;
        Ok(())
    };
    tokio::select! {
        ended = server => ended,
        () = too_late => {
            tracing::warn!("some requests did not finish in time");
            Ok(())
        }
    }
}

/// Brings the database up to date, fills an empty one, and lets requests in.
async fn prepare(app: &App) -> Result<(), ServeError> {
    app.store().migrate().await?;
    if app.config().catalog.starter {
        seed(&app.store().patient(), app.clock()).await?;
    }
    if let Err(error) = master_key::prepare(app.store(), app.keyring()).await {
        tracing::warn!(%error, "keys of suppliers can't be sealed or opened at the moment; all else works");
    }
    app.set_migrated();
    if let count @ 1.. = app.replicas().count() {
        tracing::info!(replicas = count, "reads of the catalogue go to replicas that have caught up");
    }
    Ok(())
}

/// Tries until it works. What waiting doesn't mend, such as a database of a newer version, is logged when it changes.
async fn prepare_when_reachable(app: App) {
    let mut logged = String::new();
    loop {
        tokio::time::sleep(RETRY).await;
        match prepare(&app).await {
            Ok(()) => {
                tracing::info!("the database is reachable; requests are let in");
                return;
            }
            Err(error) if error.is_passing() => {}
            Err(error) if error.to_string() == logged => {}
            Err(error) => {
                logged = error.to_string();
                tracing::error!(%error, "the database can't be prepared");
            }
        }
    }
}

/// Ends when the process is told to stop, by SIGTERM or from the keyboard.
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
