//! The server as HTTP clients meet it.

mod endpoints;
mod errors;
mod limits;
mod media_types;
mod methods;
mod pages;
