//! The server: connections, how many there may be, and how long one may take to ask something.
//!
//! Nobody is waited for without end: not for the first bytes, the head or the body of a request, nor for an answer to be
//! taken. Whoever is too slow loses the connection, so that a place becomes free.

mod patience;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::response::Response;
use hyper::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower_service::Service as _;

use crate::config::HttpConfig;
use patience::Patience;

/// Requests of one HTTP/2 connection at once.
const MAX_CONCURRENT: u32 = 100;
/// Bytes of the headers of a request over HTTP/2.
const MAX_HEADERS: u32 = 64 * 1024;
/// How long a client may take nothing of what it is sent.
const STALLED: Duration = Duration::from_secs(30);
/// How long to wait after the operating system could not give a connection.
const RECOVERY: Duration = Duration::from_millis(500);

/// Serves these routes until `stop` ends; then takes no more connections, and ends when those that are open have nothing
/// in flight. WebSockets are not waited for.
///
/// # Errors
/// None yet: a listener that fails is tried again.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    config: &HttpConfig,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(config.max_connections.min(Semaphore::MAX_PERMITS)));
    let server = Server {
        router,
        builder: builder(Duration::from_millis(config.header_timeout_ms)),
        first_bytes: Duration::from_millis(config.header_timeout_ms),
    };
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            (stream, peer, place) = accept(&listener, &places) => server.connect(stream, peer, place, graceful.watcher()),
        }
    }
    drop(listener);
    graceful.shutdown().await;
    Ok(())
}

struct Server {
    router: Router,
    builder: Builder<TokioExecutor>,
    first_bytes: Duration,
}

impl Server {
    fn connect(&self, stream: TcpStream, peer: SocketAddr, place: OwnedSemaphorePermit, watcher: Watcher) {
        let router = self.router.clone();
        let service = service_fn(move |request| answer(router.clone(), peer, request));
        let stream = TokioIo::new(Patience::new(stream, self.first_bytes, STALLED));
        let connection = self.builder.serve_connection_with_upgrades(stream, service).into_owned();
        let connection = watcher.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(error = %error, "a connection ended badly");
            }
            drop(place);
        });
    }
}

async fn answer(mut router: Router, peer: SocketAddr, mut request: Request<Incoming>) -> Result<Response, Infallible> {
    request.extensions_mut().insert(ConnectInfo(peer));
    router.call(request).await
}

fn builder(timeout: Duration) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(timeout);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(timeout)
        .keep_alive_timeout(timeout)
        .max_concurrent_streams(MAX_CONCURRENT)
        .max_header_list_size(MAX_HEADERS);
    builder
}

/// The next connection, as soon as there is a place for it.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    loop {
        // Fails only for a semaphore that was closed, which this one never is.
        let Ok(place) = Arc::clone(places).acquire_owned().await else { std::future::pending().await };
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Answers are sent at once, whatever their size. Fails if the client is gone already.
                let _ = stream.set_nodelay(true);
                return (stream, peer, place);
            }
            Err(error) if is_of_client(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted; the limit of open files may be too low");
                tokio::time::sleep(RECOVERY).await;
            }
        }
    }
}

/// Whether only the client that connected is concerned.
fn is_of_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionRefused | ConnectionAborted | ConnectionReset)
}
