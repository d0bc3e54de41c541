//! Connections to a PostgreSQL server.

use std::sync::Arc;
use std::time::Duration;

use deadpool::managed::{Metrics, Pool as Deadpool, RecycleError, RecycleResult};
use diesel::{ConnectionError, QueryResult};
use diesel_async::AsyncPgConnection;
use futures_util::{StreamExt as _, stream};
use tokio::task::JoinHandle;
use tokio_postgres::config::SslMode;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect, TlsStream};
use tokio_postgres::{AsyncMessage, CancelToken, Client, Connection, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::backend::{Pool, is_broken, send};
use super::past::{self, Past};
use super::prepared::Prepared;
use super::url::PostgresUrl;
use super::watch::Commits;
use super::{StoreError, StoreResult, StoreSettings};

/// How the codes begin by which a server refuses a connection for good: who asks may not (28), there is no such database
/// (3D), it may not be connected to (42501).
const LASTING: &[&str] = &["28", "3D", "42501"];

/// How long to wait before listening again after a loss: twice as long each time.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How often the connection that listens is tried, and how long it may take to answer.
const CHECK: Duration = Duration::from_secs(10);

/// How long a server may leave what was sent to it unacknowledged, and how long a silent one is believed to be there, before
/// a connection counts as lost.
const UNACKNOWLEDGED: Duration = Duration::from_secs(20);
const SILENCE: Duration = Duration::from_secs(10);
const PROBE: Duration = Duration::from_secs(5);
const PROBES: u32 = 2;

/// What every connection begins with. A transaction in which nothing is done for so long is ended by the server, which otherwise
/// keeps its locks for as long as it believes that somebody is there, though it may be that nothing of them comes through.
/// Unless the operator has said what a page out of order costs, it is what it costs in memory and on flash, not on a turning disk:
/// by the server's own figure whole tables are read where an index says all.
const PREPARE: &str = "SET idle_in_transaction_session_timeout = '30s'; \
    SELECT set_config('random_page_cost', '1.1', false) FROM pg_settings WHERE name = 'random_page_cost' AND source = 'default'";

/// Opens connections to one database.
pub(in crate::store) struct Manager {
    config: tokio_postgres::Config,
    tls: MakeRustlsConnect,
    /// Whether the connections read what was.
    past: bool,
}

/// A connection, the task that moves its bytes, which ends when the server goes away, and the cut that it reads as of if
/// it leads to the past.
pub(in crate::store) struct PostgresConnection {
    pub(super) connection: AsyncPgConnection,
    driver: JoinHandle<()>,
    canceller: Canceller,
    pub(super) cut: Option<i64>,
    pub(super) prepared: Prepared,
    /// Whether a transaction is open. Diesel can't keep account of those that are begun and ended together with other
    /// statements.
    pub(super) open: bool,
    /// Whether the statement is prepared that a change set is concluded with.
    pub(super) concludes: bool,
}

/// Makes the pools for the database at `url`: for the present, and for the past. The server need not be up yet.
pub(super) fn pools(url: &PostgresUrl, settings: &StoreSettings) -> StoreResult<(Pool, Past)> {
    let mut config: tokio_postgres::Config = url
        .expose()
        .parse()
        .map_err(|error| StoreError::Unsupported(format!("the PostgreSQL URL is not one: {error}")))?;
    config
        .application_name("modelry")
        .connect_timeout(settings.connect_timeout)
        .tcp_user_timeout(UNACKNOWLEDGED)
        .keepalives_idle(SILENCE)
        .keepalives_interval(PROBE)
        .keepalives_retries(PROBES);
    let tls = MakeRustlsConnect::new(tls_config()?);
    let build = |past, size| {
        Deadpool::builder(Manager { config: config.clone(), tls: tls.clone(), past })
            .max_size(size)
            .runtime(deadpool::Runtime::Tokio1)
            .wait_timeout(Some(settings.wait_timeout))
            .create_timeout(Some(settings.connect_timeout))
            .build()
            .map_err(|error| StoreError::Unsupported(error.to_string()))
    };
    let present = Pool::Postgres(build(false, settings.connections)?);
    Ok((present, Past::Postgres(build(true, past::connections(settings))?)))
}

/// Trusts the system's certificates.
fn tls_config() -> StoreResult<rustls::ClientConfig> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map(|builder| builder.with_root_certificates(roots).with_no_client_auth())
        .map_err(|error| StoreError::Unsupported(error.to_string()))
}

/// What ends a connection from outside.
#[derive(Clone)]
pub(super) struct Canceller {
    token: CancelToken,
    tls: Option<MakeRustlsConnect>,
}

impl Canceller {
    /// Asks the server, by a connection of its own, to give up the statement that it is at: one that waits for a lock would get
    /// it when nobody is there any more.
    async fn cancel(&self) -> Result<(), tokio_postgres::Error> {
        match &self.tls {
            Some(tls) => self.token.cancel_query(tls.clone()).await,
            None => self.token.cancel_query(tokio_postgres::NoTls).await,
        }
    }
}

impl PostgresConnection {
    /// Opens a transaction by this command.
    pub(super) async fn begin(&mut self, command: &'static str) -> QueryResult<()> {
        // Before it is sent: nobody knows what came of a command that was not answered.
        self.open = true;
        send(&self.connection, command).await
    }

    /// Ends the open transaction by this command.
    pub(super) async fn end(&mut self, command: &'static str) -> QueryResult<()> {
        let ended = send(&self.connection, command).await;
        self.open = ended.is_err();
        ended
    }

    /// What gives the connection up: whatever waits for the server fails, and the server is told.
    pub(super) fn ending(&self) -> impl Future<Output = ()> + Send + use<> {
        let (driver, canceller) = (self.driver.abort_handle(), self.canceller.clone());
        async move {
            driver.abort();
            if let Ok(Err(error)) = tokio::time::timeout(CHECK, canceller.cancel()).await {
                tracing::debug!(error = %describe(&error), "the server could not be told that a connection is given up");
            }
        }
    }
}

impl deadpool::managed::Manager for Manager {
    type Type = PostgresConnection;
    type Error = ConnectionError;

    async fn create(&self) -> Result<PostgresConnection, ConnectionError> {
        let refused = |error: tokio_postgres::Error| refused(&error);
        let tls = (self.config.get_ssl_mode() != SslMode::Disable).then(|| self.tls.clone());
        let (client, driver) = match tls.clone() {
            None => {
                let (client, connection) =
                    Box::pin(self.config.connect(tokio_postgres::NoTls)).await.map_err(refused)?;
                (client, drive(connection))
            }
            Some(tls) => {
                let (client, connection) = Box::pin(self.config.connect(tls)).await.map_err(refused)?;
                (client, drive(connection))
            }
        };
        client.batch_execute(PREPARE).await.map_err(refused)?;
        let canceller = Canceller { token: client.cancel_token(), tls };
        let mut connection = Box::pin(AsyncPgConnection::try_from(client)).await?;
        if self.past {
            past::prepare_postgres(&mut connection).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
        }
        let prepared = Prepared::default();
        Ok(PostgresConnection { connection, driver, canceller, cut: None, prepared, open: false, concludes: false })
    }

    async fn recycle(&self, connection: &mut PostgresConnection, _: &Metrics) -> RecycleResult<ConnectionError> {
        if connection.driver.is_finished() {
            return Err(RecycleError::message("the server closed the connection"));
        }
        if connection.open || is_broken(&mut connection.connection) {
            return Err(RecycleError::message("a transaction was left open"));
        }
        connection.concludes &= !connection.prepared.bound(&mut connection.connection);
        Ok(())
    }
}

/// Moves a connection's bytes until either end closes it.
fn drive<S>(connection: Connection<Socket, S>) -> JoinHandle<()>
where
    S: TlsStream + Unpin + Send + 'static,
{
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(error = %describe(&error), "a PostgreSQL connection was lost");
        }
    })
}

/// Tells of every commit that changed something, whoever made it, by a connection of its own. While that is lost, only
/// this process's own commits are heard; when it is back, readers are woken to catch up.
pub(super) async fn listen(pool: Deadpool<Manager>, signal: Commits) {
    let mut pause = FIRST_PAUSE;
    while !pool.is_closed() {
        let manager = pool.manager();
        let started = tokio::time::Instant::now();
        let ended = if manager.config.get_ssl_mode() == SslMode::Disable {
            Box::pin(listen_with(&manager.config, tokio_postgres::NoTls, &signal)).await
        } else {
            Box::pin(listen_with(&manager.config, manager.tls.clone(), &signal)).await
        };
        if let Err(error) = ended {
            tracing::warn!(error = %describe(&error), "the connection that hears of changes was lost");
        }
        pause = if started.elapsed() > LONGEST_PAUSE { FIRST_PAUSE } else { (pause * 2).min(LONGEST_PAUSE) };
        tokio::time::sleep(pause).await;
    }
}

/// Listens until the connection is lost.
async fn listen_with<T>(config: &tokio_postgres::Config, tls: T, signal: &Commits) -> Result<(), tokio_postgres::Error>
where
    T: MakeTlsConnect<Socket>,
    T::TlsConnect: TlsConnect<Socket>,
    T::Stream: Unpin,
{
    let (client, connection) = config.connect(tls).await?;
    tokio::select! {
        ended = hear(connection, signal) => ended,
        ended = keep_listening(&client, signal) => ended,
    }
}

/// Moves the connection's bytes, and passes on what it hears.
async fn hear<S: TlsStream + Unpin>(
    mut connection: Connection<Socket, S>,
    signal: &Commits,
) -> Result<(), tokio_postgres::Error> {
    let mut messages = stream::poll_fn(move |context| connection.poll_message(context));
    while let Some(message) = messages.next().await {
        if let AsyncMessage::Notification(_) = message? {
            signal.tell();
        }
    }
    Ok(())
}

/// Subscribes, then looks every now and then whether the server is still there.
async fn keep_listening(client: &Client, signal: &Commits) -> Result<(), tokio_postgres::Error> {
    client.batch_execute("LISTEN modelry_changes").await?;
    loop {
        // What was committed in between is caught up with.
        signal.tell();
        tokio::time::sleep(CHECK).await;
        if tokio::time::timeout(CHECK, client.batch_execute("SELECT 1"))
            .await
            .map_or(Ok(true), |done| done.map(|()| false))?
        {
            tracing::warn!("the connection that hears of changes doesn't answer; it is made anew");
            return Ok(());
        }
    }
}

/// Why no connection was made: what waiting can't mend, such as a wrong password, apart from a server that is away.
fn refused(error: &tokio_postgres::Error) -> ConnectionError {
    let is_lasting = error.code().is_some_and(|code| LASTING.iter().any(|class| code.code().starts_with(class)));
    let description = describe(error);
    if is_lasting {
        ConnectionError::InvalidConnectionUrl(description)
    } else {
        ConnectionError::BadConnection(description)
    }
}

/// What it means that no connection was made.
pub(super) fn not_connected(error: &ConnectionError) -> StoreError {
    match error {
        ConnectionError::InvalidConnectionUrl(reason) => {
            StoreError::Unsupported(format!("the server refused: {reason}"))
        }
        other => StoreError::Unreachable(other.to_string()),
    }
}

/// The error with its cause, which the driver keeps to itself.
fn describe(error: &tokio_postgres::Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
