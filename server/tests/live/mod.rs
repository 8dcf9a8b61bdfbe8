//! Sessions as they happen.

mod feed;
mod http;
mod sign_out;
