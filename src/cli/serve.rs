//! `modelry serve`.

use std::future::Future;
use std::io::Write as _;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::app::{App, AppError};
use crate::config::Config;
use crate::http;
use crate::registry::clock::Clock;
use crate::store::StoreError;

/// How long to wait before trying again to reach the database.
const RETRY: Duration = Duration::from_secs(1);

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
    Starter(String),
    /// The address can't be listened on.
    #[error("can't listen on {address}: {source}")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The listener failed, or standard output did.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Serves until a signal says to stop; requests in flight are then finished.
///
/// # Errors
/// If the database can't be used or the address can't be listened on. A PostgreSQL server that is away is waited for.
pub async fn run(config: Config) -> Result<(), ServeError> {
    let app = App::new(config, Clock::system())?;
    match prepare(&app).await {
        Ok(()) => {}
        Err(ServeError::Store(StoreError::Unreachable(reason))) if is_remote(&app) => {
            tracing::warn!(%reason, "the database can't be reached; requests are turned away until it can");
            tokio::spawn(prepare_when_reachable(app.clone()));
        }
        Err(error) => return Err(error),
    }
    let address = app.config().listen;
    let listener = TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })?;
    let mut stdout = std::io::stdout();
    writeln!(stdout, "Modelry is ready: http://{0}/graphiql (GraphQL at http://{0}/graphql)", listener.local_addr()?)?;
    stdout.flush()?;
    let timeout = Duration::from_millis(app.config().http.shutdown_timeout_ms);
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let stop = stop_signal()?;
    let server = axum::serve(listener, http::router(app.clone())).with_graceful_shutdown(async move {
        stop.await;
        tracing::info!("stopping: requests in flight are finished");
        let _ = stopping.send(());
    });
    tokio::select! {
        ended = server => ended?,
        () = async { let _ = stopped.await; tokio::time::sleep(timeout).await; } => {
            tracing::warn!("some requests did not finish in time");
        }
    }
    app.store().close();
    Ok(())
}

/// Whether the database is a server, which may come back.
fn is_remote(app: &App) -> bool {
    app.config().database_url.starts_with("postgres")
}

/// Brings the database up to date, fills an empty one, and lets requests in.
async fn prepare(app: &App) -> Result<(), ServeError> {
    app.store().migrate().await?;
    app.set_migrated();
    Ok(())
}

async fn prepare_when_reachable(app: App) {
    loop {
        tokio::time::sleep(RETRY).await;
        match prepare(&app).await {
            Ok(()) => {
                tracing::info!("the database is reachable; requests are let in");
                return;
            }
            Err(ServeError::Store(StoreError::Unreachable(_))) => {}
            Err(error) => tracing::error!(%error, "the database can't be prepared"),
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
