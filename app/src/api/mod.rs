//! Server functions: check rights, call a port, return. No SQL and no rules of their own.
//!
//! The static demo has functions of the same names and signatures over canned data, so that pages cannot tell.

pub mod error;
#[cfg(not(feature = "csr"))]
pub mod export;
#[cfg(feature = "ssr")]
pub mod guard;
#[cfg(not(feature = "csr"))]
pub mod intake;
mod json;
#[cfg(not(feature = "csr"))]
pub mod kept;
#[cfg(not(feature = "csr"))]
pub mod path_rules;
#[cfg(not(feature = "ssr"))]
mod refuse;
#[cfg(not(feature = "csr"))]
pub mod sessions;
#[cfg(not(feature = "csr"))]
pub mod site;
#[cfg(not(feature = "csr"))]
pub mod tabs;

#[cfg(feature = "csr")]
pub use crate::demo::{export, intake, kept, path_rules, sessions, site, tabs};
#[cfg(feature = "ssr")]
pub use guard::refuse;
#[cfg(not(feature = "ssr"))]
pub use refuse::refuse;
