//! The roots of reading.

#![expect(clippy::useless_let_if_seq, reason = "the code that `MergedObject` stands for is so")]

use async_graphql::MergedObject;

use super::api_token::ApiTokens;
use super::audit_log::AuditLog;
use super::catalogue::Catalogue;
use super::compare::Comparing;
use super::rate_limit::Spending;
use super::server::Introducing;
use super::supplier_key::KeyCare;
use super::time_travel::TimeTravel;
use super::timeline::Timeline;
use super::viewer::Asking;

/// Everything that can be asked.
#[derive(MergedObject, Default)]
pub struct Query(
    Catalogue,
    TimeTravel,
    Timeline,
    Comparing,
    Asking,
    ApiTokens,
    AuditLog,
    KeyCare,
    Spending,
    Introducing,
);
