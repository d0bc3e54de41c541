//! A way to the PostgreSQL server of the run that a test can close, or on which it can let everything come to a halt.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// Host and port in a database's URL.
pub fn server_of(url: &str) -> &str {
    let (_, rest) = url.split_once("://").expect("a URL");
    let authority = rest.split(['/', '?']).next().expect("a server");
    authority.rsplit('@').next().expect("a server")
}

/// An address of this machine that nobody listens on.
pub fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port")
}

/// The way. Closed, its connections end, and nobody listens.
pub struct Way {
    listening: JoinHandle<()>,
    /// The first connection, counted from 0, that lets something through.
    flows_from: watch::Sender<usize>,
    accepted: Arc<AtomicUsize>,
}

impl Way {
    /// Opens it at this address.
    pub async fn open(at: SocketAddr, server: &str) -> Self {
        let server = if server.contains(':') { server.to_owned() } else { format!("{server}:5432") };
        let listener = TcpListener::bind(at).await.expect("the port is free");
        let (flows_from, flow) = watch::channel(0);
        let accepted = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&accepted);
        let listening = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                let (server, flow) = (server.clone(), flow.clone());
                let number = count.fetch_add(1, Ordering::SeqCst);
                connections.spawn(async move {
                    let server = TcpStream::connect(server).await.expect("the server of the run");
                    let ((from_client, to_client), (from_server, to_server)) =
                        (client.into_split(), server.into_split());
                    // Ends when either side does, in whatever way.
                    tokio::select! {
                        () = pass(from_client, to_server, flow.clone(), number) => {}
                        () = pass(from_server, to_client, flow, number) => {}
                    }
                });
            }
        });
        Self { listening, flows_from, accepted }
    }

    /// Lets nothing through any more, in either direction, without anybody being told: connections stay, and new ones are
    /// accepted.
    pub fn halt(&self) {
        self.flows_from.send_replace(usize::MAX);
    }

    /// Lets through what was held up, and what comes.
    pub fn go_on(&self) {
        self.flows_from.send_replace(0);
    }

    /// Lets through what new connections send. Those that are there stay silent for good.
    pub fn go_on_anew(&self) {
        self.flows_from.send_replace(self.accepted.load(Ordering::SeqCst));
    }

    /// Closes it, and waits until that is done.
    pub async fn close(mut self) {
        self.listening.abort();
        assert!((&mut self.listening).await.is_err_and(|error| error.is_cancelled()));
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Passes on what comes, while it may.
async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut flow: watch::Receiver<usize>,
    number: usize,
) {
    let mut bytes = vec![0; 16 << 10];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if flow.wait_for(|from| *from <= number).await.is_err() || to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}
