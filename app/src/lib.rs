//! The Pulse dashboard: typed models, server functions and views, shared by the server and the browser.

// Views are one type each, as deep as they are nested.
#![recursion_limit = "256"]

#[cfg(any(
    all(feature = "ssr", feature = "hydrate"),
    all(feature = "ssr", feature = "csr"),
    all(feature = "hydrate", feature = "csr"),
    not(any(feature = "ssr", feature = "hydrate", feature = "csr")),
))]
compile_error!("exactly one of the features ssr, hydrate and csr must be on: build package by package");

pub mod api;
pub mod app;
pub mod components;
#[cfg(feature = "csr")]
pub mod demo;
pub mod format;
pub mod hooks;
pub mod models;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod services;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod state;
