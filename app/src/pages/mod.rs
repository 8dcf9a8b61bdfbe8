//! One folder a route; `mod.rs` is the page, its siblings are the page's own parts.

#![expect(unreachable_pub, reason = "the component macro makes a public type of every component's properties")]

pub mod account;
pub mod find;
pub mod frame;
pub mod installation;
#[cfg(not(feature = "csr"))]
pub mod lazy;
#[cfg(feature = "csr")]
#[path = "at_once.rs"]
pub mod lazy;
pub mod not_found;
#[cfg(feature = "ssr")]
pub mod privacy;
pub mod session;
pub mod sessions;
