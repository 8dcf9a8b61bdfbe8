//! The server's tests, through the real router and over a real database. One binary: linking dominates the build.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails should say where, at once"
)]

mod auth;
mod cli;
mod collect;
mod live;
mod pages;
mod reports;
mod security;
mod store;
mod support;
