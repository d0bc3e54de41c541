//! What makes a write allowed and complete.

mod change;
mod check;
mod child;
mod editor;
mod going_back;
mod key_audit;
mod user_error;
mod write;

pub mod alias;
pub mod api_token;
pub mod capability;
pub mod capability_link;
pub mod category;
pub mod category_link;
pub mod clock;
pub mod comparison;
pub mod diff;
pub mod lifecycle;
pub mod master_key;
pub mod model;
pub mod model_pointer;
pub mod model_version;
pub mod parameter;
pub mod price;
pub mod purge;
pub mod revert;
pub mod rollback;
pub mod session;
pub mod supplier;
pub mod supplier_key;
pub mod transfer;

pub use change::{Change, camel_case};
pub use editor::Editor;
pub use user_error::{UserError, UserErrorCode, WriteError, WriteResult, refused};
pub use write::{Reference, Target};
