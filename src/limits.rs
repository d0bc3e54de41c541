//! How much may be asked: limits of a document, what a request costs, and what each caller may spend. Knows nothing of
//! HTTP. `docs/limits.md` says it for users.

mod bucket;
mod caller;
mod check;
mod cost;
mod documents;
mod known;
mod limiter;
mod local;
mod shape;
mod shared;
mod tokens;
mod types;

pub use caller::{Caller, Proxies};
pub use check::{DocumentLimits, Refused, check_length, check_shape};
pub use cost::{Cost, Requested, answered};
pub use documents::{Documents, DocumentsError, hash};
pub use known::{KnownDocuments, is_hash_of};
pub use limiter::{Admitted, Allowed, Balance, Exceeded, Limit, Limiter, OpenPlace, Sharing};
pub use local::Open;
pub use shape::MAX_NESTING;
pub use types::Types;
