//! What tests are made of.

pub mod app;
pub mod database;
pub mod fixtures;
pub mod own_server;
pub mod random;
pub mod redis;

pub use app::{Response, SmallCatalogue, TestApp, each};
pub use database::{DatabaseKind, EmptyDatabase, TestDatabase};
pub use own_server::OwnServer;
pub use random::Random;

/// Something that a test on both databases starts from: the type of its argument.
pub trait Fixture: Sized {
    /// Makes it, with a database of its own of this kind.
    fn on(kind: DatabaseKind) -> impl Future<Output = Self>;
}

/// Makes two tests of each function, `name::sqlite` and `name::postgres`. The type of the function's argument, a
/// [`Fixture`], says what it starts from: usually a [`TestDatabase`].
///
/// ```ignore
/// on_both_databases! {
///     /// A deleted supplier frees its name.
///     async fn deletion_frees_the_name(database: TestDatabase) {
///         ...
///     }
/// }
/// ```
macro_rules! on_both_databases {
    ($( $(#[$attribute:meta])* async fn $name:ident($fixture:ident: $type:ty) $body:block )+) => { $(
        $(#[$attribute])*
        mod $name {
            use super::*;

            async fn test($fixture: $type) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let fixture = <$type as $crate::support::Fixture>::on($crate::support::DatabaseKind::Sqlite).await;
                test(fixture).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let fixture = <$type as $crate::support::Fixture>::on($crate::support::DatabaseKind::Postgres).await;
                test(fixture).await;
            }
        }
    )+ };
}
pub(crate) use on_both_databases;
