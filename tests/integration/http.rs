//! The server as HTTP clients meet it.

mod endpoints;
mod errors;
mod headers;
mod limits;
mod media_types;
mod methods;
mod pages;
