//! What the migrations make of an empty database.

mod migrations;
