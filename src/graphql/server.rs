//! `server`: what a client has to know of the server that it talks to.

use async_graphql::{Context, Object, Result, SimpleObject};

use super::guard::ByPolicy;

/// What is told of this server.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct Server {
    /// Its version, as `modelry --version` tells it.
    version: &'static str,
    /// Most bytes of a file that `POST /catalogue` takes (`http.max_import_bytes`); a whole number.
    max_import_bytes: f64,
}

impl Server {
    /// One that takes files of so many bytes.
    #[expect(clippy::cast_precision_loss, reason = "a count of bytes up to 2^53 is exact, and no file is larger")]
    pub const fn new(max_import_bytes: usize) -> Self {
        Self { version: env!("CARGO_PKG_VERSION"), max_import_bytes: max_import_bytes as f64 }
    }
}

/// Asking about the server.
#[derive(Default)]
pub struct Introducing;

/// Asking about the server.
#[Object(guard = "ByPolicy")]
impl Introducing {
    /// The server that answers: its version, and what it takes.
    async fn server(&self, context: &Context<'_>) -> Result<Server> {
        context.data::<Server>().copied()
    }
}
