//! What makes a write allowed and complete.
pub mod transfer;
