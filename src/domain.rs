//! The words of the field, one definition each: closed sets, amounts, dates and names.
//!
//! A closed set is one `enum`: its text in the database and in files, its name in the GraphQL schema and its
//! documentation come from the same lines. Everything here is pure: no database, no clock, no request.

mod access;
mod amount;
mod change;
mod channel;
mod json_text;
mod lifecycle;
mod model_type;
mod names;
mod parameter;
mod partial_date;
mod period;
mod price;
mod sealed_bytes;
mod support;
mod text_enum;
mod timestamp;
mod to_json;

pub use access::{AuditOutcome, Role, Scope};
pub use amount::{Amount, AmountError};
pub use change::{ChangeKind, ChangeOperation};
pub use channel::ChangeChannel;
pub use json_text::JsonText;
pub use lifecycle::{LifecycleStage, Schedule};
pub use model_type::ModelType;
pub use names::{
    NameError, check_category_name, check_currency, check_free_name, check_slug, check_snake_case, check_url,
};
pub use parameter::{ParameterError, ParameterType, ParameterValue};
pub use partial_date::{PartialDate, PartialDateError};
pub use period::Period;
pub use price::{PriceComponent, PriceUnit, ServiceMode};
pub use sealed_bytes::SealedBytes;
pub use support::{Domain, Support};
pub use text_enum::UnknownText;
pub use timestamp::Timestamp;
pub use to_json::ToJson;

/// SQL types that both databases share, for columns whose stock Diesel types differ between the two.
pub mod sql_types {
    pub use super::json_text::JsonSql;
    pub use super::timestamp::TimestampSql;
}
