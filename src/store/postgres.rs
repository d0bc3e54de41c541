//! Connections to a PostgreSQL server.

use std::sync::Arc;

use deadpool::managed::{Metrics, Pool as Deadpool, RecycleError, RecycleResult};
use diesel::ConnectionError;
use diesel_async::AsyncPgConnection;
use tokio::task::JoinHandle;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::backend::{Pool, is_broken};
use super::past::{self, Past};
use super::url::PostgresUrl;
use super::{StoreError, StoreResult, StoreSettings};

/// How the codes begin by which a server refuses a connection for good: who asks may not (28), there is no such database
/// (3D), it may not be connected to (42501).
const LASTING: &[&str] = &["28", "3D", "42501"];

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
    pub(super) cut: Option<i64>,
}

/// Makes the pools for the database at `url`: for the present, and for the past. The server need not be up yet.
pub(super) fn pools(url: &PostgresUrl, settings: &StoreSettings) -> StoreResult<(Pool, Past)> {
    let mut config: tokio_postgres::Config = url
        .expose()
        .parse()
        .map_err(|error| StoreError::Unsupported(format!("the PostgreSQL URL is not one: {error}")))?;
    config.application_name("modelry").connect_timeout(settings.connect_timeout);
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

impl deadpool::managed::Manager for Manager {
    type Type = PostgresConnection;
    type Error = ConnectionError;

    async fn create(&self) -> Result<PostgresConnection, ConnectionError> {
        let refused = |error: tokio_postgres::Error| refused(&error);
        let (client, driver) = if self.config.get_ssl_mode() == SslMode::Disable {
            let (client, connection) = Box::pin(self.config.connect(tokio_postgres::NoTls)).await.map_err(refused)?;
            (client, drive(connection))
        } else {
            let (client, connection) = Box::pin(self.config.connect(self.tls.clone())).await.map_err(refused)?;
            (client, drive(connection))
        };
        let mut connection = Box::pin(AsyncPgConnection::try_from(client)).await?;
        if self.past {
            past::prepare_postgres(&mut connection).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
        }
        Ok(PostgresConnection { connection, driver, cut: None })
    }

    async fn recycle(&self, connection: &mut PostgresConnection, _: &Metrics) -> RecycleResult<ConnectionError> {
        if connection.driver.is_finished() {
            return Err(RecycleError::message("the server closed the connection"));
        }
        if is_broken(&mut connection.connection) {
            return Err(RecycleError::message("a transaction was left open"));
        }
        Ok(())
    }
}

/// Moves a connection's bytes until either end closes it.
fn drive<S>(connection: tokio_postgres::Connection<tokio_postgres::Socket, S>) -> JoinHandle<()>
where
    S: tokio_postgres::tls::TlsStream + Unpin + Send + 'static,
{
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(error = %describe(&error), "a PostgreSQL connection was lost");
        }
    })
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
