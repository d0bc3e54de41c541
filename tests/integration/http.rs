//! The server as HTTP clients meet it.

mod abuse;
mod connections;
mod documents;
mod endpoints;
mod errors;
mod headers;
mod hosts;
mod limits;
mod media_types;
mod methods;
mod pages;
mod rates;
mod shared_rates;
