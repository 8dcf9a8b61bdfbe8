//! One folder a route; `mod.rs` is the page, its siblings are the page's own parts.

#![expect(unreachable_pub, reason = "the component macro makes a public type of every component's properties")]

pub mod account;
pub mod event_list;
pub mod event_report;
pub mod find;
pub mod frame;
pub mod installation;
#[cfg(not(feature = "csr"))]
pub mod lazy;
#[cfg(feature = "csr")]
#[path = "at_once.rs"]
pub mod lazy;
mod narrowing;
pub mod not_found;
pub mod page_list;
pub mod page_report;
pub mod path_flow;
pub mod path_rules;
#[cfg(feature = "ssr")]
pub mod privacy;
pub mod session;
pub mod sessions;
pub mod tab_pages;
mod tables;
