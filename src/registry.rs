//! What makes a write allowed and complete.

pub mod clock;
pub mod transfer;
