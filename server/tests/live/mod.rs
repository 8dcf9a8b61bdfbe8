//! Sessions as they happen.

mod feed;
mod http;
