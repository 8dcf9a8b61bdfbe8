//! Server functions: check rights, call a port, return. No SQL and no rules of their own.

pub mod error;
#[cfg(feature = "ssr")]
pub mod guard;
pub mod sessions;
pub mod site;
